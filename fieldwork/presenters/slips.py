"""What stands on a code slip."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from fieldwork.presenters.qr import qr_svg
from fieldwork.presenters.survey_page import shown_address
from instruments.rules.answering_time import in_words
from organisations.words.dates import moment
from surveys.models import Survey, SurveyUnit
from surveys.rules.tokens import printed_code
from surveys.words.messages import poster_link

A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: its code as it is typed, after what address, and to scan."""

    code: str
    address: str
    qr: SafeString


def slips_context(
    *, survey: Survey, unit: SurveyUnit, codes: list[str], statements: int
) -> dict[str, object]:
    """Pages of ten slips for a survey that asks so many statements."""
    slips = [_slip(code) for code in codes]
    return {
        "survey": survey,
        "unit": unit,
        "pages": [slips[start : start + A_PAGE] for start in range(0, len(slips), A_PAGE)],
        "number": len(slips),
        "closes": moment(unit.closes_at),
        "statements": statements,
        "minutes": in_words(statements),
        "notice": survey.version.notice,
    }


def _slip(code: str) -> Slip:
    link = poster_link(code)
    before = shown_address(link).removesuffix(code)
    svg = qr_svg(link, title="QR code", css_class="slip__qr")
    return Slip(printed_code(code), before, mark_safe(svg))  # noqa: S308 (made here, of our own address)
