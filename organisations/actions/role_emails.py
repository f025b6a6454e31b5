"""Tells people about their roles, once each; the database says who is to be told."""

import logging
from smtplib import SMTPException

from organisations.models import Membership
from organisations.queries.people import invitations_due
from organisations.words.invitation import invitation_mail

log = logging.getLogger(__name__)


def send_role_emails(*, at_most: int = 100) -> int:
    """Sends the e-mails that are due and says how many; a failed one stays due."""
    sent = 0
    for held in invitations_due().select_related("user", "unit", "organisation")[:at_most]:
        if not Membership.objects.filter(pk=held.pk, invitation_due=True).update(
            invitation_due=False
        ):
            continue
        try:
            invitation_mail(held).send()
        except (SMTPException, OSError) as error:
            Membership.objects.filter(pk=held.pk).update(invitation_due=True)
            log.warning("invitation %s was not sent: %s", held.pk, type(error).__name__)
        else:
            sent += 1
    return sent
