"""What the forms of the review say: decisions, words in place of the machine's, places of words in the text."""

from __future__ import annotations

from api.accounts.gate import AtCase
from api.pages.cards import card
from api.pages.forms import Form, seat_of
from expertise.case.decisions import Said, Verdict
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.store.cases import open_case
from expertise.work.analysing import latest_examination
from expertise.work.kept_texts import texts_of
from expertise.work.reviewing import Reviewed, reviewed
from nlp.messages import LANGUAGES

_WRITTEN = ("verdict", "factor", "severity", "explanation", "risk", "recommendation", "reason", "quote", "language")


def given(form: Form | None) -> dict[str, str]:
    """What was written in the forms of the review, so that it stays where something was wrong with it."""
    names = (*_WRITTEN, *(f"wording_{code}" for code in LANGUAGES))
    return {name: form[name] if form else "" for name in names}


def said_in(form: Form) -> Said:
    """What the expert says in place of the machine."""
    wording = {code: form[f"wording_{code}"].strip() for code in LANGUAGES if form[f"wording_{code}"].strip()}
    return Said(
        factor=form["factor"],
        severity=form["severity"],
        explanation=_plain(form["explanation"]),
        risk=_plain(form["risk"]),
        recommendation=_plain(form["recommendation"]),
        wording={code: _plain(words) for code, words in wording.items()},
    )


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def changed(office: Office, at: AtCase, finding_id: str, form: Form) -> Said:
    """Only what differs from the words that stood in the form: the rest stays the machine's."""
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_findings")
        found = reviewed(session, opened, seat_of(form["seat"]))
        row = next((each for each in found if each.row.id == finding_id), None)
    if row is None:
        return Said()
    bare = Reviewed(row.row, None, row.gone)
    shown, said = [card(bare, 1, (), code) for code in LANGUAGES], said_in(form)
    machine = shown[0]

    def own(field: str) -> str:
        """What was typed, "" where it is what the form showed in one language or the other."""
        words = str(getattr(said, field))
        return "" if words in {str(getattr(each, field)).strip() for each in shown} else words

    wording = {code: words for code, words in said.wording.items() if words != machine.wording.get(code, "").strip()}
    return Said(
        factor=said.factor if said.factor != machine.factor else "",
        severity=said.severity if said.severity != machine.severity else "",
        explanation=own("explanation"),
        risk=own("risk"),
        recommendation=own("recommendation"),
        wording={**machine.wording, **wording} if wording else {},
    )


def find(office: Office, at: AtCase, language: str, quote: str) -> tuple[tuple[str, int, int], ...]:
    """Where the quoted words stand in the text of that language; blanks and breaks of lines may differ."""
    with office.database.reading() as session:
        last = latest_examination(session, open_case(session, at.actor, at.case_id, "see_findings"))
    texts = texts_of(office, last)
    text = next((each.text for each in texts if each.language == language), "")
    found = _words_at(text, quote)
    if found is None:
        raise CaseError("expertise.quote_not_found")
    return ((language, *found),)


def _words_at(text: str, quote: str) -> tuple[int, int] | None:
    """Offsets of the first place where the words of ``quote`` follow one another, whatever blanks are between."""
    wanted = "".join(quote.split())
    if not wanted:
        return None
    solid = [(sign, at) for at, sign in enumerate(text) if not sign.isspace()]
    at = "".join(sign for sign, _ in solid).find(wanted)
    return (solid[at][1], solid[at + len(wanted) - 1][1] + 1) if at >= 0 else None


def verdict_of(name: str) -> Verdict:
    """The verdict a form names. Raises ``CaseError`` for none of ours."""
    if name not in set(Verdict):
        raise CaseError("expertise.unknown_verdict")
    return Verdict(name)
