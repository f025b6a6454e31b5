"""What reports keep of their own: the debriefs of a result, and documents for a few days."""

from reports.models.debrief import Attachment, Choice, Debrief, EarlyPlan, Note
from reports.models.document import KEPT_FOR, LARGEST, Document

__all__ = [
    "KEPT_FOR",
    "LARGEST",
    "Attachment",
    "Choice",
    "Debrief",
    "Document",
    "EarlyPlan",
    "Note",
]
