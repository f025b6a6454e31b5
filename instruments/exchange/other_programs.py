"""Files of other programs that we do not read: what each is, and what to bring instead.

One sentence each, by what stands in the file and not by its name. No Django here.
"""

import re
from collections.abc import Mapping

from organisations.exchange.workbook import Rows, zip_parts

ENOUGH = 20_000
# No program writes our own form; what every one has is its statements, to copy.
OURS = "a spreadsheet (.xlsx) with the sheets Instrument, Scale and Statements"
_REDCAP = (
    "this is a data dictionary of REDCap; copy its field labels and choices into {ours} and bring "
    "that instead."
)
_QUALTRICS = (
    "this is a survey of Qualtrics (QSF); export it there to Word (Import/Export), copy its "
    "statements into {ours} and bring that instead."
)
_MOODLE = (
    "these are quiz questions of Moodle ({kind}), which have right answers and no scale; a "
    "questionnaire’s statements belong into {ours}: bring that instead."
)
_TABLE = "this is a table as CSV; save it as {ours} and bring that."
_GIFT = re.compile(r"(?<!\\)\{\s*(?:[=~#]|T(?:RUE)?\s*\}|F(?:ALSE)?\s*\}|\})", re.IGNORECASE)
_REDCAP_NAMES = ("variable / field name", "field_name")
_REDCAP_OTHERS = ("form name", "form_name", "field type", "field_type")
# Columns with which programs list what was answered.
_OF_ANSWERS = frozenset({
    "timestamp", "start time", "completion time", "submitdate", "startdate", "responseid",
    "respondent id", "_uuid", "_submission_time", "response id", "date submitted",
})  # fmt: skip
_BESIDES_FIELDS = frozenset({"pages", "elements", "questions"})


def _said(sentence: str, **more: str) -> str:
    return sentence.format(ours=OURS, **more)


QUALTRICS = _said(_QUALTRICS)


def named_json(data: Mapping[str, object]) -> str:
    """The sentence about a JSON file of another program, or nothing."""
    if "instrument" in data:
        return ""
    if "SurveyElements" in data or "SurveyEntry" in data:
        return QUALTRICS
    if _is_surveyjs(data):
        return _said(
            "this is a form of SurveyJS (JSON); copy its statements into {ours} and bring that "
            "instead."
        )
    if isinstance(data.get("fields"), list):
        return _said("this is a form of Typeform; copy its statements into {ours} and bring that.")
    if isinstance(data.get("items"), list) and ("formId" in data or "info" in data):
        return _said("this is a form of Google; copy its statements into {ours} and bring that.")
    if data.get("resourceType") == "Questionnaire":
        return _said(
            "this is a questionnaire of FHIR; copy its statements into {ours}, bring that."
        )
    content = data.get("content")
    if isinstance(content, dict) and not isinstance(content.get("survey"), list):
        return _said("this is a form of Jotform; copy its statements into {ours} and bring that.")
    if isinstance(data.get("survey"), list) or isinstance(content, dict):
        return (
            "this is a form of KoboToolbox as JSON; download it there as XLS and bring that form."
        )
    return ""


def _is_surveyjs(data: Mapping[str, object]) -> bool:
    def are_questions(rows: object) -> bool:
        return isinstance(rows, list) and any(
            isinstance(row, dict) and isinstance(row.get("type"), str) and "name" in row
            for row in rows
        )

    pages = data.get("pages")
    if isinstance(pages, list) and any(
        isinstance(page, dict) and {"elements", "questions", "name"} & page.keys() for page in pages
    ):
        return True
    return any(are_questions(data.get(name)) for name in _BESIDES_FIELDS)


def named_text(text: str) -> str:
    """The sentence about a text file of another program, or nothing."""
    start = text.lstrip("\ufeff \t\r\n")
    first = start.split("\n", 1)[0].strip().lower()
    cells = [cell.strip().strip("\"'") for cell in re.split(r"[,;\t]", first)]
    if cells[0] in _REDCAP_NAMES and any(name in cells for name in _REDCAP_OTHERS):
        return _said(_REDCAP)
    if first.startswith("[[advancedformat]]"):
        return _said(_QUALTRICS.replace("(QSF)", "as text"))
    if start.startswith("<"):
        return _named_xml(start[:ENOUGH])
    if start.startswith("%PDF"):
        return _said("this is a PDF; copy its statements into {ours} and bring that instead.")
    if start.startswith("{\\rtf"):
        return _said("this is a text document; copy its statements into {ours} and bring that.")
    if _GIFT.search(start[:ENOUGH]):
        return _said(_MOODLE, kind="GIFT")
    if cells[0] == "type" and "name" in cells:
        return (
            "this is an XLSForm as CSV; save it as a spreadsheet (.xlsx) with survey and choices."
        )
    return _said(_TABLE) if len(cells) > 1 and "\t" not in first else ""


def _named_xml(start: str) -> str:
    if re.search(r"<(?:\w+:)?quiz\b", start):
        return _said(_MOODLE, kind="XML")
    if "www.w3.org/2002/xforms" in start or re.search(r"<(?:h:)?html\b[^>]*xforms", start):
        return "this is an XForm; bring the XLSForm (.xlsx) that it was made from."
    if "<ODM" in start:
        return _said(_REDCAP.replace("a data dictionary of REDCap", "a study’s metadata (ODM)"))
    if "imsglobal.org" in start or "<questestinterop" in start:
        return _said(_MOODLE.replace("of Moodle ", ""), kind="QTI")
    if re.match(r"<!doctype html|<html", start, re.IGNORECASE):
        return _said("this is a web page; copy its statements into {ours} and bring that instead.")
    return ""


def named_sheets(tables: Mapping[str, Rows]) -> str:
    """The sentence about a spreadsheet of another kind than ours."""
    columns = {name for rows in tables.values() for _, row in rows[:1] for name in row}
    if columns & set(_REDCAP_NAMES):
        return _said(_REDCAP)
    if columns & _OF_ANSWERS:
        return _said(
            "these are answers that people gave, and no questionnaire; copy the statements into "
            "{ours} and bring that."
        )
    return _said("this spreadsheet is none of ours; copy its statements into {ours}.")


def named_zip(content: bytes) -> str:
    """The sentence about a zip file that is no spreadsheet, or nothing."""
    names = [part.filename for part in zip_parts(content)]
    if "xl/workbook.xml" in names:
        return ""
    if any(name.lower().endswith(".lss") for name in names):
        return (
            "this is an archive of a whole LimeSurvey survey (.lsa); export its structure (.lss or "
            "tab-separated values) and bring that instead."
        )
    if "word/document.xml" in names:
        return _said("this is a Word document; copy its statements into {ours} and bring that.")
    if "instrument.csv" in names:
        return _said(_REDCAP.replace("a data dictionary", "an instrument (zip)"))
    if "content.xml" in names and "mimetype" in names:
        return "this is an OpenDocument file; save it as a spreadsheet (.xlsx) and bring that."
    return ""
