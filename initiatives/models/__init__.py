"""The register of improvements, what wards decide and do about them, and local suggestions."""

from initiatives.models.plan import Action, Decision, Evidence, Priority
from initiatives.models.register import Commitment, Initiative, Turn
from initiatives.models.suggestion import Suggestion

__all__ = [
    "Action",
    "Commitment",
    "Decision",
    "Evidence",
    "Initiative",
    "Priority",
    "Suggestion",
    "Turn",
]
