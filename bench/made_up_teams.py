"""Made-up teams who answer the FFIT's 45 statements, as columns; for `./dev bench release`."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from instruments.rules.texts import ItemText, SectionText
from scoring.rules.columns import Columns, columns_of
from scoring.rules.layout import Layout, SectionLayout
from scoring.rules.payload import SnapshotPayload
from scoring.rules.release import Wording, release

SECTIONS = (11, 7, 7, 7, 4, 4, 5)
STATEMENTS = sum(SECTIONS)
HALF = STATEMENTS // 2
LAYOUT = Layout(
    tuple(
        SectionLayout(code, tuple(f"{code}{item}" for item in range(size)))
        for code, size in zip("ABCDEFG", SECTIONS, strict=True)
    ),
    0,
    5,
)
# Words are of no matter here.
WORDING = Wording(
    *("FFIT", "1", "", "", ""),
    tuple("012345"),
    tuple(
        SectionText(each.code, each.code, "", tuple(ItemText(item, item) for item in each.items))
        for each in LAYOUT.sections
    ),
)


@dataclass(frozen=True)
class Maker:
    """How made-up teams answer.

    Shares of answers left blank, of "can't say" (by statement from none to twice as many) and of
    people who stop early (somewhere in the second half). Then the middle of a team's answers, how
    far its sections, statements, people and people in a section lean, and the noise of one answer,
    as standard deviations. `shift` is the chance of an answer one higher.
    """

    name: str
    blank: float
    cant_say: float
    stops: float
    centre: float = 2.7
    sections: float = 0.0
    statements: float = 0.4
    people: float = 0.5
    in_section: float = 0.4
    noise: float = 0.75
    shift: float = 0.0


MANY = Maker("many", blank=0.02, cant_say=0.05, stops=0.04)
FEW = Maker("few", blank=0.0, cant_say=0.01, stops=0.0)


@dataclass(frozen=True)
class Statement:
    """Where a team's answers to a statement lie, and the share that can't say."""

    level: float
    cant_say: float


Asked = list[list[Statement]]
"""A team's statements by section."""


def statements(random: Random, maker: Maker) -> Asked:
    """A team's statements; the same in both surveys of the team."""
    found = []
    for size in SECTIONS:
        middle = maker.centre + random.gauss(0, maker.sections)
        found.append(
            [
                Statement(
                    middle + random.gauss(0, maker.statements),
                    random.uniform(0, 2 * maker.cant_say),
                )
                for _ in range(size)
            ]
        )
    return found


def team(random: Random, maker: Maker, n: int, asked: Asked) -> Columns:
    """The columns of n made-up people."""
    # A row for each statement: the options, then can't say, then blank.
    rows = [[0] * 8 for _ in range(STATEMENTS)]
    drawn, gauss = random.random, random.gauss
    blank, noise, shift = maker.blank, maker.noise, maker.shift
    for _ in range(n):
        person = gauss(0, maker.people)
        stays = random.randrange(HALF, STATEMENTS) if drawn() < maker.stops else STATEMENTS
        row = iter(rows)
        for section in asked:
            own = person + gauss(0, maker.in_section)
            for statement in section:
                counts = next(row)
                one = drawn()
                if stays <= 0 or one < blank:
                    counts[7] += 1
                elif one < blank + statement.cant_say:
                    counts[6] += 1
                else:
                    value = round(statement.level + own + gauss(0, noise))
                    if shift and drawn() < shift:
                        value += 1
                    counts[0 if value < 0 else 5 if value > 5 else value] += 1
                stays -= 1
    return columns_of(n, tuple(map(tuple, rows)))


def teams(maker: Maker, n: int, many: int) -> Iterator[tuple[Random, Asked, Columns]]:
    """So many teams of n, each with its own random numbers and its statements."""
    for number in range(many):
        random = Random(f"{maker.name} {n} {number}")
        asked = statements(random, maker)
        yield random, asked, team(random, maker, n, asked)


def released(columns: Columns) -> SnapshotPayload:
    """What is shown of them, where four in five answered."""
    headcount = columns.respondents * 5 // 4
    return release(layout=LAYOUT, columns=columns, headcount=headcount, k=5, wording=WORDING)
