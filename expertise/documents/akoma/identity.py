"""Who the document is: FRBR work, expression and manifestation, with the IRIs of the naming convention.

``/akn/kz/bill/order/0001-01-01/draft-3f2a…/rus@/!main.xml``: country, sort, form, date, number or name; language.
A draft has neither date nor number: its date is the first day of the calendar, named ``unknown``, its name is made of
the hash of the file, so that both authentic texts of a dossier are expressions of one work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from expertise.documents.akoma.tape import element
from nlp.structure.act import Act

if TYPE_CHECKING:
    from lxml.etree import _Element

UNKNOWN_DATE = "0001-01-01"
AGENT = "#saraptama"
ISSUER = "#issuer"
_LANGUAGES = {"ru": "rus", "kk": "kaz"}
_ISO_DATE = re.compile(r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Identity:
    """``document`` is the element, ``component`` the part of the file that is named."""

    document: str
    form: str
    date: str
    name: str
    number: str
    title: str
    issuer: str
    language: str
    component: str = "main"

    @property
    def work(self) -> str:
        """The IRI of the work."""
        return f"/akn/kz/{self.document}/{quote(self.form)}/{self.date}/{quote(self.name, safe='')}"

    @property
    def expression(self) -> str:
        """The IRI of the text in its language."""
        return f"{self.work}/{self.language}@"

    def part(self, name: str, eid: str) -> Identity:
        """The same for a document attached to it."""
        return replace(self, component=f"{name}_{eid}", title="")


def identity_of(act: Act, first: Act) -> Identity:
    """The identity of an act; ``first`` is the first text of its dossier, which a draft is named after."""
    requisites = act.requisites
    date = requisites.date if _ISO_DATE.fullmatch(requisites.date) else UNKNOWN_DATE
    adopted = bool(requisites.number) and date != UNKNOWN_DATE
    digest = first.source.sha256 or "0"
    language = act.language if act.language in _LANGUAGES else "ru"
    return Identity(
        "act" if adopted else "bill",
        requisites.form or "document",
        date,
        requisites.number if adopted else f"draft-{digest[:_DIGEST]}",
        requisites.number,
        " ".join(requisites.title.split()),
        " ".join(requisites.issuer.split()),
        _LANGUAGES[language],
    )


def act_iri(form: str, date: str, number: str) -> str:
    """The IRI of another act; "" where it is not known by date and number."""
    if not number or not _ISO_DATE.fullmatch(date):
        return ""
    return f"/akn/kz/act/{quote(form or 'document')}/{date}/{quote(number, safe='')}"


def meta(made: _Element, identity: Identity, act: Act) -> _Element:
    """``meta`` with the identification and what it refers to."""
    meta = element(made, "meta")
    identification = element(meta, "identification")
    identification.set("source", AGENT)
    work = _level(identification, "FRBRWork", f"{identity.work}/!{identity.component}", identity.work, identity)
    _valued(work, "FRBRcountry", "kz")
    _valued(work, "FRBRsubtype", identity.form)
    if identity.number:
        _valued(work, "FRBRnumber", identity.number)
    if identity.title:
        _valued(work, "FRBRname", identity.title)
    this = f"{identity.expression}/!{identity.component}"
    expression = _level(identification, "FRBRExpression", this, identity.expression, identity)
    element(expression, "FRBRlanguage").set("language", identity.language)
    manifestation = _level(identification, "FRBRManifestation", f"{this}.xml", f"{identity.expression}.xml", identity)
    _valued(manifestation, "FRBRformat", "application/akn+xml")
    _references(meta, identity)
    return meta


def _level(parent: _Element, name: str, this: str, iri: str, identity: Identity) -> _Element:
    made = element(parent, name)
    _valued(made, "FRBRthis", this)
    _valued(made, "FRBRuri", iri)
    date = element(made, "FRBRdate")
    date.set("date", identity.date)
    date.set("name", "unknown" if identity.date == UNKNOWN_DATE else "adopted")
    element(made, "FRBRauthor").set("href", AGENT if name == "FRBRManifestation" else ISSUER)
    return made


def _valued(parent: _Element, name: str, value: str) -> None:
    element(parent, name).set("value", value)


def _references(meta: _Element, identity: Identity) -> None:
    if identity.component != "main":  # eIds are given once in a file
        return
    references = element(meta, "references")
    references.set("source", AGENT)
    issuer = element(references, "TLCOrganization", ISSUER[1:])
    issuer.set("href", "/akn/ontology/organization/kz/issuer")
    issuer.set("showAs", identity.issuer or "___")
    agent = element(references, "TLCProcess", AGENT[1:])
    agent.set("href", "/akn/ontology/process/kz/saraptama")
    agent.set("showAs", "Saraptama")
