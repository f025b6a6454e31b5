"""Reads where a person is signed in, and which browsers are known to be theirs."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from organisations.models import RememberedDevice, Session, User


def sessions_of(user: User) -> QuerySet[Session]:
    """The person's sessions that have not ended, the one used last first."""
    return Session.objects.filter(account=user, expire_date__gt=timezone.now())


def devices_of(user: User) -> QuerySet[RememberedDevice]:
    """The browsers that the person asked us to remember, the one used last first."""
    return RememberedDevice.objects.filter(account=user)


def mark_of(cookie: str) -> str:
    """What a device with this cookie is called in its row."""
    return salted_hmac("device", cookie, algorithm="sha256").hexdigest()


def is_device_of(cookie: str, *, email: str) -> bool:
    """Whether the browser with this cookie is remembered for the account of this address."""
    return RememberedDevice.objects.filter(mark=mark_of(cookie), account__email=email).exists()
