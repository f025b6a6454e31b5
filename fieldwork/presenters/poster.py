"""What stands on the poster. Longer texts get smaller letters, never a second page."""

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import mark_safe

from fieldwork.presenters.qr import qr_svg
from fieldwork.presenters.survey_page import shown_address
from instruments.rules.answering_time import in_words
from organisations.words.dates import clock, day
from surveys.models import Survey, SurveyUnit
from surveys.rules.tokens import printed_code
from surveys.words.messages import poster_link


def poster_context(*, survey: Survey, unit: SurveyUnit, statements: int) -> dict[str, object]:
    """All words of the poster of a survey that asks so many statements."""
    link = poster_link(unit.answer_code)
    code = unit.answer_code
    closes = timezone.localtime(unit.closes_at)
    result = survey.result_at
    same_day = result is None or timezone.localdate(result) == closes.date()
    return {
        "survey": survey,
        "unit": unit,
        "joint": unit.mode == SurveyUnit.Mode.JOINT,
        "statements": statements,
        "minutes": in_words(statements),
        "size": _size(survey.title),
        "text_size": "small" if len(survey.problem) + len(survey.change) > 240 else "usual",
        "qr": mark_safe(qr_svg(link, title="QR code", css_class="poster__qr")),  # noqa: S308 (ours)
        "before": shown_address(link).removesuffix(code),
        "code": printed_code(code),
        "closes": f"{day(closes)}, {_hour(unit)}",
        "result": "the same day" if same_day or result is None else f"on {day(result)}",
        "talk": f"{day(survey.debrief_at)}, {clock(survey.debrief_at)}"
        if survey.debrief_at
        else "",
        "edition": f"{survey.ward_edition.name[:1].lower()}{survey.ward_edition.name[1:]}",
        "label": survey.ward_edition.label,
        "instrument": survey.version.title,
        "notice": survey.version.notice,
        "take_down": f"{closes.day} {closes:%B %Y}",
    }


def thanks_context(*, survey: Survey, unit: SurveyUnit, answered: str) -> dict[str, object]:
    """The words of the poster afterwards; its code leads to the ward's page."""
    link = f"{settings.PUBLIC_URL}/w/{unit.ward_page_code}"
    return {
        "survey": survey,
        "unit": unit,
        "answered": answered,
        "size": _size(survey.title),
        "qr": mark_safe(qr_svg(link, title="QR code", css_class="poster__qr")),  # noqa: S308 (ours)
        "talk": f"{day(survey.debrief_at)}, {clock(survey.debrief_at)}"
        if survey.debrief_at
        else "",
        "closed": day(unit.closes_at),
        "instrument": survey.version.title,
        "notice": survey.version.notice,
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
