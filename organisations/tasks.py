"""What happens beside the pages: sign-in codes and invitations are sent."""

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from organisations.actions.quick_mail import keep_mail, send_kept_mail
from organisations.actions.telling import forget_old_sessions, tell_invited


def send_soon(*, to: str, subject: str, body: str) -> bool:
    """An e-mail that somebody waits for; False while no worker can be asked, and it will be late.

    The page never talks to the mail server itself: a slow one would hold up everybody, and the
    time it takes would tell whose address is known.
    """
    mail = keep_mail(to=to, subject=subject, body=body)
    try:
        send_quick_mail.delay(mail.pk)
    except (OperationalError, RedisError, OSError):
        return False  # its row waits for the sweep
    return True


@shared_task(name="organisations.send_quick_mail")
def send_quick_mail(mail_id: int) -> None:
    """Sends one of them now; the sweep tries again what fails."""
    send_kept_mail(now=timezone.now(), only=mail_id)


@shared_task(name="organisations.sweep")
def sweep() -> None:
    """Sends what is due and forgets what has run out."""
    send_kept_mail(now=timezone.now())
    tell_invited()
    forget_old_sessions()
