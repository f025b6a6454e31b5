"""The ten checks as their page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from initiatives.presenters.suggestions import SuggestionView, shown
from initiatives.rules.suggestions import catalogue
from initiatives.rules.ten_checks import (
    CHECKS,
    SHOWN,
    SUGGESTIONS,
    Check,
    Known,
    Stands,
    stands,
)

WORDS = {Stands.ANSWERED: "Answered", Stands.PARTLY: "Partly answered", Stands.OPEN: "Open"}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check: the sentence, or what is known without one, and how far that answers it."""

    check: Check
    answer: str
    stands: str
    is_said: bool


@dataclass(frozen=True, slots=True)
class Help:
    """Suggestions for one check that is not answered."""

    check: Check
    suggestions: tuple[SuggestionView, ...]


def check_rows(answers: Mapping[int, str], known: Known) -> list[CheckRow]:
    """The ten in their order."""
    return [
        CheckRow(
            check=one,
            answer=answers.get(one.number, "") or _known_words(one.number, known),
            stands=WORDS[stands(one.number, is_said=one.number in answers, known=known)],
            is_said=one.number in answers,
        )
        for one in CHECKS
    ]


def helps_for(rows: list[CheckRow]) -> list[Help]:
    """Two suggestions for each of the first three that are not answered, open ones first."""
    left = [row for row in rows if row.stands != WORDS[Stands.ANSWERED]]
    left.sort(key=lambda row: row.stands != WORDS[Stands.OPEN])
    return [Help(row.check, suggestions_for(row.check)) for row in left[:SHOWN]]


def suggestions_for(check: Check) -> tuple[SuggestionView, ...]:
    """The first two that the catalogue has for it."""
    ours = {one.code: one for one in catalogue().suggestions}
    return tuple(shown(ours[code]) for code in check.helps[:SUGGESTIONS] if code in ours)


def summary(rows: list[CheckRow]) -> str:
    """`7 answered, 2 partly, 1 open`: in words, for it is not a score."""
    counts = {word: sum(row.stands == word for row in rows) for word in WORDS.values()}
    return ", ".join(f"{number} {word.lower()}" for word, number in counts.items() if number)


def _known_words(number: int, known: Known) -> str:
    """What the register knows, where nobody has said anything."""
    said = {
        1: f"{_many(known.numbers, 'number')} counted so far" if known.numbers else "",
        3: f"{_many(known.measures, 'thing')} counted, {_many(known.before, 'number')} from before "
        "it started"
        if known.measures
        else "",
        4: "Its staff hours are on the register" if known.has_hours else "",
        7: f"{known.parts} of 3 named: lead, deputy, sponsor" if known.parts else "",
        10: f"{_many(known.watches, 'thing')} watched that could get worse"
        if known.watches
        else "",
    }
    return said.get(number, "")


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
