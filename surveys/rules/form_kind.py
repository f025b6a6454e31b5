"""Which form somebody fills in."""

from enum import StrEnum


class FormKind(StrEnum):
    """Staff answer sealed; a leader and a joint form carry a name."""

    STAFF = "staff"
    LEADERS = "leaders"
    JOINT = "joint"
