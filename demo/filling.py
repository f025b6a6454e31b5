"""Fills in made-up sheets and sends them as from the poster."""

import secrets

from demo.answers import Leaning, sheets
from surveys.actions.answering import cast_sheet, send_named_sheet
from surveys.models import Survey, SurveyUnit
from surveys.queries import answer_page


def made_up(survey: Survey, *, seed: int, number: int, leanings: tuple[Leaning, ...]) -> list[str]:
    """Sheets for the survey's version; a version of other sections gets the first leaning."""
    version = survey.version
    sizes = [section.items.count() for section in version.sections.all()]
    return sheets(
        seed=seed,
        number=number,
        leanings=leanings if len(sizes) == len(leanings) else leanings[:1] * len(sizes),
        sizes=sizes,
        options=version.scale_maximum - version.scale_minimum + 1,
    )


def send_all(unit: SurveyUnit, filled_in: list[str]) -> int:
    """Sends each sheet as from the poster; how many were acknowledged."""
    sent = 0
    for answers in filled_in:
        page = answer_page.find_by_code(unit.answer_code)
        if page is None:
            break
        if page.sheet is answer_page.Sheet.JOINT:
            outcome = send_named_sheet(page=page, answers=answers)
        else:
            outcome = cast_sheet(page=page, secret=secrets.token_urlsafe(), answers=answers)
        sent += outcome.is_acknowledged
    return sent
