"""No more messages, for anybody who asks: at once, for good, and without keeping the address."""

from django.db import transaction

from organisations.actions.audit_log import record
from surveys.models import Invitation, Message, OptOut
from surveys.queries.opt_outs import addresses_of
from surveys.rules import tokens


@transaction.atomic
def opt_out(*, invitation: Invitation) -> bool:
    """Stops what is planned for this person, now and in every later survey of the organisation.

    False if their address is erased already: then there is nothing left to write to.
    """
    organisation = invitation.survey_unit.survey.organisation
    hashes = _hashes(invitation)
    if not hashes:
        return False
    known = OptOut.objects.filter(address_hash__in=hashes).count()
    OptOut.objects.bulk_create(
        (OptOut(address_hash=one, organisation=organisation) for one in hashes),
        ignore_conflicts=True,
    )
    Message.objects.filter(invitation=invitation, state__in=Message.WAITING).update(
        state=Message.State.DROPPED
    )
    if known < len(hashes):
        record(
            action="messages declined",
            on=invitation.survey_unit.survey,
            organisation=organisation,
            by=None,
        )
    return True


@transaction.atomic
def opt_in(*, invitation: Invitation) -> None:
    """Takes it back; what was dropped meanwhile stays so."""
    gone, _ = OptOut.objects.filter(address_hash__in=_hashes(invitation)).delete()
    if gone:
        survey = invitation.survey_unit.survey
        record(action="messages wanted again", on=survey, organisation=survey.organisation, by=None)


def _hashes(invitation: Invitation) -> list[bytes]:
    return [
        tokens.address_hash(organisation=invitation.survey_unit.survey.organisation_id, address=one)
        for one in addresses_of(invitation.contact)
    ]
