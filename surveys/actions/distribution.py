"""Whom a survey reaches by e-mail: invitations, leaders' sheets, and the plan of messages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db import connection, transaction

from organisations.audit import record
from organisations.models import Membership, User
from surveys import tokens, wall_clock
from surveys.actions.turning import NotPossible, lock_survey
from surveys.addresses import Address
from surveys.models import Channel, Contact, Invitation, Message, NamedSheet, Survey, SurveyUnit
from surveys.queries.opt_outs import opted_out

STEP_OF_DAY = {4: Message.Step.REMINDER_1, 8: Message.Step.REMINDER_2}
DAY_OF_STEP = {step: day for day, step in STEP_OF_DAY.items()}

_GIVE_TOKEN = f"UPDATE {Invitation._meta.db_table} SET token_hash = %s WHERE id = %s"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Leader:
    """Someone invited to the leaders' sheet: a member, or a pasted address."""

    name: str
    email: str
    user: User | None = None


@transaction.atomic
def invite_staff(*, survey_unit: SurveyUnit, addresses: Sequence[Address]) -> int:
    """A contact, an invitation and its planned messages for each person; how many there are.

    Nobody who asked for no messages. Rows are written in the order of the alphabet, not of the
    list.
    """
    unique = sorted({(one.email or one.mobile): one for one in addresses}.values(), key=_by_address)
    declined = opted_out(
        organisation=survey_unit.survey.organisation_id,
        addresses=[text for one in unique for text in (one.email, one.mobile)],
    )
    contacts = Contact.objects.bulk_create(
        Contact(
            survey_unit=survey_unit,
            email=one.email,
            mobile=one.mobile,
            name=one.name,
            language=one.language,
            works_nights=one.works_nights,
        )
        for one in unique
        if not declined & {one.email, one.mobile}
    )
    invitations = Invitation.objects.bulk_create(
        Invitation(
            survey_unit=survey_unit,
            contact=contact,
            channel=Channel.EMAIL if contact.email else Channel.SMS,
        )
        for contact in contacts
    )
    with connection.cursor() as cursor:
        # `bulk_update` would write one CASE with an arm for each person.
        cursor.executemany(
            _GIVE_TOKEN, [(_hash(tokens.Purpose.INVITATION, one.pk), one.pk) for one in invitations]
        )
    _plan(survey_unit, [Message(invitation=invitation) for invitation in invitations])
    return len(contacts)


@transaction.atomic
def invite_leaders(*, survey_unit: SurveyUnit, leaders: Sequence[Leader]) -> None:
    """A leaders' sheet in each one's name and its planned messages; each address once.

    A pasted address of a member is that member's sheet: it stands on their start page.
    """
    unique = sorted(
        {leader.email.lower(): leader for leader in leaders}.values(), key=attrgetter("email")
    )
    members = _members(survey_unit, [one.email.lower() for one in unique if one.user is None])
    sheets = NamedSheet.objects.bulk_create(
        NamedSheet(
            survey_unit=survey_unit,
            kind=NamedSheet.Kind.LEADERS,
            user=leader.user or members.get(leader.email.lower()),
            name=(leader.name or leader.email)[:120],
            email=leader.email.lower(),
        )
        for leader in unique
    )
    for sheet in sheets:
        sheet.token_hash = _hash(tokens.Purpose.NAMED_SHEET, sheet.pk)
    NamedSheet.objects.bulk_update(sheets, ["token_hash"])
    _plan(survey_unit, [Message(named_sheet=sheet) for sheet in sheets])


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


def _hash(purpose: tokens.Purpose, row: int) -> bytes:
    return tokens.token_hash(tokens.token(purpose=purpose, row=row))


def _plan(survey_unit: SurveyUnit, to: Iterable[Message]) -> None:
    """The invitation at opening and a reminder for each chosen day, for each of these people."""
    survey = survey_unit.survey
    reminders = wall_clock.reminders(
        opens_at=survey.opens_at,
        closes_at=survey_unit.closes_at,
        days=survey.reminder_days,
        zone=survey.organisation.zone,
    )
    steps: dict[Message.Step, datetime] = {Message.Step.INVITATION: survey.opens_at}
    steps |= {STEP_OF_DAY[day]: when for day, when in reminders.items()}
    Message.objects.bulk_create(
        Message(
            survey=survey,
            survey_unit=survey_unit,
            invitation=one.invitation,
            named_sheet=one.named_sheet,
            channel=one.invitation.channel if one.invitation else Channel.EMAIL,
            step=step,
            due_at=due_at,
        )
        for one in to
        for step, due_at in steps.items()
    )


@transaction.atomic
def skip_reminder(*, survey: Survey, step: Message.Step, by: User) -> None:
    """Takes one reminder out of the plan, for everybody; what has gone out stays so."""
    survey = lock_survey(survey.pk)
    day = DAY_OF_STEP.get(step)
    if day is None:
        raise NotPossible("Only a reminder can be skipped.")
    if day not in survey.reminder_days:
        return
    waiting = Message.objects.filter(survey=survey, step=step, state=Message.State.PLANNED)
    if not waiting.exists():
        raise NotPossible("This reminder has gone out already.")
    waiting.update(state=Message.State.DROPPED)
    survey.reminder_days = [one for one in survey.reminder_days if one != day]
    survey.save(update_fields=["reminder_days"])
    record(action="reminder skipped", on=survey, organisation=survey.organisation, by=by, day=day)
