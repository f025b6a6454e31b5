"""Scores a file of answers that people already hold: every figure, nothing withheld.

For analysts at a command line. The site has no such thing, and this touches no database.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import reduce
from itertools import combinations, product
from operator import add
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from scoring.exchange.answer_file import AnswerFile, BadFile, RosterRow, read_answers, read_roster
from scoring.rules.column_statistics import column_change, column_statistics
from scoring.rules.comparison import unit_spread, welch
from scoring.rules.counts import Counts, count_answers
from scoring.rules.layout import Layout
from scoring.rules.statistics import item_statistics, score_statistics
from scoring.rules.welch_change import changes

TOTAL = "total"
NOT_DEFINED = "not defined by the authors"

Round = str | int | None
# A row of one of the four tables; each has columns of its own.
Row = dict[str, Any]
Rows = Iterator[Row]
Kept = TypeVar("Kept")


class _Key(NamedTuple):
    """A cell: None stands in a key that is pooled over."""

    unit: str | None
    role: str | None
    round: str | None


def _cells_of(key: _Key, rounds: Sequence[str]) -> Iterator[_Key]:
    """Every cell that holds this one; posts that are the same in all rounds count in each."""
    of_rounds = rounds if key.round is None else (key.round,)
    yield from map(_Key._make, product((key.unit, None), (key.role, None), (None, *of_rounds)))


def _by_cell(found: Mapping[_Key, Kept], rounds: Sequence[str]) -> dict[_Key, list[Kept]]:
    cells: dict[_Key, list[Kept]] = {}
    for key, kept in found.items():
        for cell in _cells_of(key, rounds):
            cells.setdefault(cell, []).append(kept)
    return cells


def score_file(
    file: Path, layout: Layout, *, roster: Path | None = None, by_number: bool = True
) -> dict[str, Rows]:
    """The rows of `cells`, `icc`, `changes` and `gaps`, made one by one: a large file has many.

    Cells are the whole file, each unit, each role and each role of a unit, in every round and in
    all rounds together; None stands in a key that is pooled over. With `by_number`, or if the item
    columns are numbered, the sections are S1, S2 and so on, else they have the layout's codes.
    Gaps are `a` less `b`, in the order in which the roles first appear in the file; changes are the
    later round less the earlier. `by_columns` has what the site's own rules make of the statements'
    columns, beside the figures of people's scores. Raises BadFile.
    """
    answers = read_answers(file, layout)
    posts = read_roster(roster) if roster is not None else None
    if posts is not None and not posts:
        raise BadFile(f"{roster.name if roster else ''}: there are no headcounts.")
    return _Scoring(layout, answers, posts, by_number or answers.numbered).result()


class _Scoring:
    """One scored file; every figure comes from the counts of its parts."""

    def __init__(
        self,
        layout: Layout,
        answers: AnswerFile,
        roster: list[RosterRow] | None,
        by_number: bool,
    ) -> None:
        self.layout = layout
        self.columns = answers.columns
        self.names = [
            f"S{number}" if by_number else section.code
            for number, section in enumerate(layout.sections, start=1)
        ]
        whole = layout.unit_of_score * len(layout.items)
        self.score_units = [layout.unit_of_score] * len(layout.sections) + [whole]
        grouped: dict[_Key, list[str]] = {}
        for sheet in answers.sheets:
            part = _Key(sheet.unit, sheet.role, sheet.round)
            grouped.setdefault(part, []).append(sheet.answers)
        self.parts = {part: count_answers(layout, sheets) for part, sheets in grouped.items()}
        self.units = list(dict.fromkeys(sheet.unit for sheet in answers.sheets))
        self.roles = list(dict.fromkeys(sheet.role for sheet in answers.sheets if sheet.role))
        self.rounds = list(dict.fromkeys(sheet.round for sheet in answers.sheets))
        # Rounds that are numbers stay numbers, and are in their order.
        self.round_value: Callable[[str | None], Round] = lambda name: name
        if all(
            name.isascii() and name.isdigit() and str(int(name)) == name for name in self.rounds
        ):
            self.rounds.sort(key=int)
            self.round_value = lambda name: None if name is None else int(name)
        self.pooled = {
            key: reduce(add, found) for key, found in _by_cell(self.parts, self.rounds).items()
        }
        self.posts = None if roster is None else self._posts(roster)

    def result(self) -> dict[str, Rows]:
        return {
            "cells": self._cells(),
            "icc": self._icc(),
            "changes": self._changes(),
            "gaps": self._gaps(),
        }

    def _groups(self) -> Iterator[tuple[str | None, str | None]]:
        yield None, None
        for role in self.roles:
            yield None, role
        for unit in self.units:
            yield unit, None
            for role in self.roles:
                yield unit, role

    def _cells(self) -> Rows:
        for unit, role in self._groups():
            for round_ in [None, *self.rounds]:
                counts = self.pooled.get(_Key(unit, role, round_))
                if counts is not None:
                    yield self._cell(unit, role, round_, counts)

    def _cell(self, unit: str | None, role: str | None, round_: str | None, counts: Counts) -> Row:
        headcount = None if self.posts is None else self.posts.get(_Key(unit, role, round_))
        scores = [one._asdict() for one in score_statistics(self.layout, counts, headcount)]
        for index, score in enumerate(scores[:-1]):
            columns = counts.columns.section(self.layout, index)
            score["by_columns"] = column_statistics(self.layout, columns, headcount)._asdict()
        return {
            "unit": unit,
            "role": role,
            "round": self.round_value(round_),
            "respondents": counts.respondents,
            "headcount": headcount,
            "items": {
                column: item_statistics(self.layout, counts, item)._asdict()
                for item, column in enumerate(self.columns)
            },
            "sections": dict(zip(self.names, scores[:-1], strict=True)),
            TOTAL: {**scores[-1], "note": NOT_DEFINED},
        }

    def _posts(self, roster: list[RosterRow]) -> dict[_Key, int]:
        """The posts of every cell, none where someone answered whom the roster does not know."""
        known: dict[_Key, int] = {}
        for row in roster:
            # A file without roles takes the posts of all roles.
            key = _Key(row.unit, row.role if self.roles else "", row.round)
            known[key] = known.get(key, 0) + row.posts
        posts = {key: sum(found) for key, found in _by_cell(known, self.rounds).items()}
        for part in self.parts:
            if part not in known and part._replace(round=None) not in known:
                for key in _cells_of(part, self.rounds):
                    posts.pop(key, None)
        return posts

    def _icc(self) -> Rows:
        for round_ in [None, *self.rounds]:
            for role in [None, *self.roles]:
                units = [
                    counts
                    for unit in self.units
                    if (counts := self.pooled.get(_Key(unit, role, round_))) is not None
                ]
                for index, name in enumerate([*self.names, TOTAL]):
                    spread = unit_spread(counts.scores[index] for counts in units)
                    yield {
                        "round": self.round_value(round_),
                        "role": role,
                        "section": name,
                        **asdict(spread),
                    }

    def _changes(self) -> Rows:
        for unit, role in self._groups():
            for earlier, later in combinations(self.rounds, 2):
                before = self.pooled.get(_Key(unit, role, earlier))
                after = self.pooled.get(_Key(unit, role, later))
                if before is None or after is None:
                    continue
                found = changes(self.layout, before, after)
                by_columns = [*self._by_columns(before, after), None]
                for name, change, verdict in zip(
                    [*self.names, TOTAL], found, by_columns, strict=True
                ):
                    yield {
                        "unit": unit,
                        "role": role,
                        "from": self.round_value(earlier),
                        "to": self.round_value(later),
                        "section": name,
                        **change.test.as_json(),
                        "p_holm": change.p_holm,
                        "word": change.word,
                        "by_columns": verdict,
                    }

    def _by_columns(self, before: Counts, after: Counts) -> Iterator[dict[str, Any] | None]:
        for index in range(len(self.layout.sections)):
            verdict = column_change(
                before.columns.section(self.layout, index),
                after.columns.section(self.layout, index),
            )
            yield (
                None
                if verdict is None
                else {
                    "difference": verdict.difference / 10,
                    "clear_from": verdict.clear_from / 10,
                    "detectable": verdict.detectable,
                    "word": verdict.word,
                }
            )

    def _gaps(self) -> Rows:
        for unit in [None, *self.units]:
            for round_ in [None, *self.rounds]:
                for a, b in combinations(self.roles, 2):
                    of = self.pooled.get(_Key(unit, a, round_))
                    less = self.pooled.get(_Key(unit, b, round_))
                    if of is None or less is None:
                        continue
                    for index, (name, score_unit) in enumerate(
                        zip([*self.names, TOTAL], self.score_units, strict=True)
                    ):
                        test = welch(of.scores[index], less.scores[index], score_unit)
                        yield {
                            "unit": unit,
                            "round": self.round_value(round_),
                            "section": name,
                            "a": a,
                            "b": b,
                            **test.as_json(),
                        }
