"""Lists with one column for each of our names, such as of units or of improvements."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from organisations.exchange.tables import (
    Columns,
    NotUsed,
    Table,
    Unreadable,
    as_text,
    table_in_text,
    tables_in_file,
)
from organisations.rules.plain_text import word_set

Listed = TypeVar("Listed")
_FILLER = word_set("name names of the no nos number in current")


@dataclass(frozen=True)
class Headings:
    """What a kind of list calls its columns; a row is headings where `least` of `needed` are in
    it.
    """

    names: Mapping[str, Sequence[str]]
    needed: frozenset[str]
    least: int

    def columns(self, heads: Sequence[str]) -> Columns:
        """The places of the columns in a row of headings; empty for any other row."""
        ours = {name: column for column, names in self.names.items() for name in names}
        by_words = {_words(name): column for name, column in ours.items() if _words(name)}
        found: dict[str, list[int]] = {}
        for place, head in enumerate(heads):
            plain = re.sub(r"\([^()]*\)", "", head.casefold().replace("_", " ")).strip(" .:?")
            said = {by_words.get(_words(part)) for part in re.split(r"/|&|\bor\b", plain)}
            column = ours.get(plain) or (said.pop() if len(said) == 1 else None)
            if column:
                found.setdefault(column, [place])
        is_head = len(heads) > 1 and len(found.keys() & self.needed) >= self.least
        return found if is_head else {}


def _words(head: str) -> frozenset[str]:
    """What a heading is about: “Name of unit” and “Unit name” are one."""
    return frozenset(re.findall(r"[^\W\d]+", head)) - _FILLER


@dataclass(frozen=True)
class ListKind(Generic[Listed]):
    """A kind of list: its headings, how large it can be, and who reads its text."""

    headings: Headings
    most_rows: int
    largest_file: int
    size: str
    longest_text: int
    read: Callable[[str], Listed]

    def file_text(self, content: bytes) -> tuple[str, list[NotUsed]]:
        """The list as text, with the row numbers of the file, and the tables it is not on.

        Raises `Unreadable`.
        """
        if len(content) > self.largest_file:
            raise Unreadable(f"The file must be smaller than {self.size}")
        found = tables_in_file(content, self.headings.columns, most_rows=self.most_rows)
        if isinstance(found, str):
            return _checked(found), []
        seen = [table for table in found if not table.is_hidden]
        with_headings = [table for table in seen if table.columns] or seen[:1]
        if not with_headings:
            raise Unreadable("The selected file is empty")
        others = [table for table in found if table is not with_headings[0]]
        text = as_text(with_headings[0])
        return text, [
            NotUsed(table.title, column="hidden worksheet" if table.is_hidden else "sheet")
            for table in others
        ]


def table_of(text: str, headings: Headings, *, most_rows: int) -> Table | None:
    """The table in a text, if it has one. Raises `Unreadable`."""
    return table_in_text(_checked(text), headings.columns, most_rows=most_rows)


def _checked(text: str) -> str:
    if "\x00" in text:
        raise Unreadable("The file must be a spreadsheet (.xlsx) or a CSV file")
    if not text.strip():
        raise Unreadable("The selected file is empty")
    return text
