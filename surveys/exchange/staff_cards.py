"""Lists on which a person takes several lines: a name, an address below it, a number below that.

Read line by line one person would be two, with an invitation each. No Django here.
"""

from collections.abc import Sequence
from itertools import pairwise

from organisations.exchange.addresses import entries_in
from surveys.exchange.staff_words import is_about_nights, is_shift, language_of

Line = tuple[int, str]
_ADDRESSES = frozenset({"email", "mobile"})
_LONGEST_NAME_WORDS = 6


def one_line_each(lines: Sequence[Line]) -> list[Line]:
    """The lines with those of one person joined; as they are, where people take one line each."""
    has_gaps = any(later - before > 1 for (before, _), (later, _) in pairwise(lines))
    cards: list[tuple[set[str], list[Line]]] = []
    last = 0
    for number, text in lines:
        kind = _kind(text)
        if kind == "whole":
            return list(lines)
        is_below = bool(cards) and not (has_gaps and number - last > 1)
        if is_below and _goes_on(kind, cards[-1][0], has_gaps=has_gaps):
            cards[-1][0].add(kind)
            cards[-1][1].append((number, text))
        else:
            cards.append(({kind}, [(number, text)]))
        last = number
    people = [kinds for kinds, _ in cards if kinds & _ADDRESSES]
    several = sum(len(kinds) > 1 for kinds in people)
    is_sure = several > 1 or any(kinds >= {"name", *_ADDRESSES} for kinds in people)
    if not is_sure or (several < len(people) and not has_gaps):
        return list(lines)
    return [(card[0][0], "\t".join(text for _, text in card)) for _, card in cards]


def _goes_on(kind: str, kinds: set[str], *, has_gaps: bool) -> bool:
    """Whether a line is of the person above it; without a name only empty lines tell."""
    if kind in _ADDRESSES and kind not in kinds and "name" in kinds:
        return True
    return kind in {"said", *_ADDRESSES} - kinds and has_gaps and bool(kinds & _ADDRESSES)


def _kind(text: str) -> str:
    """What a line holds: one kind of address alone, a name, words about somebody, or a title.

    A line with all of a person in it is `whole`.
    """
    entries = entries_in(text)
    if not entries:
        return "title"
    one = entries[0]
    numbers = [*one.mobiles, *one.numbers]
    is_email = bool(one.email or one.broken)
    if is_email or numbers:
        is_alone = len(entries) == 1 and not (one.name or one.rest) and is_email + len(numbers) == 1
        return ("email" if is_email else "mobile") if is_alone else "whole"
    if is_shift(text) or language_of(text):
        return "said"
    is_name = one.name and not any(map(str.isdigit, text)) and not is_about_nights(text)
    return "name" if is_name and len(text.split()) <= _LONGEST_NAME_WORDS else "title"
