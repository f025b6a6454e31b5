"""Scores a file of answers that people already hold: every figure, nothing withheld.

For analysts at a command line. The site has no such thing, and this touches no database.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from scoring.answer_file import AnswerFile, BadFile, RosterRow, read_answers, read_roster
from scoring.change import changes
from scoring.comparison import unit_spread, welch
from scoring.counts import Counts, count_answers, merge
from scoring.layout import Layout
from scoring.statistics import item_statistics, score_statistics

TOTAL = "total"

Round = str | int | None


@dataclass(frozen=True)
class _Part:
    """The smallest group of sheets: one role of one unit in one round."""

    unit: str
    role: str
    round: str


def score_file(
    file: Path, layout: Layout, *, roster: Path | None = None, by_number: bool = True
) -> dict[str, Any]:
    """The scored file as one JSON object: `cells`, `icc`, `changes` and `gaps`.

    Cells are the whole file, each unit, each role and each role of a unit, in every round and in
    all rounds together; None stands in a key that is pooled over. With `by_number`, or if the item
    columns are numbered, the sections are S1, S2 and so on, else they have the layout's codes.
    Gaps are `a` less `b`, in the order in which the roles first appear in the file; changes are the
    later round less the earlier. Raises BadFile.
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
        self.roster = roster
        self.names = [
            f"S{number}" if by_number else section.code
            for number, section in enumerate(layout.sections, start=1)
        ]
        whole = layout.unit_of_score * len(layout.items)
        self.score_units = [layout.unit_of_score] * len(layout.sections) + [whole]
        grouped: dict[_Part, list[str]] = {}
        for sheet in answers.sheets:
            part = _Part(sheet.unit, sheet.role, sheet.round)
            grouped.setdefault(part, []).append(sheet.answers)
        self.parts = {part: count_answers(layout, sheets) for part, sheets in grouped.items()}
        self.units = list(dict.fromkeys(part.unit for part in self.parts))
        self.roles = list(dict.fromkeys(part.role for part in self.parts))
        self.rounds = list(dict.fromkeys(part.round for part in self.parts))
        # Rounds that are numbers stay numbers, and are in their order.
        self.round_value: Callable[[str | None], Round] = lambda name: name
        if all(
            name.isascii() and name.isdigit() and str(int(name)) == name for name in self.rounds
        ):
            self.rounds.sort(key=int)
            self.round_value = lambda name: None if name is None else int(name)
        self._pooled: dict[tuple[str | None, str | None, str | None], Counts | None] = {}

    def result(self) -> dict[str, Any]:
        return {
            "cells": list(self._cells()),
            "icc": list(self._icc()),
            "changes": list(self._changes()),
            "gaps": list(self._gaps()),
        }

    def pooled(self, unit: str | None, role: str | None, round_: str | None) -> Counts | None:
        """The counts of a cell, None if nobody is in it."""
        key = (unit, role, round_)
        if key not in self._pooled:
            found = [
                counts
                for part, counts in self.parts.items()
                if unit in (None, part.unit)
                and role in (None, part.role)
                and round_ in (None, part.round)
            ]
            self._pooled[key] = merge(self.layout, found) if found else None
        return self._pooled[key]

    def _groups(self) -> Iterable[tuple[str | None, str | None]]:
        yield None, None
        for role in self.roles:
            yield None, role
        for unit in self.units:
            yield unit, None
            for role in self.roles:
                yield unit, role

    def _cells(self) -> Iterable[dict[str, Any]]:
        for unit, role in self._groups():
            for round_ in [None, *self.rounds]:
                counts = self.pooled(unit, role, round_)
                if counts is not None:
                    yield self._cell(unit, role, round_, counts)

    def _cell(
        self, unit: str | None, role: str | None, round_: str | None, counts: Counts
    ) -> dict[str, Any]:
        headcount = self._headcount(unit, role, round_)
        scores = [one._asdict() for one in score_statistics(self.layout, counts, headcount)]
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
            TOTAL: scores[-1],
        }

    def _headcount(self, unit: str | None, role: str | None, round_: str | None) -> int | None:
        """The posts of a cell; None if someone answered whom the roster does not know."""
        if self.roster is None:
            return None
        known = {(row.unit, row.role, row.round): row.posts for row in self.roster}
        for part in self.parts:
            if (
                unit in (None, part.unit)
                and role in (None, part.role)
                and round_ in (None, part.round)
                and (part.unit, part.role, part.round) not in known
                and (part.unit, part.role, None) not in known
            ):
                return None
        return sum(
            posts
            for (its_unit, its_role, its_round), posts in known.items()
            if unit in (None, its_unit)
            and role in (None, its_role)
            and (its_round is None or round_ in (None, its_round))
        )

    def _icc(self) -> Iterable[dict[str, Any]]:
        for round_ in [None, *self.rounds]:
            for role in [None, *self.roles]:
                units = [
                    counts
                    for unit in self.units
                    if (counts := self.pooled(unit, role, round_)) is not None
                ]
                for index, (name, score_unit) in enumerate(
                    zip([*self.names, TOTAL], self.score_units, strict=True)
                ):
                    spread = unit_spread([counts.scores[index] for counts in units], score_unit)
                    yield {
                        "round": self.round_value(round_),
                        "role": role,
                        "section": name,
                        **asdict(spread),
                    }

    def _changes(self) -> Iterable[dict[str, Any]]:
        for unit, role in self._groups():
            for earlier, later in combinations(self.rounds, 2):
                before = self.pooled(unit, role, earlier)
                after = self.pooled(unit, role, later)
                if before is None or after is None:
                    continue
                found = changes(self.layout, before, after)
                for name, change in zip([*self.names, TOTAL], found, strict=True):
                    yield {
                        "unit": unit,
                        "role": role,
                        "from": self.round_value(earlier),
                        "to": self.round_value(later),
                        "section": name,
                        **change.test.as_json(),
                        "p_holm": change.p_holm,
                        "word": change.word,
                    }

    def _gaps(self) -> Iterable[dict[str, Any]]:
        for unit in [None, *self.units]:
            for round_ in [None, *self.rounds]:
                for a, b in combinations(self.roles, 2):
                    of, less = self.pooled(unit, a, round_), self.pooled(unit, b, round_)
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
