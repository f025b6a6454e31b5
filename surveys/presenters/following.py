"""How a survey goes, in words: what is under way, whom it may miss, by which ways people came."""

from dataclasses import dataclass
from typing import Any

from surveys.channel_shares import shares
from surveys.models import Channel, Survey, SurveyUnit
from surveys.presenters.unreached import unreached_words
from surveys.queries.following import (
    Reached,
    answered,
    counts_under_way,
    invitations_under_way,
    reached,
)
from surveys.queries.staff_imports import imports_under_way, people_done

_BY = {
    Channel.EMAIL: "by e-mail",
    Channel.SMS: "by text message",
    Channel.QR: "by the poster or its link",
    Channel.SLIP: "by code slips",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """Long work as a bar."""

    label: str
    done: int
    total: int


def bars(survey: Survey, units: list[SurveyUnit]) -> list[Bar]:
    """What is under way just now; empty once all is done."""
    found = [
        Bar("Staff added", people_done(one), one.number) for one in imports_under_way(survey, units)
    ]
    if survey.state == Survey.State.OPEN and not survey.messages_paused:
        sending = invitations_under_way(units)
        if not sending.is_over:
            found.append(Bar("Invitations sent", sending.done, sending.total))
    counting = counts_under_way(units)
    if not counting.is_over and not survey.count_failure:
        found.append(Bar("Units counted", counting.done, counting.total))
    return found


def following_context(survey: Survey, units: list[SurveyUnit]) -> dict[str, Any]:
    """For the survey's page."""
    came = answered(units)
    return {
        "bars": bars(survey, units),
        "misses": _misses(survey, units),
        "came": {unit.pk: _came(unit, came[unit.pk]) for unit in units if unit.pk in came},
    }


def _misses(survey: Survey, units: list[SurveyUnit]) -> list[str]:
    """Whom the survey may not reach, unit by unit, as far as can be known."""
    if survey.state not in (Survey.State.SCHEDULED, Survey.State.OPEN):
        return []
    asked = [
        unit
        for unit in units
        if unit.way == SurveyUnit.Way.WARD
        and unit.state in (SurveyUnit.State.WAITING, SurveyUnit.State.OPEN)
    ]
    if not asked:
        return []
    lists = reached(asked)
    several = len(units) > 1
    return [
        f"{unit.unit_name}: {said[0].lower()}{said[1:]}" if several else said
        for unit in asked
        for said in [_missed(unit, lists.get(unit.pk, Reached()))]
        if said
    ]


def _missed(unit: SurveyUnit, on_list: Reached) -> str:
    if not on_list.people:
        return (
            "Only the poster, the link and slips reach people here. Nobody can know if nights, "
            "bank and agency staff have seen them: read the words at night handover too."
        )
    said = [unreached_words(on_list.mobile_only)]
    without = unit.headcount - on_list.people
    if without > 0:
        who = "1 of them gets" if without == 1 else f"At least {without} get"
        said.append(
            f"{on_list.people} people are on the list for {unit.headcount} posts. {who} no "
            "message: the poster reaches them."
        )
    if not on_list.nights:
        said.append(
            "Nobody on the list is marked as working nights: read the words at night handover too."
        )
    return " ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class Came:
    """What a unit's page says of its sheets once the result is out."""

    answered: str
    ways: str
    above: bool


def answered_words(unit: SurveyUnit, number: int) -> str:
    """`19 of 22`; more than there are posts stand alone."""
    return f"{number} of {unit.headcount}" if number <= unit.headcount else str(number)


def _came(unit: SurveyUnit, counts: dict[str, int]) -> Came:
    number = sum(counts.values())
    said = [
        f"nearly all {_BY[Channel(name)]}"
        if percent == 100
        else f"about {percent}% {_BY[Channel(name)]}"
        for name, percent in shares(counts)
    ]
    ways = ", ".join(said)
    return Came(
        f"{answered_words(unit, number)} answered.",
        f"{ways[0].upper()}{ways[1:]}." if ways else "",
        number > unit.headcount,
    )


def thanks_words(unit: SurveyUnit) -> str:
    """`19 of 22`, for the poster afterwards; empty while nothing may be said."""
    came = answered([unit]).get(unit.pk)
    return answered_words(unit, sum(came.values())) if came else ""
