"""An open ward, its poster, and a personal link."""

import pytest

from surveys.models import SurveyUnit
from tests.responses.ballots import invite, open_unit


@pytest.fixture
def unit(db: None) -> SurveyUnit:
    return open_unit(unit_name="Ward 7 – care of older people", answer_code="7KX4M2PQ")


@pytest.fixture
def poster(unit: SurveyUnit) -> str:
    return f"/q/{unit.answer_code}"


@pytest.fixture
def link(unit: SurveyUnit) -> str:
    return f"/a/{invite(unit)}"
