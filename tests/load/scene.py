"""What the load is put on: reviewers with their cases of thirty pages in review, and a queue for the worker."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random

import docx

from api.accounts.passwords import Passwords
from evaluation.bench_drafts import EXAMPLES, PAGE_CHARACTERS
from expertise.office import Office
from expertise.people import OPERATOR, Actor, Role, Seat
from expertise.work.analysing import ask, run
from expertise.work.moving import advance
from expertise.work.people import actor_of, add_person
from expertise.work.registering import keep_file, register
from expertise.work.seats import declare, give_seat
from nlp.examination import Dossier, Examination
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options, Progress
from nlp.reading.reader import read_bytes

PAGES = 30
_USUAL = Options()
PASSWORD = "проверка нагрузкой"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A login and the case in which the person sits."""

    login: str
    case: str


class Remembering(Examiner):
    """The same draft in twenty cases is examined once: seeding is not what is measured."""

    _known: Examination | None = None

    def examine(self, dossier: Dossier, options: Options = _USUAL, progress: Progress | None = None) -> Examination:
        """As the examiner does, the first time."""
        if self._known is None:
            self._known = super().examine(dossier, options, progress)
        return self._known


def draft(pages: int, mark: str = "") -> bytes:
    """A Word file of about ``pages`` pages: the sample's norms again and again, each about something of its own."""
    source = read_bytes((EXAMPLES / "draft-ru.docx").read_bytes(), "draft-ru.docx", Limits())
    lines = [line for line in source.text.split("\n") if line.strip()]
    document, written = docx.Document(), 0
    for line in lines[:12]:
        document.add_paragraph(line)
    for count, line in enumerate(cycle(lines[12:])):
        if written > pages * PAGE_CHARACTERS:
            break
        norm = line[-1] in ".;:" and len(line) > 60
        words = f"{line[:-1]} по виду деятельности № {count}{mark}{line[-1]}" if norm else line
        document.add_paragraph(words)
        written += len(words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def seed(office: Office, examiner: Examiner, reviewers: int, pages: int = PAGES) -> Sequence[Reviewer]:
    """A case for each reviewer, examined and taken up."""
    coordinator, content, made = _coordinator(office), draft(pages), []
    kept = Passwords(1).hash(PASSWORD)
    for number in range(reviewers):
        login = f"expert{number}"
        person = add_person(office, OPERATOR, login, f"Эксперт {number}", [Role.EXPERT], kept, must_change=False)
        case = register(office, coordinator, f"Правила выдачи разрешений, проект {number}")
        keep_file(office, coordinator, case.id, "text", "draft.docx", [content])
        give_seat(office, coordinator, case.id, Seat.FIRST, person.id)
        advance(office, coordinator, case.id, "assign")
        assert run(office, examiner, Limits(), ask(office, coordinator, case.id).id) == "done"
        declare(office, actor_of(person), case.id)
        advance(office, actor_of(person), case.id, "start")
        made.append(Reviewer(login, case.id))
    return made


def queue(office: Office, length: int, random: Random, pages: int = PAGES) -> None:
    """Drafts of ``pages`` pages that wait for the worker, no two alike."""
    coordinator = _coordinator(office, "queue")
    for number in range(length):
        case = register(office, coordinator, f"В очереди {number}")
        content = draft(pages, f"{number}-{random.randint(0, 999)}")
        keep_file(office, coordinator, case.id, "text", f"{number}.docx", [content])
        ask(office, coordinator, case.id)


def _coordinator(office: Office, login: str = "coordinator") -> Actor:
    made = add_person(office, OPERATOR, login, "Координатор", [Role.COORDINATOR], "", must_change=False)
    return actor_of(made)
