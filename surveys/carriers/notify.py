"""E-mail and text messages through GOV.UK Notify, with a template of ours that holds any text.

The template of e-mails has the subject `((subject))` and the text `((body))`, that of text
messages has the text `((body))`.
"""

import requests
from django.conf import settings
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from surveys.carriers.delivery import UNAVAILABLE, DeliveryResult, DeliveryStatus, OutgoingMessage
from surveys.models import Channel

TIMEOUT = 10
_NOT_ACCEPTED = frozenset({429, 503})
_OUR_SETTINGS = frozenset({401, 403, 404})
_WRONG_ADDRESS = ("phone_number", "email_address")


def client() -> NotificationsAPIClient:
    """Notify's own client, on the address and key of the settings."""
    return NotificationsAPIClient(
        settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=TIMEOUT
    )


class NotifyService:
    """The reference is ours: by it Notify reports, and can be asked whether it took a letter."""

    def __init__(self) -> None:
        self._client = client()

    def open(self) -> bool:
        return True  # its connection opens with the first letter

    def send(self, letter: OutgoingMessage, *, reference: str) -> DeliveryResult:
        try:
            if letter.channel == Channel.SMS:
                self._client.send_sms_notification(
                    letter.to,
                    settings.NOTIFY_SMS_TEMPLATE,
                    personalisation={"body": letter.body},
                    reference=reference,
                )
            else:
                self._client.send_email_notification(
                    letter.to,
                    settings.NOTIFY_EMAIL_TEMPLATE,
                    personalisation={"subject": letter.subject, "body": letter.body},
                    reference=reference,
                    one_click_unsubscribe_url=letter.opt_out or None,
                )
        except APIError as error:
            return _outcome_of(error)
        return DeliveryResult(DeliveryStatus.TAKEN)

    def close(self) -> None:
        self._client.request_session.close()


def _outcome_of(error: APIError) -> DeliveryResult:
    if error.response is None:
        # The client hides what happened behind a 503 of its own.
        if _never_arrived(error):
            return DeliveryResult(DeliveryStatus.LATER, UNAVAILABLE, all_wait=True)
        return DeliveryResult(DeliveryStatus.UNKNOWN, all_wait=True)
    code = error.status_code
    if code in _NOT_ACCEPTED:
        return DeliveryResult(
            DeliveryStatus.LATER, f"GOV.UK Notify asked us to wait ({code}).", all_wait=True
        )
    if code in _OUR_SETTINGS or (code == 400 and not _names_address(error.message)):
        # Neither is a fault of the letter: somebody has to mend a setting.
        return DeliveryResult(
            DeliveryStatus.LATER, f"GOV.UK Notify refused our settings ({code}).", all_wait=True
        )
    if code == 400:
        return DeliveryResult(DeliveryStatus.REFUSED, "GOV.UK Notify refused the address.")
    return DeliveryResult(DeliveryStatus.UNKNOWN, all_wait=True)


def _never_arrived(error: APIError) -> bool:
    """Only a connection that was never made is sure to have carried nothing."""
    cause = error.__cause__
    if isinstance(cause, requests.ConnectTimeout):
        return True
    if not isinstance(cause, requests.ConnectionError):
        return False
    return "NewConnectionError" in repr(cause) or "NameResolutionError" in repr(cause)


def _names_address(said: object) -> bool:
    faults: list[object] = said if isinstance(said, list) else [said]
    words = " ".join(
        str(fault.get("message", "")) if isinstance(fault, dict) else str(fault) for fault in faults
    )
    return any(name in words for name in _WRONG_ADDRESS)


def status_of(reference: str) -> str | None:
    """What Notify knows of the letter with our reference; None if it never took one.

    Raises `APIError` if Notify cannot be asked.
    """
    found = client().get("/v2/notifications", params={"reference": reference})["notifications"]
    return str(found[0]["status"]) if found else None
