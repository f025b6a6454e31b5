"""Fills in made-up sheets and sends them as staff would: by personal links and from the poster."""

import secrets
from collections.abc import Iterator

from demo.rules.answers import Leaning, sheets
from demo.rules.sample import LINKS_TO_TRY
from organisations.rules.personal_links import Purpose, token
from responses.actions.submission import submit_named, submit_sealed
from responses.queries import answer_page
from responses.queries.answer_page import AnswerPage
from surveys.models import Survey, SurveyUnit
from surveys.rules.form_kind import FormKind


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
    """Sends each sheet, by the personal links that nobody is offered and then from the poster.

    The poster has a room of its own: whoever tries it next should not find it full of colleagues.
    How many were acknowledged.
    """
    sent = 0
    for answers, page in zip(filled_in, _ways_in(unit), strict=False):
        if page.form_kind is FormKind.JOINT:
            outcome = submit_named(page=page, answers=answers)
        else:
            outcome = submit_sealed(page=page, secret=secrets.token_urlsafe(), answers=answers)
        sent += outcome.is_acknowledged
    return sent


def _ways_in(unit: SurveyUnit) -> Iterator[AnswerPage]:
    """The pages on which one sheet after the other can be sent."""
    for invitation in unit.invitations.order_by("pk")[LINKS_TO_TRY:]:
        if invitation.token_hash and not invitation.used:
            link = token(purpose=Purpose.INVITATION, source=invitation.link_source)
            page = answer_page.find_by_token(link)
            if page is not None:
                yield page
    while (page := answer_page.find_by_code(unit.answer_code)) is not None:
        yield page
