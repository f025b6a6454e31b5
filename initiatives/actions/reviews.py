"""What follows a review: the team's one reply, and that a reviewer read it; asking for a review."""

from django.db import transaction
from django.utils import timezone

from initiatives.actions.status import lock_initiative
from initiatives.models import Initiative, Review
from initiatives.rules.status import OVER
from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules.refusal import Refused
from organisations.words.dates import day

REPLIED = "The team has replied already. It can reply once."
TOO_LATE = "The team could reply until {day}."


@transaction.atomic
def reply(*, review: Review, words: str, by: User) -> None:
    """The team's reply, once and within its days; the same again changes nothing.

    Raises `Refused`.
    """
    initiative = lock_initiative(review.initiative)
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not words:
        raise Refused("Enter your reply", field="reply")
    if review.reply:
        if (review.reply, review.replied_by_id) == (words, by.pk):
            return
        raise Refused(REPLIED)
    today = timezone.localdate(timezone=initiative.organisation.zone)
    if review.reply_by is None or today > review.reply_by:
        raise Refused(TOO_LATE.format(day=day(review.reply_by or today)))
    review.reply, review.replied_by, review.replied_at = words, by, timezone.now()
    review.save(update_fields=["reply", "replied_by", "replied_at"])
    _record("review replied to", initiative, review, by)


@transaction.atomic
def read_reply(*, review: Review, by: User) -> None:
    """A reviewer has read it; the second time changes nothing."""
    initiative = lock_initiative(review.initiative)
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not review.reply or review.reply_read_at is not None:
        return
    review.reply_read_at = timezone.now()
    review.save(update_fields=["reply_read_at"])
    _record("reply read", initiative, review, by)


@transaction.atomic
def ask_for_review(*, initiative: Initiative, by: User) -> None:
    """Puts it on the reviewers' list today; asked already, nothing changes. Raises `Refused`."""
    initiative = lock_initiative(initiative)
    if initiative.state in OVER:
        raise Refused("This improvement is over. There is nothing to review.")
    if initiative.review_asked_on is not None:
        return
    initiative.review_asked_on = timezone.localdate(timezone=initiative.organisation.zone)
    initiative.save(update_fields=["review_asked_on"])
    record(action="review asked for", on=initiative, organisation=initiative.organisation, by=by)


def _record(what: str, initiative: Initiative, review: Review, by: User) -> None:
    record(
        action=what,
        on=review,
        organisation=initiative.organisation,
        by=by,
        initiative=initiative.pk,
    )
