"""Begins, ends and forgets sessions; remembers and forgets devices.

What a person does to their own is no entry of the audit trail; what an administrator does is.
"""

from datetime import datetime

from django.db import transaction

from organisations.actions.audit_log import record
from organisations.models import Organisation, RememberedDevice, Session, User
from organisations.queries.people import is_privileged
from organisations.queries.sessions import mark_of
from organisations.rules.session_ends import DEVICE_KEPT, limits_of


@transaction.atomic
def session_seen(session: Session, *, by: User, now: datetime) -> None:
    """Notes the use of a session and moves its end, by what its person may do now.

    A session that was ended meanwhile stays ended.
    """
    limits = limits_of(remembered=session.remembered, privileged=is_privileged(by))
    session.seen_at = now
    session.expire_date = limits.ends_at(started_at=session.started_at, seen_at=now)
    Session.objects.filter(pk=session.pk).update(
        seen_at=session.seen_at, expire_date=session.expire_date
    )


@transaction.atomic
def keep_within_limits(user: User) -> None:
    """After a role was given: no session lasts longer than the role allows."""
    if not is_privileged(user):
        return
    limits = limits_of(remembered=False, privileged=True)
    forget_devices(user)
    for session in Session.objects.filter(account=user):
        ends_at = limits.ends_at(started_at=session.started_at, seen_at=session.seen_at)
        Session.objects.filter(pk=session.pk, expire_date__gt=ends_at).update(expire_date=ends_at)


@transaction.atomic
def end_sessions(user: User, *, but: str | None = None) -> None:
    """Signs the person out everywhere, except in the session of this key."""
    Session.objects.filter(account=user).exclude(pk=but).delete()


@transaction.atomic
def end_session(user: User, *, key: str) -> bool:
    """Ends one session of the person's; False where they have none of this key."""
    ended, _ = Session.objects.filter(account=user, pk=key).delete()
    return bool(ended)


@transaction.atomic
def sign_out_everywhere(*, organisation: Organisation, user: User, by: User) -> None:
    """An administrator ends all sessions of a person and forgets their devices."""
    end_sessions(user)
    forget_devices(user)
    record(action="sessions ended", on=user, organisation=organisation, by=by)


@transaction.atomic
def remember_device(user: User, *, cookie: str, device: str, before: str = "") -> None:
    """Knows this browser again for a year by its new cookie; its old one is worth no more.

    Again with the same cookie changes nothing.
    """
    RememberedDevice.objects.filter(account=user, mark=mark_of(before)).delete()
    RememberedDevice.objects.get_or_create(
        mark=mark_of(cookie), defaults={"account": user, "device": device}
    )


@transaction.atomic
def forget_device(user: User, *, device_id: int) -> bool:
    """Forgets one browser of the person's; False where they have none of this number."""
    forgotten, _ = RememberedDevice.objects.filter(account=user, pk=device_id).delete()
    return bool(forgotten)


@transaction.atomic
def forget_devices(user: User) -> None:
    """Forgets every browser of the person."""
    RememberedDevice.objects.filter(account=user).delete()


@transaction.atomic
def forget_what_ended(*, now: datetime) -> None:
    """Deletes sessions that ran out, with the codes in them, and devices not used for a year."""
    Session.objects.filter(expire_date__lt=now).delete()
    RememberedDevice.objects.filter(used_at__lt=now - DEVICE_KEPT).delete()
