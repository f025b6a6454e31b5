"""What each message says: short words, the person's own link, signed by the unit.

The link's token is derived, never stored, so a reminder carries the same one. Call it while the
organisation's time zone is active.
"""

from collections.abc import Sequence
from email.utils import formataddr

from django.conf import settings
from django.urls import reverse

from organisations.models import Membership, Role, User
from organisations.rules import personal_links
from organisations.words.dates import clock, day, moment
from surveys.carriers.delivery import OutgoingMessage
from surveys.models import (
    Channel,
    Contact,
    Invitation,
    Message,
    NamedResponse,
    Survey,
    SurveyUnit,
)
from surveys.models.distribution import ABOUT_DECISION, ABOUT_RESULT, NEWS, REMINDERS
from surveys.queries.decided import decided_news
from surveys.queries.leaders_forms import leaders_of
from surveys.rules import tokens
from surveys.words.improvement_messages import improvement_text
from surveys.words.news import news_email, news_sms
from surveys.words.no_result import why_no_result
from surveys.words.staff_messages import Links, staff_email, staff_sms
from surveys.words.staff_words import Kind


def answer_link(invitation: Invitation) -> str:
    """The personal address of one member of staff."""
    token = personal_links.token(
        purpose=personal_links.Purpose.INVITATION, source=invitation.link_source
    )
    return f"{settings.PUBLIC_URL}/a/{token}"


def opt_out_link(invitation: Invitation) -> str:
    """The address at which this member of staff asks for no more messages, in one click."""
    token = tokens.opt_out_token(row=invitation.pk, source=invitation.link_source)
    return f"{settings.PUBLIC_URL}/stop/{token}"


def leaders_link(sheet: NamedResponse) -> str:
    """The personal address of one leader's sheet."""
    token = personal_links.token(
        purpose=personal_links.Purpose.NAMED_RESPONSE, source=sheet.link_source
    )
    return f"{settings.PUBLIC_URL}/l/{token}"


def poster_link(code: str) -> str:
    """The address on a unit's poster, the same for everyone."""
    return f"{settings.PUBLIC_URL}/q/{code}"


def kind_of(survey: Survey, step: str) -> Kind:
    """Which words a step takes."""
    if step not in REMINDERS:
        return Kind.INVITATION
    return Kind.THANKS if survey.reminds_everyone else Kind.REMINDER


def team_page_link(unit: SurveyUnit) -> str:
    """The address of a unit's team page, the same for everyone."""
    return f"{settings.PUBLIC_URL}/w/{unit.ward_page_code}"


def letter_of(message: Message) -> OutgoingMessage | None:
    """The letter of an outbox row; None where its address or what it is about is gone."""
    if message.survey is None:
        return _about_improvements(message)
    survey, unit, step = message.survey, message.survey_unit, Message.Step(message.step)
    channel, opt_out = Channel.EMAIL, ""
    if message.invitation is not None and unit is not None:
        contact = message.invitation.contact
        if contact is None:
            return None
        opt_out = opt_out_link(message.invitation)
        unit.survey = survey
        text = _staff_text(unit, step, Links(answer_link(message.invitation), opt_out), contact)
        if text is None:
            return None
        subject, body = text
        channel = Channel.EMAIL if contact.email else Channel.SMS
        to = contact.email or contact.mobile
    elif message.named_response is not None and unit is not None:
        to = message.named_response.email
        link = leaders_link(message.named_response)
        subject, body = leader_text(survey=survey, unit=unit, step=step, link=link)
    elif message.user is not None:
        to = message.user.email
        subject, body = notice_text(survey=survey, unit=unit, step=step, reader=message.user)
    else:
        return None
    if not to:
        return None
    signed = unit.unit_name if unit is not None else survey.organisation.name
    return OutgoingMessage(channel, to, _sender(signed), _one_line(subject), body, opt_out)


def _about_improvements(message: Message) -> OutgoingMessage | None:
    user, request = message.user, message.department_request
    to = user.email if user is not None else request.email if request is not None else ""
    text = improvement_text(message) if to else None
    if text is None:
        return None
    signed = _sender(message.written_by.name)
    return OutgoingMessage(Channel.EMAIL, to, signed, _one_line(text[0]), text[1])


def _staff_text(
    unit: SurveyUnit, step: Message.Step, links: Links, contact: Contact
) -> tuple[str, str] | None:
    """Subject and body to somebody on the staff list; a text message has no subject."""
    language, is_sms = contact.language, not contact.email
    if step in NEWS:
        return news_text(unit=unit, step=step, links=links, language=language, is_sms=is_sms)
    survey, kind = unit.survey, kind_of(unit.survey, step)
    if is_sms:
        return "", staff_sms(survey=survey, unit=unit, kind=kind, links=links, language=language)
    return staff_email(survey=survey, unit=unit, kind=kind, links=links, language=language)


def news_text(
    *, unit: SurveyUnit, step: Message.Step, links: Links, language: str, is_sms: bool
) -> tuple[str, str] | None:
    """Subject and body of news after the close; None where there is no such news of this unit."""
    if step in ABOUT_RESULT and (unit.answered is None) != (step == Message.Step.TOO_FEW):
        return None
    decided = decided_news(unit, step)
    if step in ABOUT_DECISION and decided is None:
        return None
    if is_sms:
        return "", news_sms(unit=unit, step=step, links=links, language=language)
    return news_email(
        unit=unit,
        step=step,
        team_page=team_page_link(unit),
        links=links,
        decided=decided,
        language=language,
    )


def leader_text(
    *, survey: Survey, unit: SurveyUnit, step: Message.Step, link: str
) -> tuple[str, str]:
    """Subject and body for a leader, who answers in their own name."""
    together = unit.leaders_together
    if step in REMINDERS:
        subject = f"Reminder: your leaders’ form for {survey.title}"
        first = f"You have not sent your leaders’ form for {unit.unit_name} yet."
    else:
        subject = f"Your leaders’ form: {survey.title}"
        first = (
            f"{unit.unit_name} is asking its staff if the team is ready for “{survey.title}”. "
            "As a leader of this improvement, please "
            f"{'agree one leaders’ form together' if together else 'fill in the leaders’ form'}."
        )
    return subject, _paragraphs(
        "Hello,",
        first,
        _improvement(survey),
        "Use your personal link:",
        link,
        f"Please send it by {moment(unit.closes_at)}.",
        _who_sees(leaders_of(unit)) if together else _OWN_NAME,
        _signature(survey, unit),
    )


_OWN_NAME = (
    "You answer in your own name. The other leaders and the improvement lead can see "
    "your name with your answers. The team sees a mark for each leader without a name, "
    "but may guess whose it is."
)


def _who_sees(leaders: Sequence[str]) -> str:
    return (
        f"You answer together: {', '.join(leaders)}. Agree an answer to each statement and send "
        "one form, by the link of any of you. It counts for all of you. The team sees one mark "
        "for its leaders. The leaders and the improvement lead can see the names of the leaders."
    )


def notice_text(
    *, survey: Survey, unit: SurveyUnit | None, step: Message.Step, reader: User
) -> tuple[str, str]:
    """Subject and body for manager and lead about the survey's life. A query where the count has
    failed.
    """
    page = settings.PUBLIC_URL + reverse(
        "survey", kwargs={"slug": survey.organisation.slug, "survey_id": survey.pk}
    )
    where = f"{unit.unit_name}: {survey.title}" if unit is not None else survey.title
    closes_at = unit.closes_at if unit is not None else survey.closes_at
    if step == Message.Step.OPENED:
        subject = f"Survey open: {where}"
        said = [
            f"The survey is open until {moment(survey.closes_at)}.",
            "Put up the poster and read the script at every handover, including nights. Get "
            "both here:",
        ]
    elif step == Message.Step.CLOSES_TOMORROW:
        subject = f"Survey closes soon: {where}"
        said = [
            f"The survey closes on {day(closes_at)} at {clock(closes_at)}.",
            "Ask again at handover. The poster and script are here:",
        ]
    elif step == Message.Step.RESULT_READY and unit is not None:
        subject, said = _result(where, unit)
    elif step == Message.Step.POSTER_FULL:
        subject = f"Poster full: {where}"
        said = [
            "The poster cannot take any more answers. Staff can still use a personal link or a "
            "code slip.",
            "If people outside the team may have the poster, get a new poster code. The old "
            "poster then stops working. You can do both here:",
        ]
    else:
        subject = f"We could not count the answers: {where}"
        said = [
            "We could not count the answers. Nobody has seen any of them.",
            f"{_whom_to_tell(survey, reader)} See what happened:",
        ]
    return subject, _paragraphs("Hello,", *said, page, survey.organisation.name)


def _whom_to_tell(survey: Survey, reader: User) -> str:
    """An administrator is told no such thing."""
    is_one = Membership.objects.filter(
        user=reader, organisation=survey.organisation, role=Role.ADMINISTRATOR, is_active=True
    )
    return "We’ll keep trying automatically." if is_one.exists() else "Tell your administrator."


def _result(where: str, unit: SurveyUnit) -> tuple[str, list[str]]:
    if unit.state == SurveyUnit.State.TOO_FEW:
        if unit.mode == SurveyUnit.Mode.JOINT:
            why = [why_no_result(unit), "See what you can do next:"]
            return f"No result: {where}", why
        return f"No result: {where}", [
            f"Fewer than {unit.minimum_group} of {unit.headcount} staff answered, so the answers "
            "were deleted unopened. Nobody has seen them.",
            "See what you can do next:",
        ]
    return f"Result ready: {where}", [
        "You, the improvement lead and the team can now see the result.",
        "Discuss it with your team. See the result:",
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
