"""Comments on their way to a result: asked for, handed over, read first by somebody outside.

The result does not wait for it. What is not decided 30 days after closing is deleted unread.
"""

import secrets
import uuid
from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.actions.deployment import refuse_while_held
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import Organisation, User
from responses.models import Comment, ScreenedComment, Screening
from surveys.actions.locks import NotPossible
from surveys.rules import comments

KEPT_FOR = timedelta(days=30)


def _locked(screening: Screening) -> tuple[Screening, Organisation]:
    found = (
        Screening.objects.select_for_update(no_key=True, of=("self",))
        .select_related("survey_unit__survey__organisation")
        .get(pk=screening.pk)
    )
    return found, found.survey_unit.survey.organisation


@transaction.atomic
def ask_to_read(*, screening: Screening, by: User) -> None:
    """Puts on record who is about to read; the worker then hands the comments over."""
    screening, organisation = _locked(screening)
    if screening.asked_by_id is None:
        screening.asked_by, screening.asked_at = by, timezone.now()
        screening.save(update_fields=["asked_by", "asked_at"])
        record(action="comments opened", on=screening.survey_unit, organisation=organisation, by=by)
    enqueue_on_commit("fieldwork.hand_over_comments", screening.pk)


@transaction.atomic
def hand_over(*, screening: Screening) -> int:
    """Moves a unit's comments to where its screener can read them, under new keys, shuffled."""
    screening, _ = _locked(screening)
    if screening.asked_by_id is None or screening.done_at is not None:
        return 0
    waiting = list(Comment.objects.filter(survey_unit=screening.pk).values_list("section", "text"))
    secrets.SystemRandom().shuffle(waiting)
    ScreenedComment.objects.bulk_create(
        ScreenedComment(screening=screening, section_id=section, text=text)
        for section, text in waiting
    )
    Comment.objects.filter(survey_unit=screening.pk).delete()
    return len(waiting)


@transaction.atomic
def decide(*, screening: Screening, shown: Collection[uuid.UUID], by: User) -> int:
    """Keeps the comments to be shown and deletes all others; returns how many are shown.

    A part of which fewer than 5 are left shows none. Deciding a second time changes nothing.
    """
    refuse_while_held()
    screening, organisation = _locked(screening)
    if screening.done_at is not None:
        raise NotPossible("Someone has already decided about these comments.")
    every = ScreenedComment.objects.filter(screening=screening)
    wanted = every.filter(pk__in=shown)
    left = Counter(wanted.values_list("section", flat=True))
    enough = [part for part, number in left.items() if number >= comments.FEWEST_COMMENTS]
    keys = [key for key, part in wanted.values_list("pk", "section") if part in enough]
    total = every.count()
    every.exclude(pk__in=keys).delete()
    every.update(shown=True)
    screening.done_at = timezone.now()
    screening.save(update_fields=["done_at"])
    record(
        action="comments screened",
        on=screening.survey_unit,
        organisation=organisation,
        by=by,
        shown=len(keys),
        left_out=total - len(keys),
    )
    return len(keys)


@transaction.atomic
def remove_comment(*, screening: Screening, key: uuid.UUID, by: User) -> bool:
    """Deletes one comment that was shown, such as one in which a name was overlooked."""
    screening, organisation = _locked(screening)
    deleted, _ = ScreenedComment.objects.filter(screening=screening, pk=key, shown=True).delete()
    if deleted:
        record(
            action="comment removed",
            on=screening.survey_unit,
            organisation=organisation,
            by=by,
        )
    return bool(deleted)


@transaction.atomic
def delete_unread(*, now: datetime) -> int:
    """Deletes what nobody has decided about 30 days after its unit closed; how many units."""
    late = list(
        Screening.objects.filter(done_at=None, survey_unit__closes_at__lt=now - KEPT_FOR)
        .select_related("survey_unit__survey__organisation")
        .select_for_update(no_key=True, of=("self",))
    )
    for screening in late:
        Comment.objects.filter(survey_unit=screening.pk).delete()
        ScreenedComment.objects.filter(screening=screening).delete()
        screening.done_at = now
        screening.save(update_fields=["done_at"])
        record(
            action="comments deleted unread",
            on=screening.survey_unit,
            organisation=screening.survey_unit.survey.organisation,
            by=None,
        )
    return len(late)
