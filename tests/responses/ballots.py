"""Open surveys with a real key, and sheets cast into them the way the answer page does it."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings

from organisations.rules import personal_links
from responses.actions.submission import SubmissionResult, submit_sealed
from responses.carriers import key_folder
from responses.models import Tally
from responses.queries.answer_page import AnswerPage, find_by_code, find_by_token
from responses.rules import ballot_box
from surveys.models import Invitation, Survey, SurveyUnit
from surveys.rules import tokens
from tests.factories import SurveyFactory, SurveyUnitFactory

ITEMS = 45
ALL_THREES = "3" * ITEMS


def give_key(survey: Survey) -> bytes:
    """A key pair for a survey that the factory opened without one."""
    private_key = ballot_box.new_private_key()
    key_folder.keep(Path(settings.KEYS_DIR), survey_id=survey.pk, private_key=private_key)
    survey.public_key = ballot_box.public_key_of(private_key)
    survey.save(update_fields=["public_key"])
    return private_key


def open_unit(**fields: Any) -> SurveyUnit:
    """An open unit of 22 posts, k = 7, whose survey has its key."""
    if "survey" not in fields:
        fields["survey"] = SurveyFactory.create()
    if fields["survey"].public_key is None:
        give_key(fields["survey"])
    return SurveyUnitFactory.create(**fields)


def invite(unit: SurveyUnit) -> str:
    """A personal link's token."""
    seed = tokens.new_link_word()
    token = personal_links.token(purpose=personal_links.Purpose.INVITATION, source=seed)
    Invitation.objects.create(
        survey_unit=unit, channel="email", seed=seed, token_hash=personal_links.token_hash(token)
    )
    return token


def page_of_link(token: str) -> AnswerPage:
    page = find_by_token(token)
    assert page is not None
    return page


def page_of_code(unit: SurveyUnit) -> AnswerPage:
    page = find_by_code(unit.answer_code)
    assert page is not None
    return page


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def answer(unit: SurveyUnit, times: int = 1, answers: str = ALL_THREES) -> None:
    """That many people answer from the poster."""
    for _ in range(times):
        outcome = submit_sealed(page=page_of_code(unit), secret=new_secret(), answers=answers)
        assert outcome is SubmissionResult.SENT


def tallied(unit: SurveyUnit) -> int:
    return sum(Tally.objects.filter(survey_unit=unit).values_list("count", flat=True))
