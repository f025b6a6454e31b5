"""Every unit as a card: by name under its division, never by score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from markupsafe import Markup

from organisations.models import Organisation
from organisations.words import dates
from overview.presenters.next_step import NextStep, next_step
from overview.queries.overview import Division, Latest, Overview, OverviewUnit
from overview.queries.summaries import ResultSummary, SectionDigest
from results.presenters import charts
from results.presenters.state import state_in_list
from results.words.phrases import plural, within
from scoring.rules.payload import reason_sentence
from surveys.models import SurveyUnit
from surveys.words.no_result import no_result_words

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
    "running": "With a survey running",
    "none": "With neither",
}


@dataclass(frozen=True)
class Card:
    """A unit: its chart, or its sections in words, or sentences; and what comes next.

    No figures: these stand in the table beneath and on the unit's own page.
    """

    name: str
    link: str
    line: str
    chart: Markup | None = None
    words: tuple[tuple[str, str], ...] = ()
    sentences: tuple[str, ...] = ()
    step: NextStep | None = None
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


def chosen(overview: Overview, *, division: str, show: str, name: str) -> list[OverviewUnit]:
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


def readable_words(overview: Overview) -> str:
    """For a senior reviewer: of how many units they may read a result now; else nothing."""
    places = overview.places
    if all(place.is_own for place in places):
        return ""
    readable = sum(place.pk in overview.with_result for place in places)
    return (
        f"You can read a result of {readable} of {plural(len(places), 'unit')}. A result is shown "
        "here once its team has discussed it, or 14 days after the team got it."
    )


def divisions(overview: Overview) -> list[Division]:
    """Every division in its order."""
    return list({place.division.pk: place.division for place in overview.places}.values())


def card_groups(
    organisation: Organisation, places: Iterable[OverviewUnit], latest: Mapping[int, Latest]
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


def as_table(places: Iterable[OverviewUnit], latest: Mapping[int, Latest]) -> list[TableLine]:
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


def _card(organisation: Organisation, place: OverviewUnit, latest: Latest) -> Card:
    running, step = _running(organisation, latest.running), next_step(organisation, latest)
    if step is not None and not place.is_own:
        # What follows is for the team's manager and lead to do.
        step = replace(step, link=("", ""))
    digest = latest.digest
    if latest.result is None or digest is None:
        if latest.running is not None:
            return Card(
                place.name,
                running[1],
                latest.running.survey.title,
                sentences=(_so_far(latest.running),),
                step=step,
            )
        return Card(place.name, "", "No survey yet" if place.is_own else "No result to read yet")
    link = reverse("result", args=[organisation.slug, latest.result.pk])
    improvement = latest.result.survey.title
    if digest.tier == "too_few":
        closed = dates.day(latest.result.closes_at)
        return Card(
            place.name,
            link,
            f"{improvement} · closed {closed}",
            sentences=_without_result(latest.result, digest),
            step=step,
            running=running,
        )
    line = f"{improvement} · {answered(digest)}"
    if digest.tier == "words":
        words = tuple(
            (_short(one), one.phrase.removesuffix(" extent") or "not shown")
            for one in digest.sections
        )
        return Card(place.name, link, line, words=words, step=step, running=running)
    return Card(place.name, link, line, chart=_chart(place, digest), step=step, running=running)


def _so_far(unit: SurveyUnit) -> str:
    """`Open until Wed 9 Dec. Enough for a result.`"""
    said = f"{state_in_list(unit)}."
    if unit.state != SurveyUnit.State.OPEN or unit.mode == SurveyUnit.Mode.JOINT:
        return said
    return f"{said} {'Enough for a result.' if unit.enough else 'Not enough for a result yet.'}"


def _without_result(unit: SurveyUnit, digest: ResultSummary) -> tuple[str, ...]:
    if unit.mode == SurveyUnit.Mode.JOINT:
        return (f"{no_result_words(unit)}.", "The team can discuss without figures.")
    return f"No result: {within(no_result(digest))}", "The team can discuss without figures."


def no_result(digest: ResultSummary) -> str:
    """Why nothing was released."""
    if digest.withheld in ("corrected", "not_sent"):
        return reason_sentence(digest.withheld)
    return (
        f"Fewer than {digest.k} of {digest.headcount} answered. The answers were deleted unopened."
    )


def answered(digest: ResultSummary) -> str:
    """`14 of 22 answered`, with what is to be thought of it."""
    if digest.tier == "joint":
        return "one form, agreed by the team"
    said = f"{digest.answered} of {digest.headcount} answered"
    if digest.caution == "indicative":
        return f"{said}: rough guide only"
    if digest.caution == "caution":
        return f"{said}: use with caution"
    return f"{said}: words, no figures" if digest.tier == "words" else said


def _chart(place: OverviewUnit, digest: ResultSummary) -> Markup:
    said = [f"{within(one.title)}: {one.phrase}" for one in digest.sections if one.mean is not None]
    return charts.small_multiple(
        charts.Axis(*digest.scale),
        [(_short(one), one.mean, one.leaders) for one in digest.sections],
        title=f"{place.name}. {'; '.join(said)}",
    )


def _short(section: SectionDigest) -> str:
    title = SHORT_TITLES.get(section.code, section.title)
    return title if len(title) <= ROOM else f"{title[: ROOM - 1].rstrip()}…"


def _in_figures(section: SectionDigest) -> str:
    if section.mean is not None:
        return f"{section.mean:.1f}"
    return section.phrase or "not shown"


def _running(organisation: Organisation, running: SurveyUnit | None) -> tuple[str, str]:
    if running is None:
        return "", ""
    link = reverse("survey", args=[organisation.slug, running.survey_id])
    return f"{running.survey.title}: {within(state_in_list(running))}", link
