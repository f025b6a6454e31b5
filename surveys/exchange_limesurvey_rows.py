"""LimeSurvey's tab-separated survey structure: its rows, group by group. No Django here.

Classes: S settings, SL texts by language, G group, Q question, SQ subquestion, A answer option, and
C, AS, QTA, QTAM, QTALS for conditions, assessments and quotas. All rows of one language stand
together, or a row of a further language follows its row.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from surveys.exchange_faults import Faults
from surveys.exchange_markup import plain

MOST_ROWS = 20_000
NEEDED = ("class", "name", "text")
# Where LimeSurvey keeps HTML; a group has it in its name.
_MARKED = {
    **dict.fromkeys(("SL", "Q", "SQ", "A"), ("text", "help")),
    "G": ("name", "text"),
}


@dataclass
class Option:
    """An answer option."""

    code: str
    value: str
    row: int
    texts: dict[str, str] = field(default_factory=dict)


@dataclass
class Part:
    """A subquestion."""

    code: str
    row: int
    condition: str
    texts: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)


@dataclass
class Question:
    """A question with its subquestions and options; `fields` are its other columns."""

    code: str
    kind: str
    row: int
    fields: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    options: dict[tuple[str, str], Option] = field(default_factory=dict)


@dataclass
class Group:
    """A group of questions."""

    key: str
    row: int
    condition: str
    names: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)


@dataclass
class Structure:
    """The whole file: settings, texts of the survey by language, groups, and all other rows.

    `undressed` are the rows whose HTML became plain text: row, name, tags.
    """

    settings: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    others: list[tuple[int, str, str]] = field(default_factory=list)
    undressed: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The survey's base language."""
        named = self.settings.get("language") or next(iter(self.texts), "")
        return named or next((lang for g in self.groups.values() for lang in g.names), "en")


def _unmasked(value: str) -> str:
    # LimeSurvey writes '=1+1 for =1+1, so that a spreadsheet does not compute it.
    return value[1:] if value.startswith("'=") else value


def _records(text: str, faults: Faults) -> Iterator[tuple[int, dict[str, str]]]:
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
                yield lines.line_num, {name: row.get(name, "") for name in header if name}
    except csv.Error as error:
        faults.add(f"row {lines.line_num}", f"cannot be read as a table ({error}).")


class _Builder:
    """Takes rows in file order; a row of a further language finds its group and question again."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.found = Structure()
        self.group: Group | None = None
        self.question: Question | None = None
        self.language = ""
        self.groups_in_language = 0

    def take(self, number: int, row: dict[str, str]) -> None:
        kind = row["class"].strip()
        language = row.get("language", "").strip() or self.found.language
        self._undress(number, kind, row)
        match kind:
            case "S":
                self.found.settings[row["name"]] = row["text"]
            case "SL":
                self.found.texts.setdefault(language, {})[row["name"]] = row["text"]
            case "G":
                self._take_group(number, row, language)
            case "Q":
                self._take_question(number, row, language)
            case "SQ":
                self._take_part(number, row, language)
            case "A":
                self._take_option(number, row, language)
            case _:
                self.found.others.append((number, kind[:20], row["name"] or row["text"]))

    def _undress(self, number: int, kind: str, row: dict[str, str]) -> None:
        lost: dict[str, None] = {}
        for column in _MARKED.get(kind, ()):
            row[column], tags = plain(row.get(column, ""))
            lost |= dict.fromkeys(tags)
        if lost:
            self.found.undressed.append((number, row["name"], ", ".join(lost)))

    def _once(
        self, where: dict[str, str], language: str, text: str, number: int, name: str
    ) -> None:
        if language in where:
            self.faults.add(f"row {number}, name", f"{name} is used twice.")
        where[language] = text

    def _take_group(self, number: int, row: dict[str, str], language: str) -> None:
        if language != self.language:
            self.language, self.groups_in_language = language, 0
        key = row.get("type/scale", "").strip() or f"nth {self.groups_in_language}"
        self.groups_in_language += 1
        self.group = self.found.groups.setdefault(key, Group(key, number, row.get("relevance", "")))
        self.question = None
        if language in self.group.names:
            # Some files number no groups, or all alike: a second name begins another group.
            key = f"row {number}"
            self.group = self.found.groups[key] = Group(key, number, row.get("relevance", ""))
        self.group.names[language] = row["name"]
        self.group.texts[language] = row["text"]

    def _take_question(self, number: int, row: dict[str, str], language: str) -> None:
        if self.group is None:
            self.faults.add(f"row {number}, class", "a question stands before the first group.")
            return
        code = row["name"].strip()
        twin = next(
            (g.questions[code] for g in self.found.groups.values() if code in g.questions), None
        )
        if twin is None:
            twin = self.group.questions[code] = Question(
                code, row.get("type/scale", "").strip(), number, row
            )
        self.question = twin
        self._once(twin.texts, language, row["text"], number, f"question {code}")
        twin.helps[language] = row.get("help", "")

    def _take_part(self, number: int, row: dict[str, str], language: str) -> None:
        if self.question is None:
            self.faults.add(f"row {number}, class", "a subquestion stands before any question.")
            return
        code, scale = row["name"].strip(), row.get("type/scale", "").strip()
        if scale not in ("", "0"):
            code = f"{code} (second scale)"
        part = self.question.parts.setdefault(code, Part(code, number, row.get("relevance", "")))
        self._once(part.texts, language, row["text"], number, f"subquestion {code}")
        part.helps[language] = row.get("help", "")

    def _take_option(self, number: int, row: dict[str, str], language: str) -> None:
        if self.question is None:
            self.faults.add(f"row {number}, class", "an answer stands before any question.")
            return
        code, scale = row["name"].strip(), row.get("type/scale", "").strip() or "0"
        option = self.question.options.setdefault(
            (scale, code), Option(code, row.get("assessment_value", "").strip(), number)
        )
        self._once(option.texts, language, row["text"], number, f"answer {code}")


def read_structure(text: str, faults: Faults) -> Structure:
    """The rows of a file as groups of questions; faults are noted."""
    builder = _Builder(faults)
    for number, row in _records(text, faults):
        builder.take(number, row)
    if not builder.found.groups and not faults.sentences:
        faults.add("row 1", "there is no group (class G) in this file.")
    return builder.found
