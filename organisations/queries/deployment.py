"""Whether the site may send, open, close, count and destroy, or its records were put back."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from organisations.models import Deployment

# Longer than two rounds of the counting worker's look; whoever sends waits for the next one.
FRESH_SECONDS = 45
# A survey is open for weeks, and its links lead on for 30 days after the result.
RESTORE_SAID_FOR = timedelta(days=120)

_TABLE = Deployment._meta.db_table
# What PostgreSQL says of itself: cluster, timeline, database, table. One of them is another after
# each restore by its own means, and none after a crash and a start.
FINGERPRINT = f"""(
    SELECT concat_ws(
        ':', system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8),
        (SELECT oid FROM pg_database WHERE datname = current_database()),
        '{_TABLE}'::regclass::oid
    ) FROM pg_control_system()
)"""  # noqa: S608 (our own names)


def may_act_sql() -> str:
    """A condition for statements that must not act on records that were put back.

    Not on hold, looked at a moment ago by the database's own clock, and the same database as then.
    """
    if connection.vendor == "postgresql":
        since = f"clock_timestamp() - interval '{FRESH_SECONDS} seconds'"
    else:
        since = f"datetime('now', '-{FRESH_SECONDS} seconds')"
    return (
        f"EXISTS (SELECT 1 FROM {_TABLE} WHERE hold_since IS NULL "  # noqa: S608 (our own names)
        f"AND fingerprint = {fingerprint_sql()} AND ticked_at > {since})"
    )


def fingerprint_sql() -> str:
    """What this database says of itself, as an expression; nothing of a file."""
    return FINGERPRINT if connection.vendor == "postgresql" else "''"


def may_act() -> bool:
    """Whether sweeps may do what cannot be taken back. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {may_act_sql()}")
        row = cursor.fetchone()
    return bool(row and row[0])


def fingerprint() -> str:
    """What this database says of itself now. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {fingerprint_sql()}")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def restored_by() -> datetime | None:
    """By when records were restored, for as long as people may still have a link of before: since
    the hold, after it since its release. One query.
    """
    since = timezone.now() - RESTORE_SAID_FOR
    row = Deployment.objects.values_list("hold_since", "released_at").first()
    found = next(filter(None, row or ()), None)
    return found if found is not None and found > since else None


def held() -> Deployment | None:
    """The site's row while it is on hold. One query."""
    return Deployment.objects.exclude(hold_since=None).first()
