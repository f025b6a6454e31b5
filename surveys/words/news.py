"""A message after the close, to somebody on the staff list. It is the same for everyone with their
language, whether they answered or not. Call it while the organisation's time zone is active.
"""

from django.utils import timezone

from initiatives.models import Decision
from surveys.models import Message, SurveyUnit
from surveys.queries.decided import DecidedNews
from surveys.rules.text_message import TextMessage
from surveys.words.news_words import WORDS, NewsWords
from surveys.words.staff_messages import Links, local_moment
from surveys.words.staff_words import language_of


def news_email(
    *,
    unit: SurveyUnit,
    step: Message.Step,
    team_page: str,
    links: Links,
    decided: DecidedNews | None,
    language: str,
) -> tuple[str, str]:
    """Subject and body; it leads to the team page, and stops messages with one link."""
    survey, language = unit.survey, language_of(language)
    words = WORDS[language]
    if step == Message.Step.RESULT:
        said = _result(words, unit, team_page, language)
    elif step == Message.Step.TOO_FEW:
        said = _too_few(words, unit, team_page, language)
    else:
        said = [*_decided(words, unit, step, decided), team_page, words.last]
    body = (
        words.hello,
        *said,
        words.stop.format(stop=links.stop),
        f"{unit.unit_name}\n{survey.organisation.name}",
    )
    return words.subject[step].format(title=survey.title), "\n\n".join(body) + "\n"


def news_sms(*, unit: SurveyUnit, step: Message.Step, links: Links, language: str) -> str:
    """The text message; its one link leads to the team page, where messages can be stopped."""
    words, organisation = WORDS[language_of(language)], unit.survey.organisation
    ask = words.sms_ask[step]
    return TextMessage(
        organisation=organisation.name_in_texts,
        unit=unit.unit_name,
        said=words.sms[step],
        ask=ask,
        ask_less=ask,
        link=links.answer,
        said_less=words.sms_less[step],
    ).fitted()


def _result(words: NewsWords, unit: SurveyUnit, team_page: str, language: str) -> list[str]:
    return [
        words.answered.format(n=unit.answered, title=unit.survey.title, unit=unit.unit_name),
        words.same,
        team_page,
        _debrief(unit, words.debrief, words.no_debrief, language),
        words.own_choice,
    ]


def _too_few(words: NewsWords, unit: SurveyUnit, team_page: str, language: str) -> list[str]:
    survey = unit.survey
    said = [
        words.too_few.format(k=unit.minimum_group, title=survey.title, unit=unit.unit_name),
    ]
    if unit.state == SurveyUnit.State.TOO_FEW:
        said.append(words.too_few_unopened)
    debrief = _debrief(unit, words.too_few_debrief, words.too_few_no_debrief, language)
    return [*said, words.too_few_thanks, debrief, words.more, team_page]


def _debrief(unit: SurveyUnit, dated: str, undated: str, language: str) -> str:
    survey = unit.survey
    if survey.debrief_at is None or survey.debrief_at <= timezone.now():
        return undated.format(title=survey.title)
    return dated.format(title=survey.title, moment=local_moment(survey.debrief_at, language))


def _decided(
    words: NewsWords, unit: SurveyUnit, step: Message.Step, decided: DecidedNews | None
) -> list[str]:
    """Up to the sentence before the team page's address."""
    names = {"title": unit.survey.title, "unit": unit.unit_name}
    why = [words.why.format(why=decided.reason)] if decided and decided.reason else []
    if step == Message.Step.STOPPED:
        return [words.stopped.format(**names), *why, words.stays]
    said = [words.choice[decided.choice].format(**names)] if decided else []
    replies = decided.replies if decided else ()
    answers = [
        words.reply.format(
            name=one["name"] or words.other,
            choice=Decision.Choice(one["choice"]).label.lower(),
            reply=one["reply"],
        )
        for one in replies
    ]
    chosen = [f"- {title}" for title in decided.priorities] if decided else []
    first = ["\n".join((words.priorities, *chosen))] if chosen else []
    return [*said, *why, *answers, *first, words.actions]
