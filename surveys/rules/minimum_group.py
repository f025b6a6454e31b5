"""The minimum group k: how many of a unit's staff must answer before anything is opened.

Fixed before opening, told to staff, never lowered. No Django here.
"""

DEFAULT = 7
SMALL_TEAM = 5
LARGE_TEAM = 10
# A joint sheet is one sheet, agreed aloud and named by consent: there is no group to hide in.
JOINT = 1


def is_joint(headcount: int) -> bool:
    """True below 8 staff: the team scores together, on one joint sheet."""
    return headcount < 8


def choices(headcount: int) -> tuple[int, ...]:
    """The k a launcher may choose, smallest first; only `JOINT` where the team scores together."""
    if is_joint(headcount):
        return (JOINT,)
    if headcount <= 11:
        return (SMALL_TEAM, DEFAULT)
    if headcount < 20:
        return (DEFAULT,)
    return (DEFAULT, LARGE_TEAM)


def default(headcount: int) -> int:
    """The k that stands if nobody chooses."""
    return JOINT if is_joint(headcount) else DEFAULT


def is_allowed(*, headcount: int, minimum_group: int) -> bool:
    """True for a k that `choices` offers."""
    return minimum_group in choices(headcount)


def sentence(*, headcount: int, minimum_group: int) -> str:
    """`12 staff: 7 must answer`, in people's terms; for a small team, that it scores together."""
    if is_joint(headcount):
        return f"{headcount} staff: fill in one joint form together"
    return f"{headcount} staff: at least {minimum_group} must answer"
