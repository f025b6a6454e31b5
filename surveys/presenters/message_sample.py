"""How a message reads, for the manager: never with anybody's own link."""

from dataclasses import dataclass

from django.conf import settings

from surveys.models import Channel, Message, Survey, SurveyUnit
from surveys.models.distribution import NEWS
from surveys.queries.outbox import MessageReaders
from surveys.rules import gsm7
from surveys.words.messages import kind_of, leader_text, news_text
from surveys.words.staff_messages import sample_links, staff_email, staff_sms
from surveys.words.staff_words import WORDS, CustomText, Kind, language_of


@dataclass(frozen=True, slots=True)
class Sample:
    """One text and to whom it goes; a text message has no subject."""

    to: str
    subject: str
    body: str


def sample_texts(*, survey: Survey, step: Message.Step, readers: MessageReaders) -> list[Sample]:
    """Each text to staff that somebody gets, and the text to leaders; of the first unit."""
    if step in NEWS:
        return _news(survey, step, readers)
    found: dict[tuple[str, str], SurveyUnit] = {}
    for unit, channel, language in readers.staff:
        found.setdefault((channel, language_of(language)), unit)
    kind = kind_of(survey, step)
    samples = [
        staff_sample(
            survey=survey, unit=unit, kind=kind, language=language, sms=channel == Channel.SMS
        )
        for (channel, language), unit in sorted(found.items(), key=lambda one: one[0])
    ]
    if readers.led is not None:
        link = f"{settings.PUBLIC_URL}/l/(personal link)"
        text = leader_text(survey=survey, unit=readers.led, step=step, link=link)
        samples.append(Sample("Leaders", *text))
    return samples


def _news(survey: Survey, step: Message.Step, readers: MessageReaders) -> list[Sample]:
    """News of the first unit that has any, for each way to reach people and language."""
    found: dict[tuple[bool, str], Sample] = {}
    ways = dict.fromkeys(
        (unit, channel == Channel.SMS, language_of(tag)) for unit, channel, tag in readers.staff
    )
    for unit, is_sms, language in ways:
        if (is_sms, language) in found:
            continue
        unit.survey = survey
        text = news_text(
            unit=unit, step=step, links=sample_links(), language=language, is_sms=is_sms
        )
        if text is not None:
            found[is_sms, language] = _sample(*text, language=language, is_sms=is_sms)
    return [sample for _, sample in sorted(found.items(), key=lambda one: one[0])]


def _sample(subject: str, body: str, *, language: str, is_sms: bool) -> Sample:
    in_language = "" if language == "en-GB" else f", {WORDS[language].name}"
    if is_sms:
        length = f"{gsm7.length(body)} characters"
        return Sample(f"Staff, text message{in_language}", length, body)
    return Sample(f"Staff{in_language}", subject, body)


def staff_sample(
    *,
    survey: Survey,
    unit: SurveyUnit,
    kind: Kind,
    language: str,
    sms: bool,
    own: CustomText | None = None,
) -> Sample:
    """The e-mail or the text message to staff, with words that need not be saved yet."""
    links = sample_links()
    if sms:
        body = staff_sms(
            survey=survey, unit=unit, kind=kind, links=links, language=language, own=own
        )
        return _sample("", body, language=language, is_sms=True)
    subject, body = staff_email(
        survey=survey, unit=unit, kind=kind, links=links, language=language, own=own
    )
    return _sample(subject, body, language=language, is_sms=False)
