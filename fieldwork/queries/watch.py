"""What must wake somebody, each in a sentence. Figures over the whole site; names nobody."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F, Max, Min, Q, QuerySet

from fieldwork.queries.lateness import failed_counts, late_work
from organisations.models import Heartbeat, UrgentEmail
from organisations.queries.deployment import held
from responses.models import Backup
from surveys.models import Channel, Message, Survey
from surveys.models.distribution import NEWS

SILENT_AFTER = timedelta(minutes=2)
# A letter that is due, tries included.
WAITS_AT_MOST = timedelta(minutes=30)
# Letters are due and none was taken.
NOTHING_TAKEN_FOR = timedelta(minutes=15)
# A sign-in code is of use for ten minutes.
CODE_WAITS_AT_MOST = timedelta(minutes=3)
KEY_WAITS_AT_MOST = timedelta(days=7)
BACKUP_AT_MOST = timedelta(hours=26)
CLOCK_AT_MOST = timedelta(seconds=5)
# How far back the slowest count is looked for.
LATELY = timedelta(hours=1)

_CARRIED = {"Email": ~Q(channel=Channel.SMS), "Text messages": Q(channel=Channel.SMS)}


def reasons(now: datetime) -> list[str]:
    """A sentence for each thing that an operator must look at now; empty if all is well."""
    on_hold = held()
    return [
        *(["Records were restored. The site waits to be released."] if on_hold else []),
        *(f"Late: {kind}." for kind in late_work()),
        *_silent(now),
        *_unsent(now),
        *_keys(now),
        *_backups(now),
        *_clock(),
    ]


def heartbeat_ages(now: datetime) -> dict[str, float | None]:
    """Seconds since each kind of process gave a sign; None where there never was one."""
    seen = dict(Heartbeat.objects.values_list("process", "at"))
    return {
        process: (now - seen[process]).total_seconds() if process in seen else None
        for process in Heartbeat.Process.values
    }


def oldest_due(now: datetime) -> dict[str, float]:
    """By carrier, for how many seconds the oldest due letter has waited; 0 where none does."""
    found = {}
    for carrier, carried in _CARRIED.items():
        oldest = _waiting(now).filter(carried).aggregate(at=Min("due_at"))["at"]
        found[carrier] = (now - oldest).total_seconds() if oldest else 0.0
    return found


def problems() -> dict[str, float]:
    """By kind of process, 1 while it says that something is wrong. One query."""
    said = Heartbeat.objects.values_list("process", "problem")
    return {process: float(problem != "") for process, problem in said}


def oldest_key_wait(now: datetime) -> float:
    """For how many seconds the key that was first done with has waited to be destroyed."""
    counted_at = _keys_to_destroy().aggregate(at=Min("counted_at"))["at"]
    return (now - counted_at).total_seconds() if counted_at else 0.0


def slowest_count(now: datetime) -> float:
    """Seconds from the last closing of a survey to its count, of those counted in the last hour the
    slowest; 0 without any. One query.
    """
    counted = Survey.objects.filter(counted_at__gt=now - LATELY)
    each = counted.annotate(took=F("counted_at") - Max("survey_units__closes_at"))
    took = each.aggregate(most=Max("took"))["most"]
    return took.total_seconds() if took else 0.0


def backup_age(now: datetime) -> float | None:
    """Seconds since the newest recorded backup was begun; None without any."""
    taken_at = Backup.objects.aggregate(at=Max("taken_at"))["at"]
    return (now - taken_at).total_seconds() if taken_at else None


def _waiting(now: datetime) -> QuerySet[Message]:
    """Due and not gone, whatever its next try; what a manager paused waits for no mail server."""
    sends = Q(user__isnull=False) | Q(survey__messages_paused=False) | Q(step__in=NEWS)
    return Message.objects.filter(
        sends, state__in=(*Message.WAITING, Message.State.SENDING), due_at__lte=now
    )


def _silent(now: datetime) -> list[str]:
    most = SILENT_AFTER.total_seconds()
    silent = [process for process, age in heartbeat_ages(now).items() if age is None or age > most]
    said = list(
        Heartbeat.objects.exclude(problem="").order_by("process").values_list("problem", flat=True)
    )
    if len(silent) == len(Heartbeat.Process.values):
        # beat asks both: if neither is heard, it may be the one that stopped.
        silent = ["beat, or worker and counting"]
    return [*(f"No sign of life for 2 minutes: {process}." for process in silent), *said]


def _unsent(now: datetime) -> list[str]:
    found = []
    for carrier, age in oldest_due(now).items():
        waits = timedelta(seconds=age)
        if waits > WAITS_AT_MOST:
            found.append(f"{carrier}: the oldest message due has waited more than 30 minutes.")
        elif waits > NOTHING_TAKEN_FOR and not _taken_since(now - NOTHING_TAKEN_FOR, carrier):
            found.append(f"{carrier}: messages are due and none was taken for 15 minutes.")
    if UrgentEmail.objects.exclude(to="").filter(made_at__lt=now - CODE_WAITS_AT_MOST).exists():
        found.append("Email: a sign-in code has waited more than 3 minutes.")
    return found


def _taken_since(moment: datetime, carrier: str) -> bool:
    sent = Message.objects.filter(_CARRIED[carrier], state=Message.State.SENT)
    return sent.filter(sent_at__gte=moment).exists()


def _keys(now: datetime) -> list[str]:
    found = []
    if failed := failed_counts():
        found.append(f"Surveys that cannot be counted: {failed}.")
    if number := _keys_to_destroy().filter(counted_at__lt=now - KEY_WAITS_AT_MOST).count():
        found.append(f"Keys that have waited more than 7 days to be destroyed: {number}.")
    return found


def _keys_to_destroy() -> QuerySet[Survey]:
    over = (Survey.State.COUNTED, Survey.State.PUBLISHED)
    return Survey.objects.filter(state__in=over, key_destroyed=False).exclude(public_key=None)


def _backups(now: datetime) -> list[str]:
    if not settings.KEY_WAITS_FOR_BACKUP:
        return []
    age = backup_age(now)
    found = []
    if age is None:
        found.append("No backup is on record.")
    elif timedelta(seconds=age) > BACKUP_AT_MOST:
        found.append("The newest backup on record is more than 26 hours old.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT last_failed_time > coalesce(last_archived_time, '-infinity') "
                "FROM pg_stat_archiver WHERE last_failed_time IS NOT NULL"
            )
            if cursor.fetchone() == (True,):
                found.append("PostgreSQL cannot archive its log.")
    return found


def _clock() -> list[str]:
    """Whether this machine and the database agree about the time."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone() or (None,)
    if theirs is None or abs(datetime.now(UTC) - theirs) <= CLOCK_AT_MOST:
        return []
    return ["The clock of this machine is more than 5 seconds from the database’s."]
