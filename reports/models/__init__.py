"""What reports keep of their own: the debriefs of a result."""

from reports.models.debrief import Attachment, Choice, Debrief, EarlyPlan, Note

__all__ = ["Attachment", "Choice", "Debrief", "EarlyPlan", "Note"]
