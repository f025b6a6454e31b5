"""Made-up sets of answers for the tests of release, from a random number."""

from random import Random

from scoring.rules.layout import Layout
from tests.scoring.worlds import layout_of

Sheets = list[list[str]]


def made_up_layout(random: Random) -> Layout:
    """One to three sections of one to seven statements, with two to six options."""
    sizes = [random.choice((1, 2, 3, 4, 4, 5, 7)) for _ in range(random.randint(1, 3))]
    return layout_of(sizes, 0, random.choice((1, 2, 3, 5, 5)))


def made_up_sheets(random: Random, layout: Layout, n: int) -> Sheets:
    """n people with leanings of their own, some of whom leave much out."""
    gaps = random.choice((0.0, 0.05, 0.3, 0.6))
    spread = random.choice((0.0, 0.5, 1.5))
    lean = random.uniform(0, layout.options - 1)

    def answer() -> str:
        drawn = random.random()
        if drawn < gaps:
            return "?" if drawn < gaps / 2 else "-"
        return str(min(layout.options - 1, max(0, round(random.gauss(lean, spread)))))

    return [[answer() for _ in layout.items] for _ in range(n)]


def texts(sheets: Sheets) -> list[str]:
    """As answer strings."""
    return ["".join(sheet) for sheet in sheets]
