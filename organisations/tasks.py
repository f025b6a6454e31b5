"""What happens beside the pages: sign-in codes and invitations are sent."""

from smtplib import SMTPException

from celery import shared_task
from django.core.mail import EmailMessage

from organisations.actions.telling import forget_old_sessions, tell_invited


@shared_task(
    name="organisations.send_mail",
    autoretry_for=(SMTPException, OSError),
    retry_backoff=2,
    max_retries=4,
    expires=15 * 60,
)
def send_mail(subject: str, body: str, to: str | None) -> None:
    """One e-mail; to nobody it sends nothing, and costs the asking page just as much."""
    if to:
        EmailMessage(subject, body, to=[to]).send()


@shared_task(name="organisations.sweep")
def sweep() -> None:
    """Sends what is due and forgets what has run out."""
    tell_invited()
    forget_old_sessions()
