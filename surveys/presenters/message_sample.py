"""How a message reads, for the manager: never with anybody's own link."""

from dataclasses import dataclass

from django.conf import settings

from surveys import gsm7
from surveys.messages import kind_of, leader_text
from surveys.models import Channel, Invitation, Message, NamedSheet, Survey, SurveyUnit
from surveys.staff_messages import sample_links, staff_email, staff_sms
from surveys.staff_words import WORDS, Kind, Own, language_of


@dataclass(frozen=True, slots=True)
class Sample:
    """One text and to whom it goes; a text message has no subject."""

    to: str
    subject: str
    body: str


def sample_texts(*, survey: Survey, units: list[SurveyUnit], step: Message.Step) -> list[Sample]:
    """Each text to staff that somebody gets, and the text to leaders; of the first unit."""
    names = {unit.pk: unit for unit in units}
    rows = (
        Invitation.objects.filter(survey_unit__in=names)
        .exclude(channel=Channel.SLIP)
        .order_by("survey_unit__unit_name")
        .values_list("survey_unit", "channel", "contact__language")
    )
    found: dict[tuple[str, str], SurveyUnit] = {}
    for unit, channel, language in rows:
        found.setdefault((channel, language_of(language or "")), names[unit])
    kind = kind_of(survey, step)
    samples = [
        staff_sample(
            survey=survey, unit=unit, kind=kind, language=language, sms=channel == Channel.SMS
        )
        for (channel, language), unit in sorted(found.items(), key=lambda one: one[0])
    ]
    leaders = (
        NamedSheet.objects.filter(survey_unit__in=names, kind=NamedSheet.Kind.LEADERS)
        .order_by("survey_unit__unit_name")
        .values_list("survey_unit", flat=True)
        .first()
    )
    if leaders is not None:
        link = f"{settings.PUBLIC_URL}/l/(a link of their own)"
        text = leader_text(survey=survey, unit=names[leaders], step=step, link=link)
        samples.append(Sample("Leaders", *text))
    return samples


def staff_sample(
    *,
    survey: Survey,
    unit: SurveyUnit,
    kind: Kind,
    language: str,
    sms: bool,
    own: Own | None = None,
) -> Sample:
    """The e-mail or the text message to staff, with words that need not be saved yet."""
    links = sample_links()
    in_language = "" if language == "en-GB" else f", {WORDS[language].name}"
    if sms:
        body = staff_sms(
            survey=survey, unit=unit, kind=kind, links=links, language=language, own=own
        )
        return Sample(f"Staff, text message{in_language}", f"{gsm7.length(body)} letters", body)
    subject, body = staff_email(
        survey=survey, unit=unit, kind=kind, links=links, language=language, own=own
    )
    return Sample(f"Staff{in_language}", subject, body)
