"""The register of improvements, what wards decide and do about them, and local suggestions."""

from initiatives.models.checks import CheckAnswer
from initiatives.models.ideas import ClosedIdeaBox, Idea, IdeaMorning
from initiatives.models.measures import Measure, Point, SmallTest
from initiatives.models.plan import (
    Action,
    DebriefReply,
    DebriefSaid,
    Decision,
    Evidence,
    Priority,
)
from initiatives.models.register import (
    Commitment,
    Initiative,
    Responsibility,
    Review,
    StatusChange,
)
from initiatives.models.requests import DepartmentRequest
from initiatives.models.suggestion import Suggestion

__all__ = [
    "Action",
    "CheckAnswer",
    "ClosedIdeaBox",
    "Commitment",
    "DebriefReply",
    "DebriefSaid",
    "Decision",
    "DepartmentRequest",
    "Evidence",
    "Idea",
    "IdeaMorning",
    "Initiative",
    "Measure",
    "Point",
    "Priority",
    "Responsibility",
    "Review",
    "SmallTest",
    "StatusChange",
    "Suggestion",
]
