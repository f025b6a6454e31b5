"""No step asks more than is agreed: every form of the register is rendered and counted.

The hours are one question: their number is a part of “Another number”.
"""

import re

import pytest
from django.test import Client

from initiatives.models import Initiative
from organisations.models import Role
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative
from tests.initiatives.actions.test_reviews import reviewed

pytestmark = pytest.mark.django_db
NO_QUESTION = {"csrfmiddlewaretoken", "seen", "typed_by", "submit", "hours_other", "q"}


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def questions_on(page: str) -> set[str]:
    main = page[page.index("<main") : page.index("</main>")]
    return set(re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', main)) - NO_QUESTION


@pytest.mark.parametrize(
    ("decision", "most"), [("continue", 3), ("start_later", 4), ("merge", 5), ("stop", 4)]
)
def test_no_review_asks_more(trust: Trust, client: Client, decision: str, most: int) -> None:
    one: Initiative = an_initiative(trust, state="active")
    for ward in (trust.ward_7, trust.ward_9):
        CommitmentFactory.create(initiative=one, unit=ward)
        other: Initiative = an_initiative(trust, state="active")
        CommitmentFactory.create(initiative=other, unit=ward)
    client.force_login(trust.member(Role.REVIEWER))
    address = trust.url(f"initiatives/{one.pk}/review?decision={decision}")
    assert 2 <= len(questions_on(client.get(address).text) - {"seen", "decision"}) <= most


def test_a_reply_is_one_question(trust: Trust, client: Client) -> None:
    review = reviewed(trust)
    client.force_login(trust.manager)
    address = trust.url(f"initiatives/{review.initiative_id}/reviews/{review.pk}/reply")
    assert questions_on(client.get(address).text) == {"reply"}


@pytest.mark.parametrize(
    ("state", "path", "most"),
    [
        ("proposed", "add", 6),
        ("proposed", "{one}/responsible", 6),
        ("proposed", "{one}/units/{unit}/hours", 1),
        ("proposed", "{one}/units/{unit}/status/start", 2),
        ("active", "{one}/units/{unit}/status/pause", 1),
        ("active", "{one}/units/{unit}/status/finish", 1),
        ("active", "{one}/units/{unit}/status/stop", 1),
        ("active", "{one}/status/stop", 1),
        ("active", "import", 2),
    ],
)
def test_no_form_asks_more(trust: Trust, client: Client, state: str, path: str, most: int) -> None:
    one: Initiative = an_initiative(trust, state=state)
    CommitmentFactory.create(initiative=one, unit=trust.ward_7)
    client.force_login(trust.lead)
    address = trust.url(f"initiatives/{path.format(one=one.pk, unit=trust.ward_7.pk)}")
    assert 1 <= len(questions_on(client.get(address).text)) <= most


def test_a_full_week_asks_one_line_more(trust: Trust, client: Client) -> None:
    client.force_login(trust.lead)
    typed = {
        "units": trust.ward_7.pk, "title": "A", "problem": "B", "change": "C", "hours": "other",
        "hours_other": "8",
    }  # fmt: skip
    page = client.post(trust.url("initiatives/add"), typed).text
    assert len(questions_on(page)) == 7
