"""A reviewer's Home: what is due, figures, what was decided lately."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from debriefs.queries.action_list import Share
from initiatives.models import Review
from initiatives.rules.on_time import FEWEST
from organisations.models import Organisation, User
from organisations.words.dates import day
from overview.presenters.closed_on_time import others_link
from overview.presenters.reviews import ReviewRow
from overview.presenters.to_do import ToDoItem
from overview.queries.reviewers_home import Lately, Reviewed
from overview.queries.reviews import Reviews
from results.words.phrases import listed, plural


@dataclass(frozen=True, slots=True)
class Figure:
    """A share or, with few, nothing; what it means; where to see more, if they may."""

    title: str
    figure: str
    sentence: str
    link: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class LatelyRow:
    """A review of the last time, and what the team replied."""

    title: str
    units: str
    href: str
    decided: str
    who: str
    reply: str


def review_item(organisation: Organisation, row: ReviewRow) -> ToDoItem:
    """An improvement that its reader can review."""
    return ToDoItem(
        row.since,
        f"Review “{row.title}”" + (f", {row.units}" if row.units else ""),
        " ".join(row.reasons),
        "Review",
        reverse("initiative_review", args=[organisation.slug, row.initiative]),
    )


def name_reviewer_item(organisation: Organisation, row: ReviewRow) -> ToDoItem:
    """For an administrator: a review is due, and every reviewer is responsible."""
    return ToDoItem(
        row.since,
        f"Name another reviewer for “{row.title}”",
        "Its review is due, but every senior reviewer of its units is responsible for it, or there "
        "is none.",
        "People",
        reverse("people", args=[organisation.slug]),
    )


def figures(
    organisation: Organisation, found: Reviews, lately: Lately, *, late_ideas: int
) -> list[Figure]:
    """What the last 12 weeks say; by unit or name there is more on the linked pages. Of ideas only
    how many have had no answer for 14 days, from 5 on: fewer could show whose they are.
    """
    slug = organisation.slug
    ideas = Figure(
        "Ideas from staff wait",
        str(late_ideas),
        "ideas have had no answer for 14 days or longer. Managers and improvement leads read and "
        "answer them.",
        None,
    )
    return [
        _figure(
            "Actions closed on time",
            lately.closed,
            "of the actions first due in the last 12 weeks were closed on time.",
            "action",
            others_link(organisation, lately.closed),
        ),
        _figure(
            "Results discussed",
            lately.discussed,
            "of the results of the last 12 weeks have had a team debrief.",
            "result",
            ("See results", reverse("results", args=[slug])),
        ),
        _figure(
            "Units below their limit",
            found.below_limit(),
            "of the units are below their limit this week.",
            "unit",
            ("See staff hours", reverse("staff_hours", args=[slug])),
        ),
        *([ideas] if late_ideas >= FEWEST else []),
    ]


def lately_rows(
    organisation: Organisation, reviews: Iterable[Reviewed], *, reader: User
) -> list[LatelyRow]:
    """A row each, in this order."""
    return [
        LatelyRow(
            one.initiative.title,
            listed(units),
            reverse("initiative", args=[organisation.slug, one.initiative_id]),
            _decided(one),
            f"{'You' if one.reviewer_id == reader.pk else one.reviewer}, {day(one.reviewed_at)}",
            one.reply,
        )
        for one, units in ((reviewed.review, reviewed.units) for reviewed in reviews)
    ]


def _decided(one: Review) -> str:
    choice = one.get_decision_display().lower()
    if one.begins_on:
        return f"{choice}, {day(one.begins_on)}"
    return f"{choice} into “{one.into}”" if one.into else choice


def _figure(title: str, share: Share, sentence: str, what: str, link: tuple[str, str]) -> Figure:
    if share.all < FEWEST:
        return Figure(title, "", f"{plural(share.all, what)} so far: too few to say.", link)
    return Figure(title, f"{share.number} of {share.all}", sentence, link)
