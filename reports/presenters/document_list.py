"""The documents of a result as a page lists them."""

from dataclasses import dataclass

from django.utils.text import slugify

from organisations import dates
from reports.models import KEPT_FOR, Document, Export, File
from scoring.models import Snapshot

ABOUT: dict[str, str] = {
    Document.Kind.WALL: "For the staff room: the sections on one page, the statements that stand "
    "out on the other.",
    Document.Kind.FULL: "Every section and statement, and how the figures are worked out.",
    Document.Kind.SLIDES: "For a meeting: charts that you can change.",
    Document.Kind.WORKBOOK: "For working on: sections, statements and what each figure means.",
    Document.Kind.TABLE: "For other programs: one figure a row.",
    Document.Kind.DRAWINGS: "For your own report.",
}
FILES: dict[str, tuple[str, str]] = {
    Document.Kind.WALL: ("wall.pdf", "application/pdf"),
    Document.Kind.FULL: ("result.pdf", "application/pdf"),
    Document.Kind.SLIDES: (
        "slides.pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    Document.Kind.WORKBOOK: (
        "figures.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Document.Kind.TABLE: ("figures.csv", "text/csv; charset=utf-8"),
    Document.Kind.DRAWINGS: ("charts.zip", "application/zip"),
}
LONGEST_NAME = 60


@dataclass(frozen=True)
class ListedDocument:
    """A kind, and how far it is; with many results, how many of them are written."""

    kind: str
    title: str
    about: str
    is_ready: bool
    is_waiting: bool
    said: str
    done: int = 0
    of: int = 0


def listed_documents(found: dict[str, Document]) -> list[ListedDocument]:
    """A row for every kind, made or not."""
    return [_row(Document.Kind(kind), found.get(kind)) for kind in Document.Kind.values]


def file_of(snapshot: Snapshot, kind: str) -> tuple[str, str]:
    """File name and content type: the unit first, for folders of many."""
    ending, content_type = FILES[kind]
    unit = slugify(snapshot.survey_unit.unit_name)[:LONGEST_NAME].strip("-") or "unit"
    return f"{unit}-{ending}", content_type


def said_of(file: Document | Export) -> str:
    """How far it is, in words."""
    match file.state:
        case File.State.READY:
            return f"{_size(file)}, kept until {dates.short_day(file.asked_at + KEPT_FOR)}"
        case File.State.FAILED:
            return "It could not be made. Please try again."
        case File.State.MAKING:
            return "Being made"
        case _:
            return "Waiting for its turn"


def _row(kind: Document.Kind, document: Document | None) -> ListedDocument:
    state = document.state if document else ""
    return ListedDocument(
        kind,
        kind.label,
        ABOUT[kind],
        is_ready=state == File.State.READY,
        is_waiting=state in (File.State.ASKED, File.State.MAKING),
        said=said_of(document) if document else "",
    )


def _size(file: Document | Export) -> str:
    size: int = getattr(file, "size", 0)
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} KB"
