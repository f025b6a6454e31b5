"""Made-up sheets: a ward's leaning in each section, a person's own, and a little chance.

The same seed gives the same sheets, so that the demo and its pictures stay alike.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Leaning:
    """Of one section: the mean that people lean to, and how often they cannot say."""

    mean: float
    cant_say: float = 0.02


def sheets(
    *,
    seed: int,
    number: int,
    leanings: Sequence[Leaning],
    sizes: Sequence[int],
    options: int,
) -> list[str]:
    """`number` answer strings for sections of the given sizes, options counted from 0."""
    chance = random.Random(seed)  # noqa: S311 (made-up answers, not a secret)
    made = []
    for _ in range(number):
        person = chance.gauss(0, 0.5)
        answers = []
        for leaning, size in zip(leanings, sizes, strict=True):
            for _ in range(size):
                draw = chance.random()
                if draw < leaning.cant_say:
                    answers.append("?")
                elif draw > 0.99:
                    answers.append("-")
                else:
                    value = round(chance.gauss(leaning.mean + person, 0.8))
                    answers.append(str(min(max(value, 0), options - 1)))
        made.append("".join(answers))
    return made
