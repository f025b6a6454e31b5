"""A message to a member of staff: in their language, with the survey's own words, signed by the
unit. Call it while the organisation's time zone is active.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateformat import format as formatted

from instruments.queries.wording import statement_count
from instruments.rules.answering_time import minutes
from surveys.models import Survey, SurveyUnit
from surveys.rules.text_message import TextMessage
from surveys.words.staff_words import WORDS, CustomText, Kind, Words, language_of

# As long as the real ones: for previews, tests, and the count of a text message's letters.
SAMPLE_TOKEN = "your-own-link-comes-here"  # noqa: S105 (no secret: it opens nothing)
SAMPLE_STOP = "1234567-your-own"


@dataclass(frozen=True, slots=True)
class Links:
    """The two addresses in a message: to answer, and to get no more messages."""

    answer: str
    stop: str


def sample_links() -> Links:
    """Addresses as long as real ones that open nothing."""
    return Links(
        f"{settings.PUBLIC_URL}/a/{SAMPLE_TOKEN}", f"{settings.PUBLIC_URL}/stop/{SAMPLE_STOP}"
    )


def custom_text(survey: Survey, kind: Kind, language: str) -> CustomText:
    """The words that may be changed, as this survey has them; `{unit}` is still in them."""
    usual = WORDS[language].own[kind]
    given = survey.message_words.get(f"{kind}:{language}")
    if given:
        return CustomText(given["subject"], given["opening"], given["sms"])
    title = survey.title.replace("{", "(").replace("}", ")")
    sms = usual.sms
    if "{time}" in sms:
        sms = sms.replace("{time}", _time(WORDS[language], statement_count(survey.ward_edition_id)))
    return CustomText(
        usual.subject.replace("{title}", title), usual.opening.replace("{title}", title), sms
    )


def staff_email(
    *,
    survey: Survey,
    unit: SurveyUnit,
    kind: Kind,
    links: Links,
    language: str,
    own: CustomText | None = None,
) -> tuple[str, str]:
    """Subject and body; `own` are words not saved yet."""
    language = language_of(language)
    words, own = WORDS[language], own or custom_text(survey, kind, language)
    statements = statement_count(survey.ward_edition_id)
    choice = words.choice
    if not survey.reminds_everyone:
        choice = f"{choice} {words.no_more}"
    body = (
        words.hello,
        _of(own.opening, unit),
        words.problem.format(problem=survey.problem)
        + "\n"
        + words.change.format(change=survey.change),
        words.ask.format(statements=statements, time=_time(words, statements)),
        links.answer,
        words.until.format(until=local_moment(unit.closes_at, language)),
        words.privacy.format(k=unit.minimum_group),
        choice,
        words.news,
        words.stop.format(stop=links.stop),
        f"{unit.unit_name}\n{survey.organisation.name}",
    )
    return _of(own.subject, unit), "\n\n".join(body) + "\n"


def staff_sms(
    *,
    survey: Survey,
    unit: SurveyUnit,
    kind: Kind,
    links: Links,
    language: str,
    own: CustomText | None = None,
) -> str:
    """The text message: who asks, what it is, how long it takes and by when, with one link.

    The page behind the link stops messages too.
    """
    return _text_message(survey, unit, kind, links, language, own).fitted()


def sms_over(
    *, survey: Survey, unit: SurveyUnit, kind: Kind, language: str, own: CustomText
) -> int:
    """By how many letters the text message is too long, with its names as short as they get."""
    return _text_message(survey, unit, kind, sample_links(), language, own).over()


def _text_message(
    survey: Survey,
    unit: SurveyUnit,
    kind: Kind,
    links: Links,
    language: str,
    own: CustomText | None,
) -> TextMessage:
    language = language_of(language)
    words, own = WORDS[language], own or custom_text(survey, kind, language)
    return TextMessage(
        organisation=survey.organisation.name_in_texts,
        unit=unit.unit_name,
        said=_of(own.sms, unit),
        ask=_answer_by(unit, language),
        ask_less=words.sms_ask_less,
        link=links.answer,
    )


def _answer_by(unit: SurveyUnit, language: str) -> str:
    """The last whole day for answering, or the time at which it closes where that day is past."""
    words, closes = WORDS[language], timezone.localtime(unit.closes_at)
    last = closes.date() - timedelta(days=1)
    if last < timezone.localdate():
        return words.sms_ask_today.format(time=_clock(closes, words))
    with translation.override("cy" if language == "cy" else "en-gb"):
        return words.sms_ask.format(day=formatted(last, "j M"))


def _clock(local: datetime, words: Words) -> str:
    """`10am`, `2:30pm`, `midday`, `midnight`."""
    if local.minute == 0 and local.hour in (0, 12):
        return words.midday if local.hour else words.midnight
    minute = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minute}{words.am if local.hour < 12 else words.pm}"


def _time(words: Words, statements: int) -> str:
    """`8 minutes`."""
    number = minutes(statements)
    return (words.minute if number == 1 else words.minutes).format(n=number)


def _of(text: str, unit: SurveyUnit) -> str:
    return text.replace("{unit}", unit.unit_name)


def local_moment(moment: datetime, language: str) -> str:
    """`Monday 30 November at 10am` in a language that we write in."""
    local = timezone.localtime(moment)
    return _moment(local, language, local.year != timezone.localdate().year)


@lru_cache(maxsize=256)
def _moment(local: datetime, language: str, with_year: bool) -> str:
    """The same for every letter of a batch."""
    at = "am" if language == "cy" else "at"
    with translation.override("cy" if language == "cy" else "en-gb"):
        day = formatted(local, "l j F Y" if with_year else "l j F")
    return f"{day} {at} {_clock(local, WORDS[language])}"
