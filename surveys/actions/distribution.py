"""Whom a survey reaches by e-mail: invitations, leaders' sheets, and the plan of messages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.db import transaction

from organisations.models import Membership, User
from organisations.rules import personal_links
from surveys.actions.plan import plan_messages
from surveys.exchange.addresses import Address
from surveys.models import Channel, Contact, Invitation, Message, NamedResponse, SurveyUnit
from surveys.queries.opt_outs import opted_out
from surveys.queries.staff import times_taken_off
from surveys.rules import tokens
from surveys.rules.form_kind import FormKind

# People written at a time: often enough for a bar to move.
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Leader:
    """Someone invited to the leaders' sheet: a member, or a pasted address."""

    name: str
    email: str
    user: User | None = None


@transaction.atomic
def invite_staff(
    *,
    survey_unit: SurveyUnit,
    addresses: Sequence[Address],
    done: Callable[[int], None] = lambda number: None,
) -> int:
    """A contact, an invitation and its planned messages for each person; how many there are.

    Nobody who asked for no messages. Rows are written in the order of the alphabet, not of the
    list; `done` is told after every few hundred how many are in.
    """
    unique = sorted({(one.email or one.mobile): one for one in addresses}.values(), key=_by_address)
    declined = opted_out(
        organisation=survey_unit.survey.organisation_id,
        addresses=[text for one in unique for text in (one.email, one.mobile)],
    )
    wanted = [one for one in unique if not declined & {one.email, one.mobile}]
    times = times_taken_off(unit=survey_unit, addresses=[_address(one) for one in wanted])
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        contacts = Contact.objects.bulk_create(
            Contact(
                survey_unit=survey_unit,
                email=one.email,
                mobile=one.mobile,
                name=one.name,
                language=one.language,
                works_nights=one.works_nights,
            )
            for one in some
        )
        _invite(survey_unit, contacts, times)
        done(first + len(some))
    return len(wanted)


@transaction.atomic
def invite_contact(*, survey_unit: SurveyUnit, contact: Contact) -> None:
    """A new invitation and its planned messages for somebody whose address was corrected."""
    times = times_taken_off(unit=survey_unit, addresses=[_address(contact)])
    _invite(survey_unit, [contact], times)


def _invite(survey_unit: SurveyUnit, contacts: Sequence[Contact], times: Mapping[str, int]) -> None:
    invitations = Invitation.objects.bulk_create(
        Invitation(
            survey_unit=survey_unit,
            contact=contact,
            channel=Channel.EMAIL if contact.email else Channel.SMS,
            **_link(
                personal_links.Purpose.INVITATION,
                survey_unit,
                _address(contact),
                times.get(_address(contact), 0),
            ),
        )
        for contact in contacts
    )
    plan_messages(survey_unit, [Message(invitation=invitation) for invitation in invitations])


@transaction.atomic
def invite_leaders(*, survey_unit: SurveyUnit, leaders: Sequence[Leader]) -> None:
    """A leaders' sheet in each one's name and its planned messages; each address once.

    A pasted address of a member is that member's sheet: it stands on their start page.
    """
    unique = sorted(
        {leader.email.lower(): leader for leader in leaders}.values(), key=attrgetter("email")
    )
    members = _members(survey_unit, [one.email.lower() for one in unique if one.user is None])
    sheets = NamedResponse.objects.bulk_create(
        NamedResponse(
            survey_unit=survey_unit,
            kind=FormKind.LEADERS,
            user=leader.user or members.get(leader.email.lower()),
            name=(leader.name or leader.email)[:120],
            email=leader.email.lower(),
            **_link(personal_links.Purpose.NAMED_RESPONSE, survey_unit, leader.email),
        )
        for leader in unique
    )
    plan_messages(survey_unit, [Message(named_response=sheet) for sheet in sheets])


def _members(survey_unit: SurveyUnit, emails: Sequence[str]) -> dict[str, User]:
    if not emails:
        return {}
    held = Membership.objects.filter(
        organisation=survey_unit.survey.organisation_id,
        is_active=True,
        user__is_active=True,
        user__email__in=emails,
    ).select_related("user")
    return {one.user.email: one.user for one in held}


def _by_address(one: Address) -> tuple[str, str]:
    return one.email, one.mobile


def _address(one: Address | Contact) -> str:
    """Where somebody's link goes."""
    return one.email or one.mobile


def _link(
    purpose: personal_links.Purpose, unit: SurveyUnit, address: str, times: int = 0
) -> dict[str, object]:
    """The fields of a new row that give it a link of its own."""
    seed = tokens.seed_of(link_word=unit.link_word, address=address, times_taken_off=times)
    token = personal_links.token(purpose=purpose, source=seed)
    return {"seed": seed, "token_hash": personal_links.token_hash(token)}
