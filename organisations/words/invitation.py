"""The e-mail that tells a person about a role."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from organisations.models import Membership


def invitation_mail(held: Membership) -> EmailMessage:
    """Says which role, where, and how to sign in; it carries no secret."""
    where = f"{held.unit.name}, {held.organisation.name}" if held.unit else held.organisation.name
    body = (
        f"Hello,\n\n"
        f"you now have a role in Fitness for Improvement: {held.get_role_display()}, {where}.\n\n"
        f"Sign in with this email address. We’ll email you a code each time, so you do not need a "
        f"password:\n{settings.PUBLIC_URL}{reverse('account_login')}\n\n"
        f"If you did not expect this, you can leave it.\n"
    )
    return EmailMessage(f"Your role at {held.organisation.name}", body, to=[held.user.email])
