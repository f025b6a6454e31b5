"""What each message says: short words, the person's own link, signed by the unit.

The link's token is derived, never stored, so a reminder carries the same one. Call it while the
organisation's time zone is active.
"""

from dataclasses import dataclass
from email.utils import formataddr

from django.conf import settings
from django.urls import reverse

from organisations.dates import clock, day, moment
from surveys import tokens
from surveys.models import Channel, Invitation, Message, NamedSheet, Survey, SurveyUnit
from surveys.staff_messages import Links, staff_email, staff_sms
from surveys.staff_words import Kind

REMINDERS = (Message.Step.REMINDER_1, Message.Step.REMINDER_2, Message.Step.REMINDER_3)


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail or text message, ready to send; a text message is its body alone."""

    channel: Channel
    to: str
    sender: str
    subject: str
    body: str
    # The address that asks for no more of these, for the mail program's own button.
    opt_out: str = ""


def answer_link(invitation: Invitation) -> str:
    """The personal address of one member of staff."""
    token = tokens.token(purpose=tokens.Purpose.INVITATION, source=invitation.link_source)
    return f"{settings.PUBLIC_URL}/a/{token}"


def opt_out_link(invitation: Invitation) -> str:
    """The address at which this member of staff asks for no more messages, in one click."""
    token = tokens.opt_out_token(row=invitation.pk, source=invitation.link_source)
    return f"{settings.PUBLIC_URL}/stop/{token}"


def leaders_link(sheet: NamedSheet) -> str:
    """The personal address of one leader's sheet."""
    token = tokens.token(purpose=tokens.Purpose.NAMED_SHEET, source=sheet.link_source)
    return f"{settings.PUBLIC_URL}/l/{token}"


def poster_link(code: str) -> str:
    """The address on a unit's poster, the same for everyone."""
    return f"{settings.PUBLIC_URL}/q/{code}"


def kind_of(survey: Survey, step: str) -> Kind:
    """Which words a step takes."""
    if step not in REMINDERS:
        return Kind.INVITATION
    return Kind.THANKS if survey.reminds_everyone else Kind.REMINDER


def letter_of(message: Message) -> Letter | None:
    """The letter of an outbox row; None where the address is gone (erased, or never there)."""
    survey, unit, step = message.survey, message.survey_unit, Message.Step(message.step)
    channel, opt_out = Channel.EMAIL, ""
    if message.invitation is not None and unit is not None:
        contact = message.invitation.contact
        if contact is None:
            return None
        opt_out = opt_out_link(message.invitation)
        kind, links = kind_of(survey, step), Links(answer_link(message.invitation), opt_out)
        if contact.email:
            to = contact.email
            subject, body = staff_email(
                survey=survey, unit=unit, kind=kind, links=links, language=contact.language
            )
        else:
            channel, to, subject = Channel.SMS, contact.mobile, ""
            body = staff_sms(
                survey=survey, unit=unit, kind=kind, links=links, language=contact.language
            )
    elif message.named_sheet is not None and unit is not None:
        to = message.named_sheet.email
        link = leaders_link(message.named_sheet)
        subject, body = leader_text(survey=survey, unit=unit, step=step, link=link)
    elif message.user is not None:
        to = message.user.email
        subject, body = notice_text(survey=survey, unit=unit, step=step)
    else:
        return None
    if not to:
        return None
    signed = unit.unit_name if unit is not None else survey.organisation.name
    return Letter(channel, to, _sender(signed), _one_line(subject), body, opt_out)


def leader_text(
    *, survey: Survey, unit: SurveyUnit, step: Message.Step, link: str
) -> tuple[str, str]:
    """Subject and body for a leader, who answers in their own name."""
    if step in REMINDERS:
        subject = f"{survey.title}: your leaders’ sheet is still open"
        first = f"Your leaders’ sheet for {unit.unit_name} has not been sent yet."
    else:
        subject = f"{survey.title}: your leaders’ sheet"
        first = (
            f"{unit.unit_name} asks its staff if it is ready for “{survey.title}”. "
            "You lead this improvement, so please score it too."
        )
    return subject, _paragraphs(
        "Hello,",
        first,
        _improvement(survey),
        "Your own link:",
        link,
        f"Please send it by {moment(unit.closes_at)}.",
        "This sheet is in your name. The other leaders and the improvement lead see your name "
        "with your answers. The ward sees each leader’s dot and may guess whose it is.",
        _signature(survey, unit),
    )


def notice_text(*, survey: Survey, unit: SurveyUnit | None, step: Message.Step) -> tuple[str, str]:
    """Subject and body for manager and lead about the survey's life."""
    page = settings.PUBLIC_URL + reverse(
        "survey", kwargs={"slug": survey.organisation.slug, "survey_id": survey.pk}
    )
    where = f"{unit.unit_name}: {survey.title}" if unit is not None else survey.title
    closes_at = unit.closes_at if unit is not None else survey.closes_at
    if step == Message.Step.OPENED:
        subject = f"{where}: the survey is open"
        said = [
            f"The survey is open until {moment(survey.closes_at)}.",
            "Put up the poster and read the words at handover, nights too. You find both here:",
        ]
    elif step == Message.Step.CLOSES_TOMORROW:
        subject = f"{where}: the survey closes soon"
        said = [
            f"The survey closes on {day(closes_at)} at {clock(closes_at)}.",
            "Ask once more at handover. The poster and the words are here:",
        ]
    elif step == Message.Step.RESULT_READY and unit is not None:
        subject, said = _result(where, unit)
    else:
        subject = f"{where}: the count failed"
        said = [
            "The answers could not be counted. None was shown to anyone.",
            "Please tell your administrator. What happened is written here:",
        ]
    return subject, _paragraphs("Hello,", *said, page, survey.organisation.name)


def _result(where: str, unit: SurveyUnit) -> tuple[str, list[str]]:
    if unit.state == SurveyUnit.State.TOO_FEW:
        return f"{where}: too few answers", [
            f"Fewer than {unit.minimum_group} of {unit.headcount} staff answered, so the answers "
            "were deleted unopened. Nobody has seen them.",
            "What you can do now is here:",
        ]
    return f"{where}: the result is ready", [
        "You, the improvement lead and the ward see it from now on.",
        "Please talk it through with the team. It is here:",
    ]


def _improvement(survey: Survey) -> str:
    return f"The problem: {survey.problem}\nWhat would change: {survey.change}"


def _signature(survey: Survey, unit: SurveyUnit) -> str:
    return f"{unit.unit_name}\n{survey.organisation.name}"


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sender(signed: str) -> str:
    return formataddr((_one_line(signed), settings.DEFAULT_FROM_EMAIL))
