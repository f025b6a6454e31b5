"""The documents of a result as a page lists them."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify

from organisations.words import dates
from reports.models import KEPT_FOR, Document, Export, File
from scoring.models import Snapshot

ABOUT: dict[str, str] = {
    Document.Kind.BOARD: "The decision and why, what the team says, priorities and actions.",
    Document.Kind.WALL: "To put on the wall: the same for the team, with the team page’s QR code.",
    Document.Kind.FULL: "Every section and statement, what the team decided, and how the figures "
    "are worked out.",
    Document.Kind.SLIDES: "For a meeting: charts and words that you can change.",
    Document.Kind.WORKBOOK: "For analysis. Sections, statements, the plan, and what each figure "
    "means.",
    Document.Kind.TABLE: "For other software. One figure in each row.",
    Document.Kind.DRAWINGS: "For your own report.",
}
# What they hold instead where no statement is shown, or nothing at all.
ABOUT_WITHOUT: dict[str, dict[str, str]] = {
    "words": {
        Document.Kind.FULL: "Every section in words, what the team decided, and how to read it.",
        Document.Kind.SLIDES: "For a meeting: words that you can change.",
    },
    "too_few": {
        Document.Kind.BOARD: "The decision and why, priorities and actions.",
        Document.Kind.FULL: "Why there is no result, questions to discuss, and what the team "
        "decided.",
        Document.Kind.SLIDES: "For a meeting: words that you can change.",
    },
}
FILES: dict[str, tuple[str, str]] = {
    Document.Kind.BOARD: ("board.pdf", "application/pdf"),
    Document.Kind.WALL: ("staff-room.pdf", "application/pdf"),
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
LONGEST_NAME = 40
# Their results hold no chart to draw.
WITHOUT_CHARTS = ("too_few", "words")
NEWER = "There is a newer state. Create this file again to get it."


@dataclass(frozen=True)
class ListedDocument:
    """A kind, and if it is ready; with many results, how many of them are written.

    `is_old`: it is ready, and would say something else if it were created now.
    """

    kind: str
    title: str
    about: str
    is_ready: bool
    is_waiting: bool
    said: str
    done: int = 0
    of: int = 0
    is_old: bool = False


def is_of_tier(kind: str, tier: str) -> bool:
    """Whether a result of this tier has such a document: drawings are of charts."""
    return kind != Document.Kind.DRAWINGS or tier not in WITHOUT_CHARTS


def listed_documents(
    found: dict[str, Document], *, has_pdf: bool, tier: str, now_says: str
) -> list[ListedDocument]:
    """A row for every kind that this tier has, made or not; without PDF where this server cannot
    draw it.
    """
    kinds = [
        kind
        for kind in Document.Kind
        if (has_pdf or kind not in Document.PDF) and is_of_tier(kind, tier)
    ]
    return [_row(kind, found.get(kind), now_says, tier) for kind in kinds]


def file_of(snapshot: Snapshot, kind: str) -> tuple[str, str]:
    """File name and content type: unit, improvement and the day of the result, for folders of
    many.
    """
    ending, content_type = FILES[kind]
    unit = snapshot.survey_unit
    names = (unit.unit_name, unit.survey.title)
    said = [slugify(name)[:LONGEST_NAME].strip("-") for name in names]
    on = timezone.localdate(unit.published_at or unit.closes_at)
    parts = (said[0] or "unit", said[1], f"{on:%Y-%m-%d}", ending)
    return "-".join(part for part in parts if part), content_type


def said_of(file: Document | Export) -> str:
    """How far it is, in words."""
    match file.state:
        case File.State.READY:
            return f"{_size(file)}, kept until {dates.day(file.asked_at + KEPT_FOR)}"
        case File.State.FAILED:
            return "We could not create this file. Try again."
        case File.State.MAKING:
            return "Creating file"
        case _:
            return "Waiting to start"


def _row(
    kind: Document.Kind, document: Document | None, now_says: str, tier: str
) -> ListedDocument:
    state = document.state if document else ""
    is_old = bool(document and state == File.State.READY and document.says != now_says)
    return ListedDocument(
        kind,
        kind.label,
        ABOUT_WITHOUT.get(tier, {}).get(kind, ABOUT[kind]),
        is_ready=state == File.State.READY,
        is_waiting=state in (File.State.ASKED, File.State.MAKING),
        said=NEWER if is_old else said_of(document) if document else "",
        is_old=is_old,
    )


def _size(file: Document | Export) -> str:
    size: int = getattr(file, "size", 0)
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} KB"
