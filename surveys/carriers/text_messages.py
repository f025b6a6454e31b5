"""Whether this site sends text messages: off until an operator names a template at Notify."""

from django.conf import settings


def is_enabled() -> bool:
    """True where a person with nothing but a mobile number can be reached."""
    return bool(settings.NOTIFY_SMS_TEMPLATE)
