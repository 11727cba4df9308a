"""ProvisionAnalysis: tokens of every field of a provision, made once and shared by frames and rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from nlp.language.token import Language, Tokens
from nlp.norms.frame import Field
from nlp.structure.act import Provision


@dataclass(frozen=True, slots=True)
class ProvisionAnalysis:
    """A provision and the tokens of its fields (empty tuples for empty fields); ``tail`` closes the list (Kazakh);
    ``act`` is the title of a regulation, which names the body that it is about."""

    provision: Provision
    text: Tokens
    lead: Tokens
    heading: Tokens
    tail: Tokens = ()
    act: Tokens = ()

    def tokens(self, field: Field) -> Tokens:
        """Tokens of one field."""
        if field is Field.TEXT:
            return self.text
        return self.lead if field is Field.LEAD else self.heading

    def string(self, field: Field) -> str:
        """The words of one field."""
        if field is Field.TEXT:
            return self.provision.text
        return self.provision.lead if field is Field.LEAD else self.provision.heading


def analyse(provision: Provision, language: Language) -> ProvisionAnalysis:
    """Provision → its tokens. Lead-in, heading and closing words repeat over a list: they are read once."""
    return ProvisionAnalysis(
        provision,
        language.analyse(provision.text),
        _framing(language.analyse, provision.lead) if provision.lead else (),
        _framing(language.analyse, provision.heading) if provision.heading else (),
        _framing(language.analyse, provision.tail) if provision.tail else (),
        _framing(language.analyse, provision.act_title) if _is_of_body(provision) else (),
    )


def _is_of_body(provision: Provision) -> bool:
    """«Положение об управлении …» is about one body; rules and laws are about many."""
    return provision.act_form == "regulation" and bool(provision.act_title)


@lru_cache(maxsize=32)
def _framing(analyse_words: Callable[[str], Tokens], text: str) -> Tokens:
    """The very same tokens for the same words, so that what is found in them is not looked for again either."""
    return analyse_words(text)
