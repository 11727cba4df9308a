"""The files of a conclusion: made of its content, the same bytes for the same content.

«ru.docx», «ru.pdf», «kk.docx», «kk.pdf» – the document; «conclusion.json» – the content in the very bytes whose
SHA-256 is printed; «findings.sarif» – for other tools; «draft-1.docx» … – files of the draft with notes where they
take any.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from expertise.case.conclusion import canonical, content_hash
from expertise.documents.annotated_pdf import annotated_pdf
from expertise.documents.comments import commented_draft, comments_notice
from expertise.documents.conclusion import conclusion
from expertise.documents.docx_writer import write_docx
from expertise.documents.listing import Issued
from expertise.documents.naming import named
from expertise.documents.pdf_writer import write_pdf
from expertise.documents.sarif import to_sarif
from expertise.documents.words import factor_name, words_for
from expertise.office import Office
from expertise.work.restoring import Draft
from nlp.examination import Examination, Versions

Content = Mapping[str, Any]


def files_of_conclusion(
    office: Office, content: Content, drafts: Sequence[Draft], languages: Sequence[str]
) -> dict[str, bytes]:
    """All files by name. Raises ``FontsMissingError``, and what writing notes into a draft raises."""
    digest = content_hash(content)
    made: dict[str, bytes] = {}
    for language in languages:
        document = conclusion(content, language, digest)
        made[f"{language}.docx"] = write_docx(document)
        made[f"{language}.pdf"] = write_pdf(document)
    made["conclusion.json"] = canonical(content)
    made["findings.sarif"] = _sarif(office, content, drafts, languages[0])
    made.update(_noted(office, content, drafts))
    return made


def _sarif(office: Office, content: Content, drafts: Sequence[Draft], language: str) -> bytes:
    raw = content["versions"]
    pack = raw["pack"]
    libraries = tuple((each["name"], each["version"]) for each in raw["libraries"])
    versions = Versions(raw["saraptama"], pack["id"], pack["version"], pack["sha256"], libraries)
    reports = tuple(report for draft in drafts for report in draft.reports)
    log = to_sarif(Examination(versions, reports), language, office.factors)
    run = log["runs"][0]
    for rule in run["tool"]["driver"]["rules"]:  # what the machine says of its own marks is not what an expert says
        name = factor_name(rule["id"], language, office.factors)
        rule["help"]["text"] = words_for(content, language).say("conclusion.sarif_help", factor=name)
    run["properties"] = {"conclusion": content["requisites"]["number"], "contentSha256": content_hash(content)}
    return (json.dumps(log, ensure_ascii=False, indent=2) + "\n").encode()


def _noted(office: Office, content: Content, drafts: Sequence[Draft]) -> Iterator[tuple[str, bytes]]:
    numbers = {place["finding"]: each["number"] for each in content["findings"] for place in each["places"]}
    for position, draft in enumerate(drafts, start=1):
        source = draft.reports[0].act.source
        if comments_notice(source) is not None:
            continue
        language = draft.reports[0].language if draft.reports[0].language in ("ru", "kk") else "ru"
        issued = Issued(_statement(content, language), numbers)
        if source.format in ("pdf", "image") and not source.converted:
            made = annotated_pdf(draft.document, draft.reports, language, office.factors, issued=issued)
            yield f"draft-{position}.pdf", made
        else:
            made = commented_draft(draft.document, draft.reports, language, office.factors, issued=issued)
            yield f"draft-{position}.docx", made


def _statement(content: Content, language: str) -> str:
    said = words_for(content, language)
    return said.say("conclusion.comment_statement", **named(content, said))
