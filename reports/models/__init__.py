"""What reports keep of their own: debriefs, notes on units, and documents for a few days."""

from reports.models.context_note import ContextNote
from reports.models.debrief import Attachment, Choice, Debrief, EarlyPlan, Note
from reports.models.document import KEPT_FOR, LARGEST, Document, Export, File

__all__ = [
    "KEPT_FOR",
    "LARGEST",
    "Attachment",
    "Choice",
    "ContextNote",
    "Debrief",
    "Document",
    "EarlyPlan",
    "Export",
    "File",
    "Note",
]
