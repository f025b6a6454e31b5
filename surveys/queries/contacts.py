"""One person on a staff list: whether the address may still change."""

from collections.abc import Sequence

from django.db.models import Q

from surveys.models import Contact, Message, Survey
from surveys.queries.opt_outs import addresses_of, opted_out

_State = Message.State
_NOT_REACHED = (_State.FAILED, _State.RETURNED)
ASKED_FOR_NONE = "This person asked for no more messages, so we will not send any."
HAS_GONE = (
    "You cannot change this address because the invitation has been sent, and each link "
    "belongs to one person. If it went to the wrong person, remove them and add the right "
    "one. The old link will stop working."
)


def why_address_stays(contact: Contact) -> str:
    """Empty while the invitation has not reached the address. Two queries.

    Of an invitation that was sent again only a failure counts: whether it waits or was dropped
    would tell who has answered.
    """
    organisation = contact.survey_unit.survey.organisation_id
    if opted_out(organisation=organisation, addresses=addresses_of(contact)):
        return ASKED_FOR_NONE
    may_change = Q(state__in=_NOT_REACHED) | Q(state__in=Message.WAITING, again_at=None)
    invited = Message.objects.filter(
        invitation__contact=contact, step=Message.Step.INVITATION
    ).filter(may_change)
    return "" if invited.exists() else HAS_GONE


def of_others(*, survey: Survey, contact: Contact, addresses: Sequence[str]) -> bool:
    """Whether somebody else in this survey has one of these addresses."""
    others = Contact.objects.filter(survey_unit__survey=survey).exclude(pk=contact.pk)
    return others.filter(Q(email__in=addresses) | Q(mobile__in=addresses)).exists()
