"""What scoring needs of an instrument version: its layout, and its words for a snapshot."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.cache import caches

from instruments.models import Edition, Item, ItemWording, ScaleLabel, Version
from instruments.queries.wording import wording_of
from scoring.rules.layout import Layout, SectionLayout
from scoring.rules.release import Wording


@dataclass(frozen=True)
class SheetLayout:
    """The layout of what an edition asks, and where that stands in an answer string.

    An answer string has a place for every statement of the version, also for those that an edition
    leaves out: these are no part of the layout, so the half rule counts only what was asked.
    """

    layout: Layout
    places: tuple[int, ...] | None

    def asked(self, answers: Iterable[str]) -> Iterator[str]:
        """Answer strings without the places that the edition leaves out."""
        for one in answers:
            yield one if self.places is None else "".join(one[place] for place in self.places)


def sheet_layout(version: Version, edition: Edition) -> SheetLayout:
    """What this edition asks: sections, item codes and scale. Two queries, none once kept.

    A published version is locked, so it is kept for good; a draft is read each time.
    """
    if version.published_at is None:
        return _read_layout(version, edition)
    key = f"layout-{edition.pk}-{version.published_at.timestamp()}"
    layout: SheetLayout | None = caches["documents"].get(key)
    if layout is None:
        layout = _read_layout(version, edition)
        caches["documents"].set(key, layout)
    return layout


def _read_layout(version: Version, edition: Edition) -> SheetLayout:
    left_out = set(
        ItemWording.objects.filter(
            edition=edition, language=version.language, left_out=True
        ).values_list("item__code", flat=True)
    )
    sections: dict[str, list[str]] = {}
    places = []
    for place, (section, item) in enumerate(
        Item.objects.filter(version=version)
        .order_by("section__position", "position")
        .values_list("section__code", "code")
    ):
        if item not in left_out:
            sections.setdefault(section, []).append(item)
            places.append(place)
    layout = Layout(
        tuple(SectionLayout(code, tuple(items)) for code, items in sections.items()),
        version.scale_minimum,
        version.scale_maximum,
    )
    return SheetLayout(layout, tuple(places) if left_out else None)


def wording_for(*, version: Version, edition: Edition) -> Wording:
    """The version's words as this edition asks it, in the version's own language. Three queries."""
    return Wording(
        instrument=version.title,
        version=version.number,
        edition=edition.name,
        edition_label=edition.label,
        notice=version.notice,
        labels=tuple(
            ScaleLabel.objects.filter(version=version, language=version.language)
            .order_by("value")
            .values_list("label", flat=True)
        ),
        sections=wording_of(edition=edition, language=version.language),
    )
