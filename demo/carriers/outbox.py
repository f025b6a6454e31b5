"""The demo's mail: every message is kept where `/demo` shows it, and none is sent."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from demo.models import SentMessage


def keep_message(*, channel: str, to: str, subject: str, body: str) -> None:
    """One message of another channel."""
    SentMessage.objects.create(channel=channel, to=to, subject=subject, body=body)


class OutboxBackend(BaseEmailBackend):
    """A Django mail backend that writes rows."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """One row for each recipient; the number of messages taken."""
        SentMessage.objects.bulk_create(
            SentMessage(
                channel="email", to=address, subject=str(message.subject), body=str(message.body)
            )
            for message in email_messages
            for address in message.recipients()
        )
        return len(email_messages)
