"""What stands on the poster. Longer texts get smaller letters, never a second page."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import mark_safe

from organisations.dates import clock, day
from surveys.answering_time import in_words
from surveys.messages import poster_link
from surveys.models import Survey, SurveyUnit
from surveys.presenters.qr import qr_svg
from surveys.presenters.survey_page import shown_address
from surveys.queries.wording import statement_count


def poster_context(*, survey: Survey, unit: SurveyUnit) -> dict[str, Any]:
    """All words of the poster."""
    link = poster_link(unit.answer_code)
    code = unit.answer_code
    shown = shown_address(link).removesuffix(code) + f"{code[:4]}-{code[4:]}"
    closes = timezone.localtime(unit.closes_at)
    result = survey.result_at
    same_day = result is None or timezone.localdate(result) == closes.date()
    statements = statement_count(survey.ward_edition_id)
    return {
        "survey": survey,
        "unit": unit,
        "joint": unit.way == SurveyUnit.Way.JOINT,
        "statements": statements,
        "minutes": in_words(statements),
        "size": _size(survey.title),
        "text_size": "small" if len(survey.problem) + len(survey.change) > 240 else "usual",
        "qr": mark_safe(qr_svg(link, title="QR code", css_class="poster__qr")),  # noqa: S308 (ours)
        "address": shown,
        "closes": f"{day(closes)}, {_hour(unit)}",
        "result": "the same day" if same_day or result is None else f"on {day(result)}",
        "talk": f"{day(survey.talk_at)}, {clock(survey.talk_at)}" if survey.talk_at else "",
        "edition": f"{survey.ward_edition.name[:1].lower()}{survey.ward_edition.name[1:]}",
        "label": survey.ward_edition.label,
        "take_down": f"{closes.day} {closes:%B %Y}",
    }


def thanks_context(*, survey: Survey, unit: SurveyUnit, answered: str) -> dict[str, Any]:
    """The words of the poster afterwards; its code leads to the ward's page."""
    link = f"{settings.PUBLIC_URL}/w/{unit.ward_page_code}"
    return {
        "survey": survey,
        "unit": unit,
        "answered": answered,
        "size": _size(survey.title),
        "qr": mark_safe(qr_svg(link, title="QR code", css_class="poster__qr")),  # noqa: S308 (ours)
        "talk": f"{day(survey.talk_at)}, {clock(survey.talk_at)}" if survey.talk_at else "",
        "closed": day(unit.closes_at),
    }


def _size(title: str) -> str:
    if len(title) <= 24:
        return "large"
    return "medium" if len(title) <= 48 else "small"


def _hour(unit: SurveyUnit) -> str:
    local = timezone.localtime(unit.closes_at)
    if local.minute:
        return clock(unit.closes_at)
    return f"{local.hour % 12 or 12}{'am' if local.hour < 12 else 'pm'}"
