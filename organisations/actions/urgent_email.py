"""E-mails that somebody waits for at a page: kept in a row until a worker sent them, or for 10
minutes.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db.models import Q

from organisations.models import UrgentEmail

log = logging.getLogger(__name__)

# As long as a sign-in code counts: later it would only puzzle.
KEPT_FOR = timedelta(minutes=10)
# Longer than an exchange with a mail server: whoever took the row and is not done by then died.
LEASE = timedelta(minutes=1)


def store_email(*, to: str, subject: str, body: str) -> UrgentEmail:
    """Keeps an e-mail to be sent at once; to nobody (`""`) it costs the same and is never sent."""
    return UrgentEmail.objects.create(to=to, subject=subject, body=body)


def send_kept_mail(*, now: datetime, only: int | None = None) -> int:
    """Sends what waits, or only this one, and says how many; what is too old is forgotten.

    A refusal leaves the row for the next round. A worker that dies after the bytes went sends the
    same code once more, which does no harm.
    """
    UrgentEmail.objects.filter(made_at__lt=now - KEPT_FOR).delete()
    free = UrgentEmail.objects.filter(Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE))
    if only is not None:
        free = free.filter(pk=only)
    sent = 0
    for mail in free.order_by("pk"):
        if not free.filter(pk=mail.pk).update(claimed_at=now):
            continue
        try:
            if mail.to:
                EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
        except (SMTPException, OSError) as error:
            UrgentEmail.objects.filter(pk=mail.pk).update(claimed_at=None)
            log.warning("an e-mail waits for the mail server: %s", type(error).__name__)
        else:
            mail.delete()
            sent += bool(mail.to)
    return sent
