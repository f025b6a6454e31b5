"""The scale on which a question of another program is answered. No Django here.

Options whose words say that one cannot say stand apart. The numbers of the others are those that
the file gives; where it gives none they are made of the order of the options, which is told and,
unless words or numbers say which end is high, asked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from instruments.exchange.answer_words import begins_low, ends_high, says_not_sure
from instruments.exchange.survey import Option, Question

ARRAYS = {"F": None, "H": None, "A": (1, 5), "B": (1, 10)}
LISTS = {"L": None, "!": None, "O": None, "5": (1, 5)}
# Arrays whose answers are always the same words, lowest first.
WORDED = {"C": ("No", "Uncertain", "Yes"), "E": ("Decrease", "Same", "Increase")}
MOST_POINTS = 11
# A number this far from all others is none of the row, such as 99 behind 1 to 5.
_FAR = 3


class Numbers(Enum):
    """Where the numbers of a scale come from."""

    GIVEN = "the file gives them"
    RANKED = "the file gives the order"
    COUNTED = "codes count the options, from the words of a low end to those of a high one"
    MADE = "made of the order of the options"


@dataclass(frozen=True)
class Scale:
    """Numbers from `minimum` on with their labels; `not_sure` is an option apart from them."""

    minimum: int
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    not_sure: str = ""
    not_sure_code: str = ""
    numbers: Numbers = Numbers.GIVEN
    further_not_sure: tuple[Option, ...] = ()

    @property
    def same(self) -> tuple[int, tuple[str, ...]]:
        """What makes two scales one."""
        return self.minimum, self.labels

    @property
    def span(self) -> str:
        """`0 = “Never” to 4 = “Always”`."""
        last = self.minimum + len(self.labels) - 1
        return f"{self.minimum} = “{self.labels[0]}” to {last} = “{self.labels[-1]}”"


def _label(option: Option, language: str) -> str:
    return " ".join(option.texts.get(language, "").split())


def _whole(values: Sequence[str]) -> list[int] | None:
    """The values as different whole numbers, or None."""
    if not all(re.fullmatch(r"-?[0-9]{1,3}", value) for value in values):
        return None
    numbers = [int(value) for value in values]
    return numbers if len(set(numbers)) == len(numbers) else None


def _row(values: Sequence[str]) -> list[int] | None:
    """The same if they follow each other, in whatever order."""
    numbers = _whole(values)
    if numbers and max(numbers) - min(numbers) == len(numbers) - 1 and abs(min(numbers)) <= 100:
        return numbers
    return None


def _all_but_one(values: Sequence[str]) -> int | None:
    """The place of the one value without which the others are a row, far from it; or None."""
    for place, value in enumerate(values):
        rest = _row([*values[:place], *values[place + 1 :]]) if len(values) > 2 else None
        if rest is None:
            continue
        number = int(value) if re.fullmatch(r"-?[0-9]{1,3}", value) else None
        if number is None or min(abs(number - other) for other in rest) >= _FAR:
            return place
    return None


def _ending(option: Option) -> str:
    return (re.search(r"\d+$", option.code) or [""])[0]


def _beginning(option: Option) -> str:
    """The number with which its words begin, as in `0 – never`."""
    words = next(iter(option.texts.values()), "")
    return (re.match(r"\s*[-+]?\d{1,3}\b", words) or [""])[0].strip()


def _is_low_first(options: Sequence[Option]) -> bool:
    first, last = (tuple(options[place].texts.values()) for place in (0, -1))
    return begins_low(first) and ends_high(last)


def _numbered(
    options: Sequence[Option], low_first: bool
) -> tuple[list[int] | None, Numbers, int | None]:
    """A number for each option, where they come from, and which of them stands apart."""
    sources = (
        [option.value for option in options],
        [option.code for option in options],
        [_ending(option) for option in options],
    )
    for values in sources[:2]:
        if numbers := _row(values):
            return numbers, Numbers.GIVEN, None
    for values in sources[:2]:
        if (apart := _all_but_one(values)) is not None:
            return None, Numbers.GIVEN, apart
    for values in sources[:2]:
        if numbers := _whole(values):
            places = {number: place for place, number in enumerate(sorted(numbers))}
            return [places[number] for number in numbers], Numbers.RANKED, None
    if numbers := _row([_beginning(option) for option in options]):
        return numbers, Numbers.GIVEN, None
    if numbers := _row(sources[2]):
        if numbers != sorted(numbers):
            return numbers, Numbers.GIVEN, None
        return numbers, Numbers.COUNTED if low_first else Numbers.MADE, None
    if (apart := _all_but_one(sources[2])) is not None:
        return None, Numbers.GIVEN, apart
    return list(range(len(options))), Numbers.MADE, None


def scale_of(question: Question, language: str) -> Scale | None:
    """The scale of a question; with more labels than a scale may have it is told, not read."""
    if question.kind in WORDED:
        labels = WORDED[question.kind]
        return Scale(0, labels, labels)
    ends = ARRAYS.get(question.kind) or LISTS.get(question.kind)
    if ends:
        points = tuple(str(number) for number in range(ends[0], ends[1] + 1))
        return Scale(ends[0], points, points)
    options = [option for (scale, _), option in question.options.items() if scale == "0"]
    not_sure = says_not_sure([tuple(option.texts.values()) for option in options])
    rest = [option for place, option in enumerate(options) if place not in not_sure]
    unsure = [options[place] for place in not_sure]
    if len(rest) < 2:
        return None
    if len(rest) > MOST_POINTS + 1:
        return Scale(0, (), tuple(_label(option, language) for option in rest))
    numbers, source, apart = _numbered(rest, _is_low_first(rest))
    if apart is not None:
        unsure.append(rest.pop(apart))
        numbers, source, _ = _numbered(rest, _is_low_first(rest))
    ordered = [option for _, option in sorted(zip(numbers or (), rest, strict=True), key=_first)]
    return Scale(
        min(numbers or (0,)),
        tuple(option.code for option in ordered),
        tuple(_label(option, language) for option in ordered),
        _label(unsure[0], language) if unsure else "",
        unsure[0].code if unsure else "",
        source,
        tuple(unsure[1:]),
    )


def _first(pair: tuple[int, Option]) -> int:
    return pair[0]
