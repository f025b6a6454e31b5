"""Made-up wards for the tests of release: complete forms, forms with gaps, parts of a payload."""

from random import Random

from scoring.rules.payload import ItemShown, SectionShown, SnapshotPayload
from tests.scoring.worlds import layout_of, released

LAYOUT = layout_of([4, 5])


def ward(n: int, seed: int = 1, lean: float = 2.5) -> list[str]:
    """Complete sheets of n people who differ."""
    random = Random(seed)
    return [
        "".join(str(min(5, max(0, round(random.gauss(lean, 1.2))))) for _ in LAYOUT.items)
        for _ in range(n)
    ]


def without(sheets: list[str], item: int, keep: int, mark: str = "?") -> list[str]:
    """The sheets with only the first `keep` answers to one statement."""
    return [
        sheet if index < keep else sheet[:item] + mark + sheet[item + 1 :]
        for index, sheet in enumerate(sheets)
    ]


def scored_by(*answered: int, of: int, options: int = 6) -> SnapshotPayload:
    """A release of one section whose statements were scored by so many of `of` people."""
    layout = layout_of([len(answered)], 0, options - 1)
    sheets = [
        "".join(str(person * 7 % options) if person < n else "?" for n in answered)
        for person in range(of)
    ]
    return released(layout, sheets)


def section(payload: SnapshotPayload, code: str = "A") -> SectionShown:
    """The section of this code."""
    (found,) = [each for each in payload["sections"] if each["code"] == code]
    return found


def item(payload: SnapshotPayload, code: str = "A1") -> ItemShown:
    """The statement of this code."""
    return next(one for each in payload["sections"] for one in each["items"] if one["code"] == code)
