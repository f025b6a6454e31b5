"""Who needs support: in words and by name. A list to help by, never an order of merit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from initiatives.models import Decision
from organisations import dates
from organisations.models import Organisation
from reports.presenters.overview import answered, no_result
from reports.presenters.phrases import plural
from reports.queries.overview import Place
from reports.queries.support import Signs

WHYS = {
    "": "Any of these",
    "talk": "No debrief yet",
    "hold": "Decided to hold",
    "strengthen": "Strengthen first",
    "late": "Actions past their day",
    "answers": "Few answers",
}


@dataclass(frozen=True)
class Sign:
    """One thing that a unit may need help with; `why` is a key of `WHYS`."""

    why: str
    words: str
    link: str
    link_words: str


@dataclass(frozen=True)
class InNeed:
    """A unit by name, with its signs."""

    name: str
    division: str
    signs: tuple[Sign, ...]


def units_in_need(
    organisation: Organisation, places: Iterable[Place], signs: Signs, *, why: str
) -> list[InNeed]:
    """Units with a sign, in the order of `places`; `why` leaves those with that one."""
    found = []
    for place in places:
        its = tuple(_signs(organisation, place, signs))
        if its and (why not in WHYS or not why or any(one.why == why for one in its)):
            found.append(InNeed(place.name, place.division.name, its))
    return found


def _signs(organisation: Organisation, place: Place, signs: Signs) -> Iterator[Sign]:
    slug, latest = organisation.slug, signs.latest.get(place.pk)
    if latest is not None and latest.is_counted and not latest.is_debriefed:
        yield Sign(
            "talk",
            f"No debrief yet: {latest.title}, ready on {dates.day(latest.published_at)}.",
            reverse("debrief", args=[slug, latest.survey_unit]),
            "Hold the debrief",
        )
    for one in signs.decided.get(place.pk, ()):
        if one.word == Decision.Word.GO_AHEAD:
            continue
        is_hold = one.word == Decision.Word.HOLD
        yield Sign(
            "hold" if is_hold else "strengthen",
            f"{'Hold' if is_hold else 'Strengthen first'}: {one.title}. “{one.reason}”",
            reverse("initiative", args=[slug, one.initiative]),
            "See the initiative",
        )
    late = signs.late.get(place.pk, 0)
    if late:
        query = urlencode({"show": "late", "q": place.name})
        yield Sign(
            "late",
            f"{plural(late, 'action is', 'actions are')} past {'its' if late == 1 else 'their'} "
            "day.",
            f"{reverse('actions', args=[slug])}?{query}",
            "See the actions",
        )
    digest = signs.digests.get(latest.survey_unit) if latest is not None else None
    if latest is not None and digest is not None:
        few = digest.tier == "too_few" and digest.withheld != "corrected"
        if few or digest.caution == "indicative":
            yield Sign(
                "answers",
                f"Few answers: {latest.title}. {no_result(digest) if few else answered(digest)}",
                reverse("result", args=[slug, latest.survey_unit]),
                "See the result",
            )
