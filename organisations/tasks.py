"""What happens beside the pages: sign-in codes and invitations are sent."""

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from organisations.actions.role_emails import send_role_emails
from organisations.actions.sessions import forget_what_ended
from organisations.actions.urgent_email import send_kept_mail, store_email
from organisations.queries.deployment import may_act


def queue_urgent_email(*, to: str, subject: str, body: str) -> bool:
    """An e-mail that somebody waits for; False while no worker can be asked, and it will be late.

    The page never talks to the mail server itself: a slow one would hold up everybody, and the
    time it takes would tell whose address is known.
    """
    mail = store_email(to=to, subject=subject, body=body)
    try:
        send_urgent_email.delay(mail.pk)
    except (OperationalError, RedisError, OSError):
        return False  # its row waits for the sweep
    return True


@shared_task(name="organisations.send_urgent_email")
def send_urgent_email(mail_id: int) -> None:
    """Sends one of them now; the sweep tries again what fails."""
    send_kept_mail(now=timezone.now(), only=mail_id)


@shared_task(name="organisations.sweep")
def sweep() -> None:
    """Sends what is due and forgets what has run out; on hold, only codes asked for since."""
    send_kept_mail(now=timezone.now())
    if may_act():
        send_role_emails()
    forget_what_ended(now=timezone.now())
