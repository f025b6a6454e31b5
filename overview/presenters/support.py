"""Who needs support: in words and by name. A list to help by, never an order of merit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from initiatives.models import Decision
from organisations.models import Organisation
from organisations.words import dates
from overview.presenters.overview import answered, no_result
from overview.queries.overview import OverviewUnit
from overview.queries.support import Reasons
from results.words.phrases import plural

WHYS = {
    "": "Any reason",
    "talk": "No debrief yet",
    "hold": "Put on hold",
    "strengthen": "Strengthen first",
    "late": "Overdue actions",
    "answers": "Few answers",
}


@dataclass(frozen=True)
class SupportReason:
    """One thing that a unit may need help with; `why` is a key of `WHYS`."""

    why: str
    words: str
    link: str
    link_words: str


@dataclass(frozen=True)
class UnitToSupport:
    """A unit by name, with its signs."""

    name: str
    division: str
    signs: tuple[SupportReason, ...]


def units_in_need(
    organisation: Organisation, places: Iterable[OverviewUnit], signs: Reasons, *, why: str
) -> list[UnitToSupport]:
    """Units with a sign, in the order of `places`; `why` leaves those with that one."""
    found = []
    for place in places:
        its = tuple(_signs(organisation, place, signs))
        if its and (why not in WHYS or not why or any(one.why == why for one in its)):
            found.append(UnitToSupport(place.name, place.division.name, its))
    return found


def _signs(
    organisation: Organisation, place: OverviewUnit, signs: Reasons
) -> Iterator[SupportReason]:
    slug, latest = organisation.slug, signs.latest.get(place.pk)
    is_due = latest is not None and not latest.is_debriefed and not latest.has_ended
    if latest is not None and latest.is_counted and is_due:
        page, words = "result", "See the result"
        if place.is_own:
            page, words = "debrief", "Hold the debrief"
        yield SupportReason(
            "talk",
            f"No debrief yet: {latest.title}, ready on {dates.day(latest.published_at)}.",
            reverse(page, args=[slug, latest.survey_unit]),
            words,
        )
    for one in signs.decided.get(place.pk, ()):
        if one.choice == Decision.Choice.GO_AHEAD:
            continue
        is_hold = one.choice == Decision.Choice.HOLD
        yield SupportReason(
            "hold" if is_hold else "strengthen",
            f"{'Put on hold' if is_hold else 'Strengthen first'}: {one.title}. “{one.reason}”",
            reverse("initiative", args=[slug, one.initiative]),
            "See the improvement",
        )
    overdue = signs.overdue.get(place.pk, 0)
    if overdue:
        query = urlencode({"show": "late", "q": place.name})
        yield SupportReason(
            "late",
            f"{plural(overdue, 'action is', 'actions are')} overdue.",
            f"{reverse('actions', args=[slug])}?{query}",
            "See the actions",
        )
    digest = signs.digests.get(latest.survey_unit) if latest is not None else None
    if latest is not None and digest is not None:
        few = digest.tier == "too_few" and digest.withheld != "corrected"
        if few or digest.caution == "indicative":
            yield SupportReason(
                "answers",
                f"Few answers: {latest.title}. {no_result(digest) if few else answered(digest)}",
                reverse("result", args=[slug, latest.survey_unit]),
                "See the result",
            )
