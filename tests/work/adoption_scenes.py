"""A case whose conclusion was sent, and later texts of its draft."""

from __future__ import annotations

from expertise.case.adoption import Verdict
from expertise.office import Office
from expertise.store.adoption_tables import LaterText
from expertise.store.case_tables import Case
from expertise.store.cases import open_case
from expertise.work.adopted import Adopted, adoption_of
from expertise.work.analysing import run
from expertise.work.later_texts import About, bring
from expertise.work.queueing import waiting
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.work.conftest import DRAFT, Staff

ACT = DRAFT.replace(" вправе приостановить", " приостанавливает").replace(" и иные документы", "") + (
    "4. Должностное лицо вправе по своему усмотрению продлить срок рассмотрения.\n"
)
"""The second recommendation is followed, the third is not; a norm is new and has a defect of its own."""

SAME = Verdict("not_adopted", "Разработчик настоял на своей редакции.")


def bring_act(
    office: Office, staff: Staff, case: Case, words: str = ACT, kind: str = "adopted", *, beside: str = ""
) -> LaterText:
    """The text entered by the coordinator; it waits for the worker."""
    kept = office.files.put(words.encode())
    about = About("125", office.clock().date()) if kind == "adopted" else About()
    return bring(office, staff.coordinator, case.id, kind, [("act.txt", kept)], about, beside)


def work(office: Office, examiner: Examiner) -> list[str]:
    """A worker does all that waits; statuses."""
    return [run(office, examiner, Limits(), analysis_id, "w") for analysis_id, _ in waiting(office)]


def seen(office: Office, staff: Staff, case: Case) -> dict[int, Adopted]:
    """What is known of every recommendation."""
    with office.database.reading() as session:
        opened = open_case(session, staff.coordinator, case.id, "see_adoption")
        return {each.number: each for each in adoption_of(session, opened.case)}


ADOPTED_RUSSIAN = (
    "Об утверждении Правил выдачи разрешений",
    "ПРИКАЗЫВАЮ:",
    "1. Утвердить прилагаемые Правила выдачи разрешений.",
    "Правила выдачи разрешений",
    "1. Уполномоченный орган приостанавливает действие разрешения.",
    "2. Заявитель представляет заявление и копию устава.",
    "3. Решение принимается в разумный срок.",
    "Решение направляется лицу и может быть обжаловано в суд.",
    "4. Должностное лицо вправе по своему усмотрению продлить срок рассмотрения.",
)
ADOPTED_KAZAKH = (
    "Рұқсат беру қағидаларын бекіту туралы",
    "БҰЙЫРАМЫН:",
    "1. Қоса беріліп отырған Рұқсат беру қағидалары бекітілсін.",
    "Рұқсат беру қағидалары",
    "1. Уәкілетті орган рұқсаттың қолданысын тоқтата тұрады.",
    "2. Өтініш беруші өтінішті және жарғының көшірмесін ұсынады.",
    "3. Шешім ақылға қонымды мерзімде қабылданады.",
    "Шешім тұлғаға жіберіледі және оған сотқа шағым жасалуы мүмкін.",
    "4. Лауазымды адам қарау мерзімін өз қалауы бойынша ұзартуға құқылы.",
)
