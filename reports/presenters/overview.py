"""Every unit as a card: by name under its division, never by score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from markupsafe import Markup

from organisations import dates
from organisations.models import Organisation
from reports import charts
from reports.presenters.phrases import plural, within
from reports.presenters.state import state_in_list
from reports.queries.digests import Digest, SectionDigest
from reports.queries.overview import Division, Latest, Overview, Place
from scoring.payload import reason_sentence
from surveys.models import SurveyUnit

# Our short words for the FFIT's sections; another instrument's titles are cut to the same room.
SHORT_TITLES = {
    "ENV": "Staff",
    "RES": "Resources",
    "MGR": "Managers",
    "PRB": "Problem",
    "MSG": "Message",
    "LRN": "Learning",
    "CTX": "Context",
}
ROOM = 11
SHOWS = {
    "": "All units",
    "result": "With a result",
    "running": "With a survey under way",
    "none": "With neither",
}


@dataclass(frozen=True)
class Card:
    """A unit: its chart, or its sections in words, or a sentence."""

    name: str
    link: str
    line: str
    chart: Markup | None = None
    words: tuple[tuple[str, str], ...] = ()
    sentence: str = ""
    running: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class CardGroup:
    """The cards of one division on this page."""

    title: str
    about: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class TableLine:
    """The same in figures: a unit and each section's mean, or words in its place."""

    name: str
    cells: tuple[str, ...]


def chosen(overview: Overview, *, division: str, show: str, name: str) -> list[Place]:
    """The units that the filters leave, in their order."""
    return [
        place
        for place in overview.places
        if _is_shown(overview, place.pk, show)
        and name.casefold() in place.name.casefold()
        and (not division or str(place.division.pk) == division)
    ]


def _is_shown(overview: Overview, unit: int, show: str) -> bool:
    has_result, is_running = unit in overview.with_result, unit in overview.running
    match show:
        case "result":
            return has_result
        case "running":
            return is_running
        case "none":
            return not has_result and not is_running
        case _:
            return True


def divisions(overview: Overview) -> list[Division]:
    """Every division in its order."""
    return list({place.division.pk: place.division for place in overview.places}.values())


def card_groups(
    organisation: Organisation, places: Iterable[Place], latest: Mapping[int, Latest]
) -> list[CardGroup]:
    """Cards under their divisions."""
    groups: dict[int, tuple[Division, list[Card]]] = {}
    for place in places:
        group = groups.setdefault(place.division.pk, (place.division, []))
        group[1].append(_card(organisation, place, latest[place.pk]))
    return [
        CardGroup(
            division.name,
            f"{division.with_result} of {plural(division.units, 'unit')} with a result",
            tuple(cards),
        )
        for division, cards in groups.values()
    ]


def as_table(places: Iterable[Place], latest: Mapping[int, Latest]) -> list[TableLine]:
    """The figures of the cards on this page; units without a released result are left out."""
    lines = []
    for place in places:
        digest = latest[place.pk].digest
        if digest is not None and digest.sections:
            lines.append(TableLine(place.name, tuple(_in_figures(one) for one in digest.sections)))
    return lines


def table_heads(latest: Mapping[int, Latest]) -> tuple[str, ...]:
    """Section titles, where all results on the page are of one instrument; else none."""
    found = {
        tuple(section.title for section in one.digest.sections)
        for one in latest.values()
        if one.digest and one.digest.sections
    }
    return found.pop() if len(found) == 1 else ()


def notices(latest: Mapping[int, Latest]) -> tuple[str, ...]:
    """What each instrument on the page says of itself, once."""
    said = (one.digest.notice for one in latest.values() if one.digest)
    return tuple(dict.fromkeys(notice for notice in said if notice))


def _card(organisation: Organisation, place: Place, latest: Latest) -> Card:
    running = _running(organisation, latest.running)
    digest = latest.digest
    if latest.result is None or digest is None:
        if latest.running is not None:
            return Card(place.name, running[1], state_in_list(latest.running),
                        sentence=latest.running.survey.title)  # fmt: skip
        return Card(place.name, "", "No survey yet")
    link = reverse("result", args=[organisation.slug, latest.result.pk])
    if digest.tier == "too_few":
        since = dates.short_day(digest.released_at)
        return Card(
            place.name, link, f"No result, {since}", sentence=no_result(digest), running=running
        )
    line = answered(digest)
    if digest.tier == "words":
        words = tuple((_short(one), one.word or "not shown") for one in digest.sections)
        return Card(place.name, link, line, words=words, running=running)
    return Card(place.name, link, line, chart=_chart(place, digest), running=running)


def no_result(digest: Digest) -> str:
    """Why nothing was released."""
    if digest.withheld == "corrected":
        return reason_sentence(digest.withheld)
    return (
        f"Fewer than {digest.k} of {digest.headcount} answered. The answers were deleted unopened."
    )


def answered(digest: Digest) -> str:
    """`14 of 22 answered`, with what is to be thought of it."""
    if digest.tier == "joint":
        return "One sheet, agreed by the team"
    said = f"{digest.answered} of {digest.headcount} answered"
    if digest.caution == "indicative":
        return f"{said}: indicative only"
    if digest.caution == "caution":
        return f"{said}: take with caution"
    return f"{said}: words, no figures" if digest.tier == "words" else said


def _chart(place: Place, digest: Digest) -> Markup:
    said = [
        f"{within(one.title)} {one.mean:.1f}" for one in digest.sections if one.mean is not None
    ]
    return charts.small_multiple(
        charts.Axis(*digest.scale),
        [(_short(one), one.mean, one.leaders) for one in digest.sections],
        title=f"{place.name}: {', '.join(said)}",
    )


def _short(section: SectionDigest) -> str:
    title = SHORT_TITLES.get(section.code, section.title)
    return title if len(title) <= ROOM else f"{title[: ROOM - 1].rstrip()}…"


def _in_figures(section: SectionDigest) -> str:
    if section.mean is not None:
        return f"{section.mean:.1f}"
    return section.word or "not shown"


def _running(organisation: Organisation, running: SurveyUnit | None) -> tuple[str, str]:
    if running is None:
        return "", ""
    link = reverse("survey", args=[organisation.slug, running.survey_id])
    return f"{running.survey.title}: {within(state_in_list(running))}", link
