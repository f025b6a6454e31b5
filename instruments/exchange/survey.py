"""A survey of another program, whatever its file: groups of questions with their options.

`limesurvey_rows` and `xlsform` fill it; `survey_version` makes a version of ours of it. Each part
knows its `place` in the file, such as `row 17`. No Django here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from instruments.exchange.markup import plain


@dataclass
class Option:
    """An answer option; `value` is the number that the file gives it, if it does."""

    code: str
    value: str
    place: str
    texts: dict[str, str] = field(default_factory=dict)


@dataclass
class Part:
    """A subquestion."""

    code: str
    place: str
    condition: str
    texts: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)


@dataclass
class Question:
    """A question with its subquestions and options; `fields` are its other columns."""

    code: str
    kind: str
    place: str
    fields: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    options: dict[tuple[str, str], Option] = field(default_factory=dict)


@dataclass
class Group:
    """A group of questions."""

    key: str
    place: str
    condition: str
    names: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)


@dataclass
class Structure:
    """The whole file: settings, texts of the survey by language, groups, and all other rows.

    `undressed` are the parts whose HTML became plain text: place, name, tags. `others` are what no
    reader has a place for: place, what, why.
    """

    program: str
    settings: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    others: list[tuple[str, str, str]] = field(default_factory=list)
    undressed: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The survey's base language."""
        named = self.settings.get("language") or next(iter(self.texts), "")
        return named or next((lang for g in self.groups.values() for lang in g.names), "en")

    def undress(self, place: str, name: str, row: dict[str, str], columns: Iterable[str]) -> None:
        """Makes plain text of these columns of a row and keeps what only dressed it."""
        lost: dict[str, None] = {}
        for column in columns:
            row[column], tags = plain(row.get(column, ""))
            lost |= dict.fromkeys(tags)
        if lost:
            self.undressed.append((place, name, ", ".join(lost)))
