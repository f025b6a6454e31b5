"""What stands on a code slip."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from organisations.dates import moment
from surveys.answering_time import in_words
from surveys.messages import poster_link
from surveys.models import Survey, SurveyUnit
from surveys.presenters.qr import qr_svg
from surveys.presenters.survey_page import shown_address
from surveys.queries.wording import statement_count

A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: its code as it is typed, after what address, and to scan."""

    code: str
    address: str
    qr: SafeString


def slips_context(*, survey: Survey, unit: SurveyUnit, codes: list[str]) -> dict[str, Any]:
    """Pages of ten slips."""
    slips = [_slip(code) for code in codes]
    statements = statement_count(survey.ward_edition_id)
    return {
        "survey": survey,
        "unit": unit,
        "pages": [slips[start : start + A_PAGE] for start in range(0, len(slips), A_PAGE)],
        "number": len(slips),
        "closes": moment(unit.closes_at),
        "statements": statements,
        "minutes": in_words(statements),
    }


def _slip(code: str) -> Slip:
    link = poster_link(code)
    half = len(code) // 2
    before = shown_address(link).removesuffix(code)
    svg = qr_svg(link, title="QR code", css_class="slip__qr")
    return Slip(f"{code[:half]}-{code[half:]}", before, mark_safe(svg))  # noqa: S308 (made here, of our own address)
