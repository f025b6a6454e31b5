"""How a survey goes, in words: what is under way, whom it may miss, by which ways people came."""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldwork.queries.progress import ContactCoverage, LongWork, Progress
from surveys.models import Channel, SurveyUnit
from surveys.presenters.without_message import without_message_words
from surveys.rules.channel_shares import shares

_BY = {
    Channel.EMAIL: "by email",
    Channel.SMS: "by text message",
    Channel.QR: "using the poster or its link",
    Channel.SLIP: "by code slips",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """Long work as a bar."""

    label: str
    done: int
    total: int


def bars(work: LongWork) -> list[Bar]:
    """What is under way just now; empty once all is done."""
    found = [Bar("Staff added", one.done, one.total) for one in work.imports]
    found += [
        Bar(label, one.done, one.total)
        for label, one in (("Invitations sent", work.invitations), ("Units counted", work.counts))
        if not one.is_over
    ]
    return found


def following_context(units: list[SurveyUnit], progress: Progress) -> dict[str, object]:
    """For the survey's page."""
    received = progress.answered
    return {
        "bars": bars(progress.work),
        "gaps": _misses(units, progress.coverage),
        "came": {
            unit.pk: _received(unit, received[unit.pk]) for unit in units if unit.pk in received
        },
    }


def _misses(units: list[SurveyUnit], coverage: Mapping[int, ContactCoverage]) -> list[str]:
    """Whom the survey may not reach, unit by unit, as far as can be known."""
    several = len(units) > 1
    return [
        f"{unit.unit_name}: {said[0].lower()}{said[1:]}" if several else said
        for unit in units
        if unit.pk in coverage
        for said in [_missed(unit, coverage[unit.pk])]
        if said
    ]


def _missed(unit: SurveyUnit, on_list: ContactCoverage) -> str:
    if not on_list.people:
        return (
            "You’re only using the poster, the link or code slips. We cannot tell if night, "
            "bank and agency staff have seen them. Read the script at night handover too."
        )
    said = [without_message_words(on_list.mobile_only)]
    without = unit.headcount - on_list.people
    if without > 0:
        listed = "1 person is" if on_list.people == 1 else f"{on_list.people} people are"
        who = "At least 1 person" if without == 1 else f"At least {without} people"
        said.append(
            f"{listed} on the staff list and the unit has {unit.headcount} staff. "
            f"{who} will not get a message. Make sure they see the poster."
        )
    if not on_list.nights:
        said.append(
            "Nobody on the staff list is marked as working nights. Read the script at night "
            "handover too."
        )
    return " ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class AnswersReceived:
    """What a unit's page says of its sheets once the result is out."""

    answered: str
    ways: str
    above: bool


def answered_words(unit: SurveyUnit, number: int) -> str:
    """`19 of 22`; more than there are posts stand alone."""
    return f"{number} of {unit.headcount}" if number <= unit.headcount else str(number)


def _received(unit: SurveyUnit, counts: dict[str, int]) -> AnswersReceived:
    number = sum(counts.values())
    said = [
        f"nearly all {_BY[Channel(name)]}"
        if percent == 100
        else f"about {percent}% {_BY[Channel(name)]}"
        for name, percent in shares(counts)
    ]
    ways = ", ".join(said)
    return AnswersReceived(
        f"{answered_words(unit, number)} answered.",
        f"{ways[0].upper()}{ways[1:]}." if ways else "",
        number > unit.headcount,
    )


def thanks_words(unit: SurveyUnit, counts: dict[str, int]) -> str:
    """`19 of 22`, for the poster afterwards; empty while nothing may be said."""
    return answered_words(unit, sum(counts.values())) if counts else ""
