"""A unit's result for its manager, its lead and senior reviewers, and the list of results."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Membership, Role
from reports.presenters import kept_parts
from scoring.models import Snapshot
from surveys.models import NamedSheet, SurveyUnit
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.reports.conftest import House
from tests.reports.payloads import leaders, payload
from tests.reports.published import add_leaders, publish

NAMES = ("Ann Lee", "Bo Khan", "Cy Ortiz", "Di Moss")


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def result_part(page: str) -> str:
    """The result itself, without header, addresses, what only some get, and small print."""
    start = page.index('<h1 class="app-result__name')
    ends = [page.find(mark, start) for mark in ('<section class="app-result-box', "<footer")]
    part = page[start : min(end for end in ends if end > 0)].strip()
    return re.sub(r'href="[^"]*"', "", part)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD])
def test_manager_and_lead_see_what_the_ward_sees(house: House, client: Client, role: Role) -> None:
    ward = client.get("/w/ward-7-unguessable").content.decode()
    page = signed_in(client, house.member(role, house.ward_7)).get(house.address())
    assert page.status_code == 200
    assert result_part(page.content.decode()) == result_part(ward)


def test_the_lead_gets_leaders_names_and_the_ward_pages_link(house: House, client: Client) -> None:
    page = signed_in(client, house.member(Role.LEAD)).get(house.address()).content.decode()
    for name in NAMES:
        assert name in page
    assert "/w/ward-7-unguessable" in page
    assert 'aria-label="QR code of the ward’s page"' in page


def test_a_manager_sees_leaders_names_only_as_one_of_them(house: House, client: Client) -> None:
    manager = house.member(Role.MANAGER, house.ward_7)
    signed_in(client, manager)
    assert "Ann Lee" not in client.get(house.address()).content.decode()
    NamedSheet.objects.filter(name="Ann Lee").update(user=manager)
    assert "Bo Khan" in client.get(house.address()).content.decode()


def test_leading_another_unit_shows_no_names_here(house: House, client: Client) -> None:
    user = house.member(Role.MANAGER, house.ward_7)
    MembershipFactory.create(
        user=user, organisation=house.organisation, role=Role.LEAD, unit=house.ward_9
    )
    page = signed_in(client, user).get(house.address()).content.decode()
    assert "Ann Lee" not in page


def test_leaders_who_sent_nothing_are_not_named(house: House, client: Client) -> None:
    NamedSheet.objects.filter(name="Ann Lee").update(answers="")
    page = signed_in(client, house.member(Role.LEAD)).get(house.address()).content.decode()
    assert "Ann Lee" not in page
    assert "Bo Khan" in page


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EDITOR])
def test_other_roles_are_refused(house: House, client: Client, role: Role) -> None:
    signed_in(client, house.member(role))
    assert client.get(house.address()).status_code == 403
    assert client.get(house.results).status_code == 403


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD, Role.REVIEWER])
def test_another_unit_is_refused(house: House, client: Client, role: Role) -> None:
    signed_in(client, house.member(role, house.ward_9))
    assert client.get(house.address()).status_code == 403
    assert "Ward 7" not in client.get(house.results).content.decode()


def test_a_former_member_and_a_stranger_get_404(house: House, client: Client) -> None:
    former = house.member(Role.LEAD)
    Membership.objects.filter(user=former).update(is_active=False)
    stranger = MembershipFactory.create(role=Role.LEAD).user
    for user in (former, stranger):
        signed_in(client, user)
        assert client.get(house.address()).status_code == 404
        assert client.get(house.results).status_code == 404


def test_another_organisations_result_is_404_in_ones_own(house: House, client: Client) -> None:
    foreign = OrganisationFactory.create(slug="foreign")
    lead = MembershipFactory.create(organisation=foreign, role=Role.LEAD).user
    signed_in(client, lead)
    assert client.get(f"/o/foreign/results/{house.result.pk}/").status_code == 404


def test_signed_out_people_are_sent_to_sign_in(house: House, client: Client) -> None:
    for address in (house.address(), house.results):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/account/login" in answer["Location"]


@pytest.mark.parametrize(("days", "status"), [(0, 403), (13.9, 403), (14, 200), (40, 200)])
def test_reviewers_wait_fourteen_days(
    house: House, client: Client, days: float, status: int
) -> None:
    unit = publish(
        organisation=house.organisation, unit=house.ward_9, payload=payload(), days_ago=days
    )
    signed_in(client, house.member(Role.REVIEWER))
    answer = client.get(house.address(unit))
    assert answer.status_code == status
    assert "3.6" not in answer.content.decode() or status == 200
    assert "ward page" not in answer.content.decode()
    assert f"/w/{unit.ward_page_code}" not in answer.content.decode()


def test_the_unit_page_takes_six_queries_for_a_lead(
    house: House, client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    signed_in(client, house.member(Role.LEAD))
    client.get(house.address())  # the version's layout is known from now on
    with django_assert_num_queries(6):
        client.get(house.address())


def test_below_k_only_manager_and_lead_may_ask_again(house: House, client: Client) -> None:
    unit = publish(
        organisation=house.organisation,
        unit=house.ward_9,
        payload=payload("too_few", headcount=20),
        days_ago=20,
        headcount=20,
    )
    again = f"/o/{house.organisation.slug}/surveys/launch?repeat={unit.survey_id}"
    for role, may in ((Role.MANAGER, True), (Role.LEAD, True), (Role.REVIEWER, False)):
        page = signed_in(client, house.member(role)).get(house.address(unit)).content.decode()
        assert "Fewer than 7 of 20 had answered" in page
        assert (again in page) is may


def test_before_publication_the_manager_sees_when_it_comes(house: House, client: Client) -> None:
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=None)
    page = signed_in(client, house.member(Role.MANAGER)).get(house.address(unit)).content.decode()
    assert "The survey is still open" in page
    assert "3.6" not in page


def test_the_list_is_by_name_with_states(house: House, client: Client) -> None:
    few = UnitFactory.create(organisation=house.organisation, name="Ward 10")
    publish(organisation=house.organisation, unit=few, payload=payload("too_few"))
    publish(organisation=house.organisation, unit=house.ward_9, payload=None)
    gone = UnitFactory.create(organisation=house.organisation, name="Ward 2")
    publish(
        organisation=house.organisation,
        unit=gone,
        payload=None,
        state=SurveyUnit.State.CANCELLED,
    )
    page = signed_in(client, house.member(Role.LEAD)).get(house.results).content.decode()
    assert re.findall(r"Ward \d+", re.sub(r"<[^>]+>", "", page)) == ["Ward 7", "Ward 9", "Ward 10"]
    for words in ("No result: too few answered", "Result ready", "Open until"):
        assert words in page
    assert "3.6" not in page


def test_a_reviewers_list_says_from_when(house: House, client: Client) -> None:
    publish(organisation=house.organisation, unit=house.ward_9, payload=None)
    page = signed_in(client, house.member(Role.REVIEWER)).get(house.results).content.decode()
    assert "You can read it from" in page
    assert house.address() not in page
    assert "Ward 9" not in page


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.MANAGER, "Launch a survey"),
        (Role.REVIEWER, "A unit’s result comes to you once its team has talked it through"),
    ],
)
def test_the_empty_list_says_what_comes_next(
    house: House, client: Client, role: Role, words: str
) -> None:
    ward = UnitFactory.create(organisation=house.organisation, name="New ward")
    page = signed_in(client, house.member(role, ward)).get(house.results).content.decode()
    assert "No result yet" in page
    assert words in page
    assert ("Staff need about 8 minutes each." in page) is (role == Role.MANAGER)


def test_five_hundred_units_take_as_many_queries_as_five(
    house: House, client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(60):
        publish(
            organisation=house.organisation,
            unit=UnitFactory.create(organisation=house.organisation),
            payload=None,
            survey=house.result.survey,
        )
    signed_in(client, house.member(Role.LEAD))
    with django_assert_num_queries(6):
        page = client.get(house.results).content.decode()
    assert page.count('role="rowheader"') == 50
    assert "?page=2" in page
    last = client.get(house.results, {"page": "999"}).content.decode()
    assert last.count('role="rowheader"') == 11


def test_the_list_finds_a_unit(house: House, client: Client) -> None:
    signed_in(client, house.member(Role.LEAD))
    found = client.get(house.results, {"q": "older"}).content.decode()
    assert "Ward 7" in found
    none = client.get(house.results, {"q": "<none>"}).content.decode()
    assert "No unit matches “&lt;none&gt;”" in none
    assert "Clear the search" in none


@pytest.mark.parametrize("page", ["x", "-1", "0", "1e9", "\x00"])
def test_a_wrong_page_number_is_harmless(house: House, client: Client, page: str) -> None:
    signed_in(client, house.member(Role.LEAD))
    assert client.get(house.results, {"page": page, "unit": "\x00"}).status_code == 200


def test_below_k_manager_and_lead_may_ask_again_or_decide(house: House, client: Client) -> None:
    few = publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"))
    address = (
        f"/o/{house.organisation.slug}/initiatives/{few.survey.initiative_id}"
        f"/units/{house.ward_9.pk}/decide"
    )
    page = signed_in(client, house.member(Role.MANAGER, house.ward_9)).get(house.address(few))
    assert address in page.content.decode()
    assert f"launch?repeat={few.survey_id}" in page.content.decode()
    ward = client.get(f"/w/{few.ward_page_code}").content.decode()
    assert "/decide" not in ward


@pytest.fixture
def led(house: House) -> SurveyUnit:
    """Ward 9's result with two leaders who scored all 3 and all 4."""
    said = payload(leaders=leaders(2))
    assert said["leaders"] is not None
    for section in said["leaders"]["sections"].values():
        section["dots"] = [3.0, 4.0]
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=said)
    add_leaders(unit, "Ann Lee", "Bo Khan")
    NamedSheet.objects.filter(survey_unit=unit, name="Ann Lee").update(answers="4" * 45)
    return unit


def test_the_lead_and_leaders_see_whose_mark_is_whose_and_the_ward_never(
    house: House, client: Client, led: SurveyUnit
) -> None:
    manager = house.member(Role.MANAGER, house.ward_9)
    reviewer = house.member(Role.REVIEWER)
    SurveyUnit.objects.filter(pk=led.pk).update(published_at=timezone.now() - timedelta(days=20))
    for user in (manager, reviewer):
        page = signed_in(client, user).get(house.address(led)).content.decode()
        assert "app-chart__letter" not in page
        assert "Ann Lee" not in page
    NamedSheet.objects.filter(survey_unit=led, name="Ann Lee").update(user=manager)
    for user in (manager, house.member(Role.LEAD)):
        page = signed_in(client, user).get(house.address(led)).content.decode()
        assert re.findall(r'app-chart__letter"[^>]*>([^<]*)<', page)[:2] == ["B", "A"]
        assert "<b>A</b> Ann Lee" in page
        assert '3.0 <span class="app-screen-only">B</span>' in page
    ward = client.get(f"/w/{led.ward_page_code}").content.decode()
    assert "app-chart__letter" not in ward
    assert "Ann Lee" not in ward


def test_leaders_sheets_are_kept_where_the_ward_has_no_result(house: House, client: Client) -> None:
    few = publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"))
    add_leaders(few, "Ann Lee", "Bo Khan")
    manager = house.member(Role.MANAGER, house.ward_9)
    address = f"{house.address(few)}leaders"
    signed_in(client, manager)
    assert address not in client.get(house.address(few)).content.decode()
    assert client.get(address).status_code == 403
    NamedSheet.objects.filter(survey_unit=few, name="Ann Lee").update(user=manager)
    for user in (manager, house.member(Role.LEAD)):
        signed_in(client, user)
        assert address in client.get(house.address(few)).content.decode()
        page = client.get(address).content.decode()
        assert "Ann Lee" in page and "Bo Khan" in page
        assert page.count(">3.0<") == 2 * 7
    signed_in(client, house.member(Role.REVIEWER))
    assert client.get(address).status_code == 403


def test_leaders_sheets_wait_for_the_result(house: House, client: Client) -> None:
    running = publish(organisation=house.organisation, unit=house.ward_9, payload=None)
    add_leaders(running, "Ann Lee")
    signed_in(client, house.member(Role.LEAD))
    page = client.get(f"{house.address(running)}leaders").content.decode()
    assert "The survey is still open" in page
    assert ">3.0<" not in page


def test_leaders_sheets_cost_the_same_for_many(
    house: House, client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    add_leaders(house.result, *(f"Leader {number}" for number in range(6)))
    signed_in(client, house.member(Role.LEAD))
    client.get(f"{house.address()}leaders")
    with django_assert_num_queries(8):
        client.get(f"{house.address()}leaders")


def test_no_letter_of_a_leader_is_kept_for_whoever_reads_next(house: House, client: Client) -> None:
    marks = '<text class="app-chart__count app-chart__letter"'
    made = payload()
    assert made["leaders"] is not None
    for section in made["leaders"]["sections"].values():
        section["dots"] = [3.0] * len(NAMES)  # as their sheets say
    result = publish(
        organisation=house.organisation, unit=house.ward_9, payload=made, ward_page_code="ward-9"
    )
    add_leaders(result, *NAMES)
    lead = house.member(Role.LEAD)
    for _ in range(2):
        client.logout()
        assert marks not in client.get("/w/ward-9").content.decode()
        assert marks in signed_in(client, lead).get(house.address(result)).content.decode()


def test_a_correction_takes_the_place_of_what_was_kept(house: House, client: Client) -> None:
    signed_in(client, house.member(Role.MANAGER, house.ward_7))
    addresses = (house.address(), "/w/ward-7-unguessable")
    before = [client.get(address).content.decode() for address in addresses]
    assert all("app-chart__ward" in page and "All 45 statements" in page for page in before)
    first = house.result.snapshots.get()
    Snapshot.objects.create(
        survey_unit=house.result, number=2, released_at=first.released_at,
        payload=payload("words"), replaces=first, reason="Sheets of another ward were among them",
    )  # fmt: skip
    for address in addresses:
        page = client.get(address).content.decode()
        assert "Our sections in words" in page
        assert "app-chart__ward" not in page
        assert "All 45 statements" not in page


def test_reading_a_result_again_draws_nothing_again(
    house: House, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/w/ward-7-unguessable").content.decode()
    monkeypatch.setattr(kept_parts, "_drawn", pytest.fail)
    again = client.get("/w/ward-7-unguessable").content.decode()
    assert result_part(again) == result_part(first)
