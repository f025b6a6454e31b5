"""LimeSurvey's survey structure, row by row, as groups of questions. No Django here.

Classes: S settings, SL texts by language, G group, Q question, SQ subquestion, A answer option, and
C, AS, QTA, QTAM, QTALS for conditions, assessments and quotas. All rows of one language stand
together, or a row of a further language follows its row. The tab-separated file holds these rows;
`limesurvey_xml` makes them of an .lss file.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from instruments.exchange.faults import Faults
from instruments.exchange.survey import Group, Option, Part, Question, Structure

MOST_ROWS = 20_000
MOST_LANGUAGES = 60
NEEDED = ("class", "name", "text")
Record = tuple[str, dict[str, str]]
# Where LimeSurvey keeps HTML; a group has it in its name.
_MARKED = {
    **dict.fromkeys(("SL", "Q", "SQ", "A"), ("text", "help")),
    "G": ("name", "text"),
}
_OTHERS = {
    "C": "Everyone answers every statement; there are no conditions.",
    "AS": "Scores are shown by our own rules; there are no assessments.",
    "QTA": "There are no quotas.",
    "QTAM": "There are no quotas.",
    "QTALS": "There are no quotas.",
}
# Some files write their language codes in quotation marks, twice over.
_AROUND_CODES = re.compile(r"[\s\"'“”„‘’,;]+")


def language_codes(text: str) -> list[str]:
    """The codes in a list of languages, whatever stands around and between them."""
    return [code for code in _AROUND_CODES.split(text) if code]


def _unmasked(value: str) -> str:
    # LimeSurvey writes '=1+1 for =1+1, so that a spreadsheet does not compute it.
    return value[1:] if value.startswith("'=") else value


def read_table(text: str, faults: Faults) -> Iterator[Record]:
    """The rows of the tab-separated file, each with its place and by the names of its columns."""
    lines = csv.reader(StringIO(text, newline=""), delimiter="\t", strict=True)
    header: list[str] = []
    try:
        for count, cells in enumerate(lines):
            if not header:
                header = [cell.strip().lower() for cell in cells]
                missing = [name for name in NEEDED if name not in header]
                if missing:
                    faults.add("row 1", f"the column {', '.join(missing)} is missing.")
                    return
                continue
            if count > MOST_ROWS:
                faults.add(f"row {lines.line_num}", f"more than {MOST_ROWS} rows.")
                return
            if any(cells):
                row = dict(zip(header, map(_unmasked, cells), strict=False))
                yield f"row {lines.line_num}", {name: row.get(name, "") for name in header if name}
    except csv.Error as error:
        faults.add(f"row {lines.line_num}", f"cannot be read as a table ({error}).")


class _Builder:
    """Takes rows in file order; a row of a further language finds its group and question again."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.found = Structure("LimeSurvey")
        self.group: Group | None = None
        self.question: Question | None = None
        self.questions: dict[str, Question] = {}
        self.language = ""
        self.groups_in_language = 0

    def take(self, place: str, row: dict[str, str]) -> None:
        kind = row["class"].strip()
        codes = language_codes(row.get("language", ""))
        language = codes[0] if codes else self.found.language
        self.found.undress(place, row["name"], row, _MARKED.get(kind, ()))
        match kind:
            case "S":
                value = row["text"]
                if row["name"] in ("language", "additional_languages"):
                    value = " ".join(language_codes(value))
                self.found.settings[row["name"]] = value
            case "SL":
                self.found.texts.setdefault(language, {})[row["name"]] = row["text"]
            case "G":
                self._take_group(place, row, language)
            case "Q":
                self._take_question(place, row, language)
            case "SQ":
                self._take_part(place, row, language)
            case "A":
                self._take_option(place, row, language)
            case _:
                why = _OTHERS.get(kind, f"Rows of class {kind[:20]} are unknown.")
                self.found.others.append((place, row["name"] or row["text"], why))

    def _once(self, where: dict[str, str], language: str, text: str, place: str, name: str) -> None:
        if language in where:
            self.faults.add(f"{place}, name", f"{name} is used twice.")
        where[language] = text

    def _take_group(self, place: str, row: dict[str, str], language: str) -> None:
        if language != self.language:
            self.language, self.groups_in_language = language, 0
        key = row.get("type/scale", "").strip() or f"nth {self.groups_in_language}"
        self.groups_in_language += 1
        self.group = self.found.groups.setdefault(key, Group(key, place, row.get("relevance", "")))
        self.question = None
        if language in self.group.names:
            # Some files number no groups, or all alike: a second name begins another group.
            self.group = self.found.groups[place] = Group(place, place, row.get("relevance", ""))
        self.group.names[language] = row["name"]
        self.group.texts[language] = row["text"]

    def _take_question(self, place: str, row: dict[str, str], language: str) -> None:
        if self.group is None:
            self.faults.add(f"{place}, class", "a question stands before the first group.")
            return
        code = row["name"].strip()
        twin = self.questions.get(code)
        if twin is None:
            twin = Question(code, row.get("type/scale", "").strip(), place, row)
            self.questions[code] = self.group.questions[code] = twin
        self.question = twin
        self._once(twin.texts, language, row["text"], place, f"question {code}")
        twin.helps[language] = row.get("help", "")

    def _take_part(self, place: str, row: dict[str, str], language: str) -> None:
        if self.question is None:
            self.faults.add(f"{place}, class", "a subquestion stands before any question.")
            return
        code, scale = row["name"].strip(), row.get("type/scale", "").strip()
        if scale not in ("", "0"):
            code = f"{code} (second scale)"
        part = self.question.parts.setdefault(code, Part(code, place, row.get("relevance", "")))
        self._once(part.texts, language, row["text"], place, f"subquestion {code}")
        part.helps[language] = row.get("help", "")

    def _take_option(self, place: str, row: dict[str, str], language: str) -> None:
        if self.question is None:
            self.faults.add(f"{place}, class", "an answer stands before any question.")
            return
        code, scale = row["name"].strip(), row.get("type/scale", "").strip() or "0"
        option = self.question.options.setdefault(
            (scale, code), Option(code, row.get("assessment_value", "").strip(), place)
        )
        self._once(option.texts, language, row["text"], place, f"answer {code}")


def structure_of(records: Iterable[Record], faults: Faults) -> Structure:
    """The rows of a file as groups of questions; faults are noted."""
    builder = _Builder(faults)
    for place, row in records:
        builder.take(place, row)
    found = builder.found
    if not found.groups and not faults.sentences:
        faults.add("row 1", "there is no group (class G) in this file.")
    return found
