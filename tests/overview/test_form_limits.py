"""No step asks more than is agreed: every form of the register is rendered and counted.

The hours are one question: their number is a part of “Another number”.
"""

import re

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Idea, Initiative, Measure, SmallTest
from organisations.models import Role
from surveys.models import SurveyUnit
from tests.debriefs.views.test_action_list import act
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative
from tests.initiatives.actions.test_reviews import reviewed
from tests.initiatives.asking import ask
from tests.published_house import House

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
        ("active", "{one}/checks/1", 1),
        ("active", "{one}/units/{unit}/measures/add", 3),
        ("active", "{one}/units/{unit}/measures/watch", 3),
        ("active", "{one}/units/{unit}/measures/{measure}/add", 3),
        ("active", "{one}/units/{unit}/measures/{measure}/paste", 1),
        ("active", "{one}/units/{unit}/measures/{measure}/restart", 2),
        ("active", "{one}/units/{unit}/tests/add", 3),
        ("active", "{one}/units/{unit}/tests/{test}", 3),
        ("active", "{one}/units/{unit}/requests/add", 3),  # the day is set, in a fold
    ],
)
def test_no_form_asks_more(trust: Trust, client: Client, state: str, path: str, most: int) -> None:
    one: Initiative = an_initiative(trust, state=state)
    CommitmentFactory.create(initiative=one, unit=trust.ward_7)
    on = {"initiative": one, "unit": trust.ward_7, "added_by": trust.lead}
    keys = {
        "one": one.pk,
        "unit": trust.ward_7.pk,
        "measure": Measure.objects.create(name="Falls", every="week", better="less", **on).pk,
        "test": SmallTest.objects.create(
            number=1, what="A sign", expects="Fewer", until=timezone.localdate(), **on
        ).pk,
    }
    trust.member(Role.REVIEWER)  # whom a request can go to
    client.force_login(trust.lead)
    address = trust.url(f"initiatives/{path.format(**keys)}")
    assert 1 <= len(questions_on(client.get(address).text)) <= most


@pytest.mark.parametrize(("path", "asks"), [("close", {"state", "outcome"}), ("move", {"due_on"})])
def test_closing_an_action_is_two_questions_and_moving_it_one(
    house: House, client: Client, path: str, asks: set[str]
) -> None:
    action = act(house, house.result, "Hang up a sheet", 3)
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    page = client.get(f"{house.address()}plan/actions/{action.pk}/{path}").text
    assert questions_on(page) == asks


@pytest.mark.parametrize("answer", ["yes", "no", "not_ours"])
def test_answering_a_request_is_a_choice_and_one_question(
    trust: Trust, client: Client, answer: str
) -> None:
    one = ask(trust)
    address = f"/ask/{one.link_token}"
    assert questions_on(client.get(address).text) == set()
    assert len(questions_on(client.get(f"{address}?answer={answer}").text)) == 1


def test_answering_an_idea_is_a_choice_and_why(trust: Trust, client: Client) -> None:
    today = timezone.localdate()
    idea = Idea.objects.create(unit=trust.ward_7, words="Quieter bins", shown_on=today)
    client.force_login(trust.manager)
    page = client.get(trust.url(f"ideas/{idea.pk}")).text
    assert questions_on(page) == {"answer", "words"}


def test_an_action_from_an_idea_is_three_questions_and_closing_the_box_too(
    house: House, client: Client
) -> None:
    today = timezone.localdate()
    idea = Idea.objects.create(
        unit=house.ward_7, words="Quieter bins", shown_on=today, answer="do", answered_on=today
    )
    client.force_login(house.member(Role.LEAD))
    ideas = f"/o/{house.organisation.slug}/ideas/"
    assert questions_on(client.get(f"{ideas}{idea.pk}/act").text) == {"what", "owner", "due_on"}
    assert questions_on(client.get(f"{ideas}close").text) == {"unit", "until", "why"}


def test_a_full_week_asks_one_line_more(trust: Trust, client: Client) -> None:
    client.force_login(trust.lead)
    typed = {
        "units": trust.ward_7.pk, "title": "A", "problem": "B", "change": "C", "hours": "other",
        "hours_other": "8",
    }  # fmt: skip
    page = client.post(trust.url("initiatives/add"), typed).text
    assert len(questions_on(page)) == 7


def test_if_it_is_still_done_is_one_question(trust: Trust, client: Client) -> None:
    one: Initiative = an_initiative(trust, state="finished")
    CommitmentFactory.create(initiative=one, unit=trust.ward_7)
    client.force_login(trust.manager)
    address = trust.url(f"initiatives/{one.pk}/units/{trust.ward_7.pk}/still-done")
    assert questions_on(client.get(address).text) == {"answer"}


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("limits/", 4),
        ("units/{unit}/limits", 2),
        ("settings/departments/add", 2),
    ],
)
def test_settings_ask_no_more(trust: Trust, client: Client, path: str, most: int) -> None:
    client.force_login(trust.member(Role.ADMINISTRATOR))
    address = trust.url(path.format(unit=trust.ward_7.pk))
    assert 1 <= len(questions_on(client.get(address).text)) <= most


def test_a_decision_without_a_survey_is_a_choice_and_why(trust: Trust, client: Client) -> None:
    one: Initiative = an_initiative(trust)
    CommitmentFactory.create(initiative=one, unit=trust.ward_7)
    client.force_login(trust.manager)
    address = trust.url(f"initiatives/{one.pk}/units/{trust.ward_7.pk}/decide")
    assert questions_on(client.get(address).text) == {"choice", "reason"}


def test_launching_asks_one_thing_more_than_the_survey_needs(trust: Trust, client: Client) -> None:
    """The hours, which are set from the register where it knows them."""
    one: Initiative = an_initiative(trust)
    CommitmentFactory.create(initiative=one, unit=trust.ward_7, hours_a_week=3)
    client.force_login(trust.manager)
    new, known = (
        client.get(trust.url(f"surveys/launch{query}")).text
        for query in ("", f"?initiative={one.pk}&unit={trust.ward_7.pk}")
    )
    about_register = {name for name in questions_on(new) if "hours" in name or "why" in name}
    assert about_register == {"hours"}
    assert " checked" not in _question(new, "hours")
    assert re.search(r'value="3"[^>]* checked', _question(known, "hours"))


def _question(page: str, name: str) -> str:
    return "".join(re.findall(rf'<input[^>]* name="{name}"[^>]*>', page))


def test_an_action_asks_no_more(house: House, client: Client) -> None:
    its = act(house, house.result, "Count noise", 5)
    SurveyUnit.objects.filter(pk=house.result.pk).update(debriefed_at=timezone.now())
    client.force_login(house.member(Role.LEAD))
    plan = f"{house.address()}plan/"
    adds = client.get(f"{plan}priorities/{its.priority_id}/act").text
    assert 3 <= len(_without_date_parts(questions_on(adds))) <= 4
    changes = client.get(f"{plan}actions/{its.pk}").text
    closes = _without_date_parts(questions_on(changes)) - _without_date_parts(questions_on(adds))
    assert closes == {"state", "outcome"}


def _without_date_parts(names: set[str]) -> set[str]:
    return {re.sub(r"_(day|month|year)$", "", name) for name in names}
