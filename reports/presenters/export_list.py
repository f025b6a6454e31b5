"""The files with the figures of all units, as a page lists them."""

from django.utils.text import slugify

from organisations.models import Organisation
from reports.models import Export, File
from reports.presenters.document_list import LONGEST_NAME, ListedDocument, said_of
from results.words.phrases import plural

ABOUT: dict[str, str] = {
    Export.Kind.WORKBOOK: "A row for each unit, each section and each statement, by the unit’s "
    "name, and what each figure means.",
    Export.Kind.TABLE: "For other software: one figure a row, and what each figure means.",
}
FILES: dict[str, tuple[str, str]] = {
    Export.Kind.WORKBOOK: (
        "figures.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Export.Kind.TABLE: ("figures.zip", "application/zip"),
}


def listed_exports(found: dict[str, Export]) -> list[ListedDocument]:
    """A row for both kinds, made or not."""
    return [_row(Export.Kind(kind), found.get(kind)) for kind in Export.Kind.values]


def file_of(organisation: Organisation, kind: str) -> tuple[str, str]:
    """File name and content type."""
    ending, content_type = FILES[kind]
    return (
        f"{slugify(organisation.name)[:LONGEST_NAME].strip('-') or 'units'}-{ending}",
        content_type,
    )


def _row(kind: Export.Kind, export: Export | None) -> ListedDocument:
    state = export.state if export else ""
    said = said_of(export) if export else ""
    number = len(export.snapshots) if export else 0
    if export and state == File.State.MAKING:
        said = f"Being created: {export.done} of {plural(number, 'unit')}"
    elif export and state == File.State.READY:
        said = f"{plural(number, 'unit')}, {said}"
    return ListedDocument(
        kind,
        kind.label,
        ABOUT[kind],
        is_ready=state == File.State.READY,
        is_waiting=state in (File.State.ASKED, File.State.MAKING),
        said=said,
        done=export.done if export else 0,
        of=number,
    )
