"""Mini acts that stand beside a detector's words, seen without the rules: what a detector says by itself."""

from __future__ import annotations

from nlp import language as languages
from nlp.detection.act_view import ActView
from nlp.detection.findings import JudgedProvision
from nlp.detection.pack import Pack
from nlp.norms import analyse
from nlp.pipeline import JUDGED_ROLES
from nlp.reading.plain import read_plain
from nlp.registers import NONE, Registers
from nlp.structure import provisions, structure

TITLES = {"ru": "Правила о разном", "kk": "Әртүрлі істер туралы қағидалар"}


def view_of_text(text: str, pack: Pack, registers: Registers = NONE) -> ActView:
    """The view of any text; no rule is tried."""
    act = structure(read_plain(text.encode(), "акт.txt"))
    everything = provisions(act)
    judged = [
        JudgedProvision(analyse(provision, languages.of(provision.language)), (), ())
        for provision in everything
        if provision.role in JUDGED_ROLES and provision.language in pack.languages
    ]
    return ActView(act, everything, judged, pack, registers)


def mini_act(points: str, language: str) -> str:
    """Points of a mini act under a title."""
    return f"{TITLES[language]}\n\n{points}\n"
