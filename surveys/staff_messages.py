"""A message to a member of staff: in their language, with the survey's own words, signed by the
unit. Call it while the organisation's time zone is active.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateformat import format as formatted

from surveys import gsm7
from surveys.answering_time import minutes
from surveys.models import Survey, SurveyUnit
from surveys.queries.wording import statement_count
from surveys.staff_words import WORDS, Kind, Own, Words, language_of

# As long as the real ones: for previews, tests, and the count of a text message's letters.
SAMPLE_TOKEN = "your-own-link-comes-here"  # noqa: S105 (no secret: it opens nothing)
SAMPLE_STOP = "1234567-your-own"
SHORTEST_UNIT = 6
LONGEST_UNIT = 20


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


def own_words(survey: Survey, kind: Kind, language: str) -> Own:
    """The words that may be changed, as this survey has them; `{unit}` is still in them."""
    usual = WORDS[language].own[kind]
    given = survey.message_words.get(f"{kind}:{language}")
    if given:
        return Own(given["subject"], given["opening"], given["sms"])
    title = survey.title.replace("{", "(").replace("}", ")")
    return replace(
        usual,
        subject=usual.subject.replace("{title}", title),
        opening=usual.opening.replace("{title}", title),
    )


def staff_email(
    *,
    survey: Survey,
    unit: SurveyUnit,
    kind: Kind,
    links: Links,
    language: str,
    own: Own | None = None,
) -> tuple[str, str]:
    """Subject and body; `own` are words not saved yet."""
    language = language_of(language)
    words, own = WORDS[language], own or own_words(survey, kind, language)
    choice = words.choice
    if not survey.reminds_everyone:
        choice = f"{choice} {words.no_more}"
    body = (
        words.hello,
        _of(own.opening, unit),
        words.problem.format(problem=survey.problem)
        + "\n"
        + words.change.format(change=survey.change),
        _ask(words, statement_count(survey.ward_edition_id)),
        links.answer,
        words.until.format(until=_until(unit, language)),
        words.privacy.format(k=unit.minimum_group),
        choice,
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
    own: Own | None = None,
) -> str:
    """The text message, begun with the unit's name.

    Where the site's address is long, the name and then the last sentences give way to the links.
    """
    language = language_of(language)
    words, own = WORDS[language], own or own_words(survey, kind, language)
    # A telephone knows an address without https:// too; the one that matters keeps it.
    stop = links.stop.partition("://")[2] or links.stop
    end = f" {links.answer} {words.sms_stop} {stop}"
    name = short_name(unit.unit_name)
    sentences = re.split(r"(?<=[.?!]) ", gsm7.plain(_of(own.sms, unit)))
    while sentences:
        begin = f": {' '.join(sentences)}{end}"
        room = gsm7.MOST - gsm7.length(begin)
        if room >= min(SHORTEST_UNIT, gsm7.length(name)):
            return f"{name[:room].rstrip()}{begin}"
        sentences.pop()
    return f"{name}:{end}"


def sms_length(*, survey: Survey, unit: SurveyUnit, language: str, own: Own) -> int:
    """How long the text message would be with the unit's name as short as it gets."""
    links = sample_links()
    stop = links.stop.partition("://")[2]
    name = short_name(unit.unit_name)[:SHORTEST_UNIT]
    said = gsm7.plain(_of(own.sms, unit))
    return gsm7.length(f"{name}: {said} {links.answer} {WORDS[language].sms_stop} {stop}")


def short_name(name: str) -> str:
    """`Ward 7` for `Ward 7 – care of older people`, in the letters of a text message."""
    return gsm7.plain(re.split(r" [–—-] |[,(]", name)[0])[:LONGEST_UNIT].strip()


def _ask(words: Words, statements: int) -> str:
    number = minutes(statements)
    time = words.minute if number == 1 else words.minutes
    return words.ask.format(statements=statements, time=time.format(n=number))


def _of(text: str, unit: SurveyUnit) -> str:
    return text.replace("{unit}", unit.unit_name)


def _until(unit: SurveyUnit, language: str) -> str:
    local = timezone.localtime(unit.closes_at)
    return _moment(local, language, local.year != timezone.localdate().year)


@lru_cache(maxsize=256)
def _moment(local: datetime, language: str, with_year: bool) -> str:
    """`Monday 30 November at 10:00`; the same for every letter of a batch."""
    at = "am" if language == "cy" else "at"
    with translation.override("cy" if language == "cy" else "en-gb"):
        day = formatted(local, "l j F Y" if with_year else "l j F")
    return f"{day} {at} {local:%H:%M}"
