"""The documents of a result as a page lists them."""

from dataclasses import dataclass

from django.utils.text import slugify

from organisations import dates
from reports.models import KEPT_FOR, Document
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
    """A kind, and how far it is."""

    kind: str
    title: str
    about: str
    is_ready: bool
    is_waiting: bool
    said: str


def listed_documents(found: dict[str, Document]) -> list[ListedDocument]:
    """A row for every kind, made or not."""
    return [_row(Document.Kind(kind), found.get(kind)) for kind in Document.Kind.values]


def file_of(snapshot: Snapshot, kind: str) -> tuple[str, str]:
    """File name and content type: the unit first, for folders of many."""
    ending, content_type = FILES[kind]
    unit = slugify(snapshot.survey_unit.unit_name)[:LONGEST_NAME].strip("-") or "unit"
    return f"{unit}-{ending}", content_type


def _row(kind: Document.Kind, document: Document | None) -> ListedDocument:
    states = Document.State
    state = document.state if document else ""
    said = ""
    if document and state == states.READY:
        until = dates.short_day(document.asked_at + KEPT_FOR)
        said = f"{_size(document)}, kept until {until}"
    elif state == states.FAILED:
        said = "It could not be made. Please try again."
    elif state == states.MAKING:
        said = "Being made"
    elif state == states.ASKED:
        said = "Waiting for its turn"
    return ListedDocument(
        kind,
        kind.label,
        ABOUT[kind],
        is_ready=state == states.READY,
        is_waiting=state in (states.ASKED, states.MAKING),
        said=said,
    )


def _size(document: Document) -> str:
    size: int = document.size  # type: ignore[attr-defined]
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} KB"
