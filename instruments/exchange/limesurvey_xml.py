"""LimeSurvey's survey structure as XML (.lss): its tables as the rows of the tab-separated file.

Versions up to 3 keep a row for each language, later ones a table of texts beside each table. The
XML is read by defusedxml: entities and what lies outside the file are refused. No Django here.
"""

import io
from collections.abc import Iterator
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import Locator

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from instruments.exchange.faults import Faults
from instruments.exchange.limesurvey_rows import MOST_ROWS, Record, language_codes
from organisations.rules import typed

Row = dict[str, str]
# Depths of the elements: document, table, rows, row, field.
_TABLE, _ROW, _FIELD = 2, 4, 5
_CARRIED_TABLES = {
    "languages", "answers", "answer_l10ns", "groups", "group_l10ns", "questions", "subquestions",
    "question_l10ns", "question_attributes", "surveys", "surveys_languagesettings", "themes",
    "themes_inherited", "defaultvalues", "defaultvalue_l10ns",
}  # fmt: skip
_OF_A_SURVEY = {"language", "additional_languages", "admin", "sid"}
# Columns that have one name in both files.
_ALIKE = ("language", "help", "relevance", "mandatory", "other")
_CLASSES = {
    "conditions": "C", "assessments": "AS", "quota": "QTA", "quota_members": "QTAM",
    "quota_languagesettings": "QTALS",
}  # fmt: skip


class TooManyRows(Exception):
    """More rows than a survey has."""


class _Tables(ContentHandler):
    """Collects the fields of every row, with the line on which the row begins."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = ""
        self.tables: dict[str, list[Row]] = {}
        self.languages: list[str] = []
        self._path: list[str] = []
        self._row: Row = {}
        self._text: list[str] = []
        self._count = 0
        self._locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 (the name is SAX's)
        self._locator = locator

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802
        self._path.append(name)
        self._text = []
        if len(self._path) == _ROW and name == "row":
            self._count += 1
            if self._count > MOST_ROWS:
                raise TooManyRows
            line = self._locator.getLineNumber() if self._locator else 0
            self._row = {"line": str(line)}

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        depth, text = len(self._path), "".join(self._text)
        if depth == _FIELD:
            self._row[name] = text
        elif depth == _ROW and name == "row":
            self.tables.setdefault(self._path[_TABLE - 1], []).append(self._row)
        elif depth == _TABLE and name == "LimeSurveyDocType":
            self.kind = text.strip()
        elif depth == _TABLE + 1 and name == "language":
            self.languages.append(text.strip())
        self._path.pop()


def read_survey_xml(text: str, faults: Faults) -> Iterator[Record]:
    """The rows of an .lss file, each with its place; a fault of the file as a whole gives none."""
    handler = _Tables()
    parser = make_parser()
    parser.setContentHandler(handler)
    try:
        parser.parse(io.StringIO(text))
    except DefusedXmlException:
        faults.add("file", "this XML declares entities, which no survey needs.")
    except SAXParseException as error:
        faults.add(f"line {error.getLineNumber()}", f"this is no XML: {error.getMessage()}.")
    except TooManyRows:
        faults.add("file", f"more than {MOST_ROWS} rows.")
    else:
        if handler.kind == "Survey":
            yield from _records(handler)
        else:
            faults.add(
                "file",
                f"this is LimeSurvey’s XML of a {handler.kind.lower()[:20] or 'part'}. "
                "Export the whole survey’s structure (.lss).",
            )


def _number(row: Row, *names: str) -> tuple[int, ...]:
    return tuple(typed.key(row.get(name, "")) or 0 for name in names)


def _record(row: Row, kind: str, name: str, text: str, more: Row | None = None) -> Record:
    return f"line {row['line']}", {**(more or {}), "class": kind, "name": name, "text": text}


def _in_words(tables: dict[str, list[Row]], table: str, texts: str, key: str) -> list[Row]:
    """The rows of a table once for each of their languages, whichever version wrote them."""
    worded: dict[str, list[Row]] = {}
    for row in tables.get(texts, ()):
        worded.setdefault(row.get(key, ""), []).append(row)
    found = []
    for row in tables.get(table, ()):
        own = {name: value for name, value in row.items() if value}
        for words in worded.get(row.get(key, ""), [{}]):
            language = words.get("language") or own.get("language", "")
            found.append({**words, **own, "language": language})
    return found


def _by(rows: list[Row], name: str, *order: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda one: _number(one, *order)):
        found.setdefault(row.get(name, ""), []).append(row)
    return found


def _records(handler: _Tables) -> Iterator[Record]:
    tables = handler.tables
    yield from _settings(handler)
    questions = _in_words(tables, "questions", "question_l10ns", "qid")
    parts = [
        *_in_words(tables, "subquestions", "question_l10ns", "qid"),
        *(row for row in questions if row.get("parent_qid", "0") not in ("", "0")),
    ]
    attributes: dict[str, Row] = {}
    for row in tables.get("question_attributes", ()):
        ways = attributes.setdefault(row.get("qid", ""), {})
        ways[row.get("attribute", "")] = row.get("value", "")
    asked = _by(
        [row for row in questions if row.get("parent_qid", "0") in ("", "0")],
        "gid", "question_order",
    )  # fmt: skip
    parts_of = _by(parts, "parent_qid", "scale_id", "question_order")
    answers = _in_words(tables, "answers", "answer_l10ns", "aid")
    answers_of = _by(answers, "qid", "scale_id", "sortorder")
    groups = _in_words(tables, "groups", "group_l10ns", "gid")
    by_language: dict[str, list[Row]] = {}
    for row in sorted(groups, key=lambda one: _number(one, "group_order")):
        by_language.setdefault(row["language"], []).append(row)
    own = (tables.get("surveys") or [{}])[0].get("language", "")
    for language in sorted(by_language, key=lambda one: one != own):
        for group in by_language[language]:
            more = {
                "language": language,
                "relevance": group.get("grelevance", ""),
                "type/scale": group.get("gid", ""),
            }
            name, text = group.get("group_name", ""), group.get("description", "")
            yield _record(group, "G", name, text, more)
            for question in asked.get(group.get("gid", ""), ()):
                if question["language"] == language:
                    ways = attributes.get(question.get("qid", ""), {})
                    yield from _question(question, ways, parts_of, answers_of)
    for table, rows in tables.items():
        if table in _CLASSES or table not in _CARRIED_TABLES:
            for row in rows:
                yield _record(row, _CLASSES.get(table, table), table, "")


def _settings(handler: _Tables) -> Iterator[Record]:
    for survey in handler.tables.get("surveys", [])[:1]:
        for name, value in survey.items():
            if name in _OF_A_SURVEY:
                yield _record(survey, "S", name, value)
        if not survey.get("additional_languages"):
            others = [one for one in handler.languages if one != survey.get("language")]
            yield _record(survey, "S", "additional_languages", " ".join(others))
    for row in handler.tables.get("surveys_languagesettings", ()):
        language = (language_codes(row.get("surveyls_language", "")) or [""])[0]
        for name, value in row.items():
            if name.startswith("surveyls_") and value.strip():
                yield _record(row, "SL", name, value, {"language": language})


def _question(
    question: Row, ways: Row, parts: dict[str, list[Row]], answers: dict[str, list[Row]]
) -> Iterator[Record]:
    language, key = question["language"], question.get("qid", "")
    more = {name: question.get(name, "") for name in _ALIKE} | {
        "validation": question.get("preg", ""),
        "type/scale": question.get("type", ""),
    }
    text = question.get("question", "")
    yield _record(question, "Q", question.get("title", ""), text, {**ways, **more})
    for row in parts.get(key, ()):
        if row["language"] == language:
            more = {name: row.get(name, "") for name in _ALIKE}
            more["type/scale"] = row.get("scale_id", "")
            yield _record(row, "SQ", row.get("title", ""), row.get("question", ""), more)
    for row in answers.get(key, ()):
        if row["language"] == language:
            more = {name: row.get(name, "") for name in ("language", "assessment_value")}
            more["type/scale"] = row.get("scale_id", "")
            yield _record(row, "A", row.get("code", ""), row.get("answer", ""), more)
