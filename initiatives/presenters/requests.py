"""A request as its pages show it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from initiatives.models import DepartmentRequest
from initiatives.queries.requests import RequestStanding
from initiatives.rules.requests import Standing
from initiatives.words.requests import ANSWERS, UNDELIVERED, asked, request_line
from organisations.models import Organisation
from organisations.words import dates
from organisations.words.units import closed_words

WAITING = "Waiting for an answer"
CHOICES = {
    ANSWERS.YES: ("Yes", "You say when they will have it."),
    ANSWERS.NO: ("No, or not now", "You say why."),
    ANSWERS.NOT_OURS: ("Not ours", "You say who can help instead."),
}


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in a list: what is needed, how it stands, where it is. What waits has a `since`;
    `another` is where its reader asks somebody else.
    """

    needs: str
    line: str
    since: str
    about: str
    link: str
    another: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request on its own page, and by its link: no figure of any result is in it.

    `whom` begins a sentence, `to` stands in one. `undelivered` says so while it waits, `has_left`
    that whoever is asked has no role any more, `has_closed` that the unit works no more,
    `may_ask_another` that somebody else can be asked.
    """

    title: str
    to: str
    whom: str
    unit: str
    needs: str
    improvement: str
    priority: str
    wording: str
    due: str
    since: str
    line: str
    undelivered: str
    has_left: bool
    has_closed: str
    may_ask_another: bool
    is_waiting: bool
    is_moved: bool
    is_returned: bool
    is_over: bool
    is_yes: bool
    has_come: str
    first: str


def request_view(state: RequestStanding) -> RequestView:
    """For whoever may open it."""
    one = state.request
    waits = state.standing is Standing.WAITING
    return RequestView(
        title=f"{one.unit.name} asks {one.whom}",
        to=one.whom,
        whom=asked(one),
        unit=one.unit.name,
        needs=one.needs,
        improvement=one.initiative.title,
        priority=one.priority.title if one.priority else "",
        wording=one.priority.evidence_wording if one.priority else "",
        due=dates.day(one.answer_by),
        since=dates.in_days(one.answer_by) if waits else "",
        line=request_line(state),
        undelivered=UNDELIVERED[one.undelivered] if waits and one.undelivered else "",
        has_left=state.has_left,
        has_closed=closed_words(one.unit),
        may_ask_another=state.may_ask_another,
        is_waiting=waits,
        is_moved=state.standing is Standing.MOVED,
        is_returned=state.standing is Standing.RETURNED,
        is_over=state.standing in (Standing.WITHDRAWN, Standing.NEEDLESS),
        is_yes=one.answer == ANSWERS.YES,
        has_come=one.has_come,
        first=one.moved_from.whom if one.moved_from else "",
    )


def instead_words(state: RequestStanding) -> str:
    """Whom a new request for the same need follows, and what becomes of the first."""
    first = f"You asked {state.request.whom} first."
    if state.standing is Standing.WAITING:
        return f"{first} That request is withdrawn when you send this one."
    return first


def request_rows(
    organisation: Organisation, states: Iterable[RequestStanding], *, steered: Collection[int]
) -> list[RequestRow]:
    """A row each, in this order; `steered` are the keys of those that their reader steers."""
    return [
        RequestRow(
            state.request.needs,
            request_line(state),
            dates.in_days(state.request.answer_by) if _is_awaited(state) else "",
            _about(state.request),
            reverse("request", args=[organisation.slug, state.request.pk]),
            reverse("request_again", args=[organisation.slug, state.request.pk])
            if state.may_ask_another and state.request.pk in steered
            else "",
        )
        for state in states
    ]


def _is_awaited(state: RequestStanding) -> bool:
    """Whether its line ends with the day on which the answer is due."""
    is_on_its_way = not state.has_left and not state.request.undelivered
    return state.standing is Standing.WAITING and is_on_its_way


def _about(one: DepartmentRequest) -> str:
    what = one.action.what if one.action else one.priority.title if one.priority else ""
    about = ": ".join(filter(None, (f"{one.unit.name}, {one.initiative.title}", what)))
    return ". ".join(filter(None, (about, closed_words(one.unit, name="The unit"))))


def latest_by_action(states: Iterable[RequestStanding]) -> dict[int, RequestStanding]:
    """Of these, the last of each action that was not withdrawn, by the action's key."""
    return {
        one.request.action_id: one
        for one in sorted(states, key=lambda state: state.request.pk)
        if one.request.action_id is not None and one.standing is not Standing.WITHDRAWN
    }


def state_of_action(
    state: str, key: int, requests: Mapping[int, RequestStanding]
) -> tuple[str, str]:
    """An action's status in words, and the line of its request; both as they are without one.

    While a request waits the action does, too.
    """
    found = requests.get(key)
    if found is None:
        return state, ""
    return WAITING if found.standing is Standing.WAITING else state, request_line(found)
