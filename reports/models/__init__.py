"""Files that were asked for."""

from reports.models.document import KEPT_FOR, LARGEST, Document, Export, File

__all__ = [
    "KEPT_FOR",
    "LARGEST",
    "Document",
    "Export",
    "File",
]
