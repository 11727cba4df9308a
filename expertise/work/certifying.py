"""Certificates of the indicators: drawn up, numbered, frozen, kept; given out again as they were.

Reads: the drafts that count. Writes: a ``CertificateRow`` and its files. The number is printed, so files are made
before it is certain; the transaction takes the number and counts again, and refuses when a byte differs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.answers import LONGEST_LINE
from expertise.case.certificate import Issued, Kind, Order, Signs, certificate
from expertise.case.conclusion import canonical, content_hash
from expertise.case.periods import here
from expertise.case.states import CaseError
from expertise.documents.certificate import certificate_document
from expertise.documents.certificate_book import certificate_book
from expertise.documents.docx_writer import write_docx
from expertise.documents.pdf_writer import write_pdf
from expertise.office import Office
from expertise.people import Actor, Role
from expertise.policy import require
from expertise.store.cases import NotFoundError
from expertise.store.indicator_tables import CertificateRow
from expertise.store.locks import Lock, hold
from expertise.store.people_tables import Person
from expertise.work.indicating import Selection, contents, drafts

LANGUAGES = ("ru", "kk")
_TRIES = 5
#: Numbers of a year by their value: «2026/10000» comes after «2026/9999».
_LATEST_NUMBER = (func.length(CertificateRow.number).desc(), CertificateRow.number.desc())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be certified, and who is to sign it."""

    kind: Kind
    selection: Selection
    signs: Signs = field(default_factory=Signs)


def draw_up(office: Office, actor: Actor, wanted: Wanted, key: str = "") -> CertificateRow:
    """Count, write the files in both languages, freeze.

    ``key``: the same key of the same actor gets the certificate that was drawn up then, however much later, and whether
    that is still being done; an empty one makes a further certificate every time. (``work.once`` would hold the
    database while files are made.) Raises ``DeniedError``, ``CaseError`` (a period that has not begun, too many drafts,
    a name too long, figures that changed meanwhile, a key that came with another request), ``FontsMissingError``; what
    fails leaves nothing.
    """
    require(actor, "draw_up_certificate")
    signs = Signs(_line(wanted.signs.name), _line(wanted.signs.post))
    if wanted.selection.period.first > here(office.clock()):
        raise CaseError("expertise.period_not_begun")
    once = hashlib.sha256(f"{actor.id}:{key}".encode()).hexdigest() if key else None
    for _ in range(_TRIES):
        with office.database.reading() as session:
            order = _order(session, office, actor, wanted, signs)
            if (drawn := _drawn_up(session, once, order)) is not None:
                return drawn
            content = _content(session, office, actor, wanted, order)
        made = _files(content)
        kept = {name: office.files.put(data).sha256 for name, data in made.items()}
        with office.database.transaction() as session:
            hold(session, Lock.CERTIFICATE_NUMBERS)
            if (drawn := _drawn_up(session, once, order)) is not None:
                return drawn
            if _next_number(session, order.day.year) != order.number:
                continue  # somebody took the number: draw up with the next one
            if canonical(_content(session, office, actor, wanted, order)) == canonical(content):
                return _freeze(session, office, actor, wanted, content, kept, once)
    raise CaseError("expertise.certificate_changed")


def certificates(session: Session, actor: Actor, offset: int = 0, limit: int = 50) -> tuple[list[CertificateRow], int]:
    """Certificates the actor may see, the last first, and how many there are. Raises ``DeniedError``."""
    require(actor, "see_certificates")
    query = select(CertificateRow)
    if not actor.has(Role.OBSERVER):
        query = query.where(CertificateRow.made_by == actor.id)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = query.order_by(CertificateRow.made_at.desc(), *_LATEST_NUMBER).offset(offset).limit(limit)
    return list(session.scalars(rows)), total


def certificate_of(session: Session, actor: Actor, certificate_id: str) -> CertificateRow:
    """One certificate: one's own, any for an observer. Raises ``DeniedError``, ``NotFoundError``."""
    require(actor, "see_certificates")
    row = session.get(CertificateRow, certificate_id)
    if row is None or (row.made_by != actor.id and not actor.has(Role.OBSERVER)):
        raise NotFoundError("expertise.no_certificate")
    return row


def certificate_file(office: Office, actor: Actor, certificate_id: str, name: str) -> tuple[str, bytes]:
    """One file as it was frozen («ru.pdf»), after the number of its certificate.

    Raises ``DeniedError``, ``NotFoundError``, ``KeptFileError``.
    """
    with office.database.reading() as session:
        row = certificate_of(session, actor, certificate_id)
    if name not in row.files:
        raise NotFoundError("expertise.no_certificate_file", name=name[:50])
    return row.number, office.files.get(row.files[name])


def _drawn_up(session: Session, once: str | None, order: Order) -> CertificateRow | None:
    """What this key got before, if it is what is asked now."""
    if once is None:
        return None
    row = session.scalars(select(CertificateRow).where(CertificateRow.once_key == once)).first()
    if row is None:
        return None
    had = row.kind, row.first, row.last, row.content["selection"], row.content["signs"]
    period, signs = order.period, {"name": order.signs.name, "post": order.signs.post}
    if had != (order.kind.value, period.first, period.last, dict(order.selection), signs):
        raise CaseError("expertise.once_other")
    return row


def _order(session: Session, office: Office, actor: Actor, wanted: Wanted, signs: Signs) -> Order:
    day, selection = here(office.clock()), wanted.selection
    person = session.get(Person, actor.id)
    return Order(
        kind=wanted.kind,
        number=_next_number(session, day.year),
        day=day,
        period=selection.period,
        selection={"body": selection.body, "sphere": selection.sphere, "act_form": selection.act_form},
        by={"name": actor.name, "organisation": person.organisation if person else ""},
        signs=signs,
        audit_head=audit.head(session),
    )


def _content(session: Session, office: Office, actor: Actor, wanted: Wanted, order: Order) -> dict[str, object]:
    found, most = drafts(session, actor, wanted.selection), office.settings.certificate_drafts
    if len(found) > most:
        raise CaseError("expertise.certificate_too_long", count=len(found), limit=most)
    issued = {
        key: Issued(row.number, str(row.content["requisites"]["date"]), row.content, row.content_hash)
        for key, row in contents(session, found).items()
    }
    return certificate(order, found, issued, office.factors)


def _files(content: Mapping[str, object]) -> dict[str, bytes]:
    """Every file of a certificate. Pages are set in threads: most of the work, and done outside of Python."""
    digest = content_hash(content)
    made = {"certificate.json": canonical(content)}
    documents = {language: certificate_document(content, language, digest) for language in LANGUAGES}
    with ThreadPoolExecutor(len(LANGUAGES)) as pool:
        printed = {language: pool.submit(write_pdf, document) for language, document in documents.items()}
        for language, document in documents.items():
            made[f"{language}.docx"] = write_docx(document)
            made[f"{language}.xlsx"] = certificate_book(content, language, digest)
        made |= {f"{language}.pdf": pages.result() for language, pages in printed.items()}
    return made


def _freeze(
    session: Session, office: Office, actor: Actor, wanted: Wanted, content: Mapping[str, object],
    kept: Mapping[str, str], once: str | None,
) -> CertificateRow:  # fmt: skip
    period, now = wanted.selection.period, office.clock()
    row = CertificateRow(
        number=str(content["number"]), kind=wanted.kind.value, first=period.first, last=period.last,
        content=dict(content), content_hash=content_hash(content), files=dict(kept), made_by=actor.id, made_at=now,
        once_key=once,
    )  # fmt: skip
    session.add(row)
    session.flush()
    told = {"number": row.number, "kind": row.kind, "content": row.content_hash, "files": dict(kept)}
    audit.write(session, actor, now, "draw_up_certificate", f"certificate:{row.id}", None, told)
    return row


def _next_number(session: Session, year: int) -> str:
    """The next number of the year in the register, «2026/0001»."""
    last = (
        select(CertificateRow.number)
        .where(CertificateRow.number.startswith(f"{year}/"))
        .order_by(*_LATEST_NUMBER)
        .limit(1)
    )
    found = session.scalars(last).first()
    return f"{year}/{int(found.partition('/')[2]) + 1 if found else 1:04d}"


def _line(words: str) -> str:
    line = " ".join(words.replace("\x00", "").split())
    if len(line) > LONGEST_LINE:
        raise CaseError("expertise.words_too_long", limit=LONGEST_LINE)
    return line
