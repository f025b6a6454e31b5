"""Tells people about their roles, once each; the database says who is to be told."""

import logging
from smtplib import SMTPException

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from organisations.invitation import invitation_mail
from organisations.models import Membership
from organisations.queries.people import invitations_due

log = logging.getLogger(__name__)


def tell_invited(*, at_most: int = 100) -> int:
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


@transaction.atomic
def forget_old_sessions() -> None:
    """Deletes sessions that have run out; they hold the e-mail of whoever asked for a code."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
