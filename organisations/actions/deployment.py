"""The site's look at itself: it ticks, notices that older records were put back, and holds."""

import contextlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.carriers import clock_file
from organisations.carriers.clock_file import Clock
from organisations.models import Deployment, UrgentEmail
from organisations.queries.deployment import fingerprint
from organisations.rules.refusal import OnHold

log = logging.getLogger(__name__)

# Nobody has looked for so long: the whole machine may have been put back, keys and all.
SILENCE = timedelta(minutes=60)
ON_HOLD = (
    "You cannot do this yet, because records were restored on this site and have not been checked. "
    "Nothing has changed. Ask the people who run the site."
)


def tick(folders: Sequence[Path]) -> bool:
    """One look: True if the records are those of the last look, which is then noted in the row and,
    after that, beside the keys. Else the site holds.
    """
    known = [clock for clock in map(clock_file.read, folders) if clock is not None]
    with transaction.atomic():
        row = Deployment.objects.select_for_update().first()
        live = fingerprint()
        if row is None:
            row = Deployment.objects.create(fingerprint=live, ticked_at=timezone.now())
            reason = "they know of no look before" if known else ""
        elif row.hold_since is not None:
            return False
        else:
            reason = _why_hold(row, live, max(known, default=None))
        if reason:
            _hold(row, reason)
            return False
        row.tick += 1
        row.fingerprint = live
        Deployment.objects.filter(pk=row.pk).update(
            tick=row.tick, fingerprint=live, ticked_at=Now()
        )
    for folder in folders:
        # A folder that cannot be written is told of with the keys.
        with contextlib.suppress(OSError):
            clock_file.write(folder, Clock(row.generation, row.tick))
    return True


def refuse_while_held() -> None:
    """`OnHold` with a sentence while the site is on hold. One query.

    For what somebody asks for that sends, opens, closes, counts or destroys; sweeps ask `may_act`.
    """
    if Deployment.objects.exclude(hold_since=None).exists():
        raise OnHold(ON_HOLD)


def end_hold(*, row: Deployment) -> None:
    """The locked row goes on as a new generation; older records than this moment's are put back."""
    row.generation += 1
    row.tick += 1
    row.fingerprint = fingerprint()
    row.hold_since = None
    row.lost_from = None
    row.released_at = row.ticked_at = timezone.now()
    row.save()


def _why_hold(row: Deployment, live: str, known: Clock | None) -> str:
    """What shows that these are not the records of the last look; empty if they are."""
    if known is not None and Clock(row.generation, row.tick) < known:
        return "they are older than the last look"
    if live != row.fingerprint and not _is_promoted_standby(row, live, known):
        return "the database is another one"
    if settings.HOLD_AFTER_SILENCE and _now() - row.ticked_at > SILENCE:
        return "the last look was more than an hour ago"
    return ""


def _is_promoted_standby(row: Deployment, live: str, known: Clock | None) -> bool:
    """Only the timeline is another, and nothing acknowledged can be missing."""
    before, now = row.fingerprint.split(":"), live.split(":")
    same_but_timeline = before[:1] + before[2:] == now[:1] + now[2:]
    is_promoted = settings.STANDBY_IS_SYNCHRONOUS and same_but_timeline and known is not None
    if is_promoted:
        record(action="standby promoted", on=row, organisation=None, by=None)
    return is_promoted


def _hold(row: Deployment, reason: str) -> None:
    row.hold_since = timezone.now()
    row.lost_from = row.ticked_at
    row.save(update_fields=["hold_since", "lost_from"])
    # Sign-in codes of before: their sessions wait for none of them any more.
    UrgentEmail.objects.all().delete()
    record(action="records restored", on=row, organisation=None, by=None, reason=reason)
    log.error("Records were put back (%s): all sending waits for a release.", reason)


def _now() -> datetime:
    """The database's own time."""
    now: datetime = Deployment.objects.annotate(now=Now()).values_list("now", flat=True)[0]
    return now
