"""The API: what a token opens, page by page, and what it never does."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.actions.access_tokens import take_token_back
from organisations.models import AccessToken, Role
from reports.presenters.figures import figures
from tests.factories import OrganisationFactory, UnitFactory
from tests.published_house import House
from tests.reports.api.conftest import Program
from tests.results.payloads import payload
from tests.results.published import publish

PATHS = ["/units", "/surveys", "/snapshots", "/figures", "/initiatives", "/actions"]


def is_problem(response: Any, status: int) -> bool:
    body = response.json()
    return (
        response.status_code == status
        and response["Content-Type"] == "application/problem+json"
        and body["status"] == status
        and bool(body["detail"])
    )


@pytest.mark.parametrize("path", PATHS)
def test_without_a_valid_token_nothing_opens(house: House, program: Program, path: str) -> None:
    signed_in = Client()
    signed_in.force_login(program.token.user)
    wrong = Client(headers={"Authorization": "Bearer ffit_wrong"})
    for client in (Client(), signed_in, wrong):
        assert is_problem(client.get(program.base + path), 401)
    AccessToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert is_problem(program.get(path), 401)
    AccessToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert program.get(path).status_code == 200
    take_token_back(token=program.token, by=program.token.user)
    assert is_problem(program.get(path), 401)


@pytest.mark.parametrize("path", PATHS)
def test_a_token_opens_what_its_scopes_and_its_holder_may(
    house: House, program: Program, path: str
) -> None:
    needed = {"/snapshots": "results", "/figures": "results"}.get(path, path.strip("/"))
    needed = "improvements" if needed in ("initiatives", "actions") else needed
    others = [scope for scope in AccessToken.Scope.values if scope != needed]
    assert is_problem(Program(house, program.token.user, scopes=others).get(path), 403)
    other = OrganisationFactory.create()
    assert is_problem(program.client.get(f"/api/v1/organisations/{other.slug}{path}"), 404)
    program.token.user.memberships.update(is_active=False)
    assert is_problem(program.get(path), 404)
    program.token.user.memberships.update(is_active=True)
    type(program.token.user).objects.update(is_active=False)
    assert is_problem(program.get(path), 401)


def test_results_keep_to_reach_and_to_the_reviewers_wait(house: House) -> None:
    other_ward = Program(house, house.member(Role.MANAGER, house.ward_9))
    assert other_ward.get("/snapshots").json()["items"] == []
    assert is_problem(other_ward.get(f"/snapshots/{house.result.pk}"), 403)
    reviewer = Program(house, house.member(Role.REVIEWER))
    assert reviewer.get("/figures").json() == {"items": [], "next": None, "notices": []}
    type(house.result).objects.update(published_at=timezone.now() - timedelta(days=15))
    assert len(reviewer.get("/snapshots").json()["items"]) == 1
    editor = Program(house, house.member(Role.EDITOR))
    assert editor.get("/snapshots").json()["items"] == []


def test_a_snapshot_is_what_was_released(house: House, program: Program) -> None:
    (listed,) = program.get("/snapshots").json()["items"]
    assert listed == program.get(f"/snapshots/{house.result.pk}").json()
    assert listed["payload"] == payload()
    answer = program.get("/figures").json()
    assert answer["notices"] == [payload()["notice"]]
    rows = answer["items"]
    assert [(row["code"], row["measure"], row["option"], row["value"]) for row in rows] == [
        (figure.code, figure.measure, figure.option, figure.value) for figure in figures(payload())
    ]


def test_of_an_open_survey_it_says_no_number_of_answers(house: House, program: Program) -> None:
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=None)
    assert is_problem(program.get(f"/snapshots/{unit.pk}"), 404)
    listed = program.get("/surveys").json()["items"]
    mine = next(one for survey in listed for one in survey["units"] if one["id"] == unit.pk)
    assert set(mine) == {
        *("id", "unit_id", "unit_name", "state", "headcount", "minimum_group"),
    }


def test_of_too_few_answers_it_says_why_there_is_no_result_and_no_figure(
    house: House, program: Program
) -> None:
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"))
    snapshot = program.get(f"/snapshots/{unit.pk}").json()["payload"]
    assert (snapshot["tier"], snapshot["withheld"]) == ("too_few", "below_k")
    assert (snapshot["answered"], snapshot["sections"], snapshot["leaders"]) == (None, [], None)
    rows = [
        row for row in program.get("/figures").json()["items"] if row["survey_unit_id"] == unit.pk
    ]
    assert [(row["measure"], row["value"]) for row in rows] == [
        ("answered", None),
        ("headcount", 22),
    ]
    assert "there is no result. Their answers were deleted unopened." in rows[0]["why_not_shown"]
    states = [
        one["state"]
        for survey in program.get("/surveys").json()["items"]
        for one in survey["units"]
        if one["id"] == unit.pk
    ]
    assert states == ["too_few"]


def test_pages_follow_each_other_to_the_end(house: House, program: Program) -> None:
    for _ in range(6):
        UnitFactory.create(organisation=house.organisation)
    seen, address = [], f"{program.base}/units?limit=3"
    while address:
        page = program.client.get(address).json()
        assert len(page["items"]) <= 3
        seen += [unit["id"] for unit in page["items"]]
        address = page["next"]
    assert seen == sorted(house.organisation.units.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "query",
    ["cursor=x", "cursor=-1", "cursor=99999999999999999999", "limit=0", "limit=x"],
)
def test_a_parameter_that_cannot_be_read_is_named(program: Program, query: str) -> None:
    response = program.get(f"/units?{query}")
    assert is_problem(response, 422)
    assert query.split("=")[0] in response.json()["detail"]


def test_an_unchanged_answer_is_not_sent_again(program: Program) -> None:
    first = program.get("/figures")
    again = program.get("/figures", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_can_be_written(program: Program, path: str) -> None:
    for method in ("post", "put", "patch", "delete"):
        response = getattr(program.client, method)(program.base + path)
        assert response.status_code == 405


@pytest.mark.parametrize("path", PATHS)
def test_the_cost_does_not_grow_with_the_rows(
    house: House, program: Program, path: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        ward = UnitFactory.create(organisation=house.organisation)
        publish(organisation=house.organisation, unit=ward, payload=payload())
    with django_assert_max_num_queries(7):
        assert program.get(path).status_code == 200


def test_the_page_for_people_lists_every_address(client: Client) -> None:
    page = client.get("/api/").text
    for path in PATHS:
        assert f"/api/v1/organisations/{{slug}}{path}" in page
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")
