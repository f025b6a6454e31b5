"""One person on a survey's staff list: corrected or taken off.

A link belongs to one address. A corrected address gets a new invitation, and nothing that follows
looks at the old one: whoever moved somebody's link to an address of their own would otherwise see
by the reminders whether that person has answered (docs/adr/0038).
"""

from django.db import transaction

from organisations.actions.audit_log import record
from organisations.actions.deployment import refuse_while_held
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import User
from surveys.actions.distribution import invite_contact
from surveys.actions.locks import NotPossible, lock_survey_unit
from surveys.actions.staff import exclude, forget_taken_off
from surveys.exchange.addresses import Address
from surveys.models import Contact, Invitation, Message, Survey, SurveyUnit
from surveys.queries.contacts import of_others, why_address_stays
from surveys.queries.opt_outs import addresses_of, opted_out

_RUNNING = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN)
GONE = "Someone else has already removed this person."


@transaction.atomic
def correct_contact(*, contact: Contact, address: Address, by: User) -> bool:
    """Keeps what is said of a person; True if they get a new invitation, at a new address.

    The address can change only while the invitation has not reached the old one. Raises
    `NotPossible`, with the field it belongs to where there is one.
    """
    survey, unit = lock_survey_unit(contact.survey_unit_id)
    row = Contact.objects.select_for_update().filter(pk=contact.pk).first()
    if row is None:
        raise NotPossible(GONE)
    if unit.state not in _RUNNING:
        raise NotPossible("The survey has closed, so nothing is sent any more.")
    moves = (row.email, row.mobile) != (address.email, address.mobile)
    if moves:
        refuse_while_held()
        _check_move(survey, row, address)
    elif _described(row) == _described(address):
        return False
    if moves:
        left = {*addresses_of(row)} - {address.email, address.mobile}
        exclude(unit=unit, addresses=sorted(left))
        forget_taken_off(survey=survey, addresses=[address])
    row.email, row.mobile, row.name = address.email, address.mobile, address.name
    row.language, row.works_nights = address.language, address.works_nights
    row.save()
    if moves:
        _retire(row)
        invite_contact(survey_unit=unit, contact=row)
        if survey.state == Survey.State.OPEN:
            enqueue_on_commit("surveys.send_due_messages")
    record(
        action="contact corrected",
        on=row,
        organisation=survey.organisation,
        by=by,
        unit=unit.unit_id,
    )
    return moves


@transaction.atomic
def remove_contact(*, contact: Contact, by: User) -> None:
    """Deletes the address; the link stops working, and at most a letter on its way still goes.

    An answer that was sent stays, and nothing here asks whether there is one. Twice is once.
    """
    survey, unit = lock_survey_unit(contact.survey_unit_id)
    row = Contact.objects.select_for_update().filter(pk=contact.pk).first()
    if row is None:
        return
    _retire(row)
    exclude(unit=unit, addresses=addresses_of(row))
    record(
        action="contact removed",
        on=row,
        organisation=survey.organisation,
        by=by,
        unit=unit.unit_id,
    )
    row.delete()


def _described(one: Contact | Address) -> tuple[str, str, bool]:
    return one.name, one.language, one.works_nights


def _check_move(survey: Survey, row: Contact, address: Address) -> None:
    reason = why_address_stays(row)
    if reason:
        raise NotPossible(reason)
    wanted = [one for one in (address.email, address.mobile) if one]
    field = "email" if address.email else "mobile"
    if of_others(survey=survey, contact=row, addresses=wanted):
        raise NotPossible("Somebody else on the list has this address.", field=field)
    if opted_out(organisation=survey.organisation_id, addresses=wanted):
        raise NotPossible(
            "This address asked for no messages. The poster still reaches the person.", field=field
        )


def _retire(contact: Contact) -> None:
    """Ends an invitation in the same way whether or not it was used: no link, no more messages.

    Its row and its messages stay, so that no number on a page changes with it.
    """
    invitation = Invitation.objects.select_for_update().filter(contact=contact)
    for one in invitation:
        Message.objects.filter(invitation=one, state__in=Message.WAITING).update(
            state=Message.State.DROPPED
        )
    invitation.update(contact=None, token_hash=None)
