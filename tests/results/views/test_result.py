"""A unit's result for its manager, its lead and senior reviewers."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Membership, Role
from organisations.words import dates
from results.presenters import cached_fragments
from scoring.models import Snapshot
from surveys.models import NamedResponse, Survey, SurveyUnit
from tests.factories import MembershipFactory, OrganisationFactory
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

NAMES = ("Ann Lee", "Bo Khan", "Cy Ortiz", "Di Moss")


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def result_part(page: str) -> str:
    """The result itself, without header, addresses, the next step and what stands beside it."""
    main = page[page.index('<h1 class="app-result__name') : page.index('<div class="app-side')]
    next_step = r'<div class="app-next.*?</div>|<nav class="app-anchors--narrow.*?</nav>'
    part = re.sub(next_step, "", main, flags=re.S)
    return re.sub(r'href="[^"]*"|<nav class="app-anchors.*?</nav>', "", part, flags=re.S)


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
    assert 'aria-label="QR code of the team page"' in page


def test_a_manager_sees_leaders_names_only_as_one_of_them(house: House, client: Client) -> None:
    manager = house.member(Role.MANAGER, house.ward_7)
    signed_in(client, manager)
    assert "Ann Lee" not in client.get(house.address()).content.decode()
    NamedResponse.objects.filter(name="Ann Lee").update(user=manager)
    assert "Bo Khan" in client.get(house.address()).content.decode()


def test_leading_another_unit_shows_no_names_here(house: House, client: Client) -> None:
    user = house.member(Role.MANAGER, house.ward_7)
    MembershipFactory.create(
        user=user, organisation=house.organisation, role=Role.LEAD, unit=house.ward_9
    )
    page = signed_in(client, user).get(house.address()).content.decode()
    assert "Ann Lee" not in page


def test_leaders_who_sent_nothing_are_not_named(house: House, client: Client) -> None:
    NamedResponse.objects.filter(name="Ann Lee").update(answers="")
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


def test_below_k_only_manager_and_lead_may_repeat_the_survey(house: House, client: Client) -> None:
    unit = publish(
        organisation=house.organisation,
        unit=house.ward_9,
        payload=payload("too_few", headcount=20),
        days_ago=20,
        headcount=20,
    )
    again = f"surveys/launch?repeat={unit.survey_id}&amp;unit={unit.unit_id}"
    for role, may in ((Role.MANAGER, True), (Role.LEAD, True), (Role.REVIEWER, False)):
        page = signed_in(client, house.member(role)).get(house.address(unit)).content.decode()
        assert "Fewer than 7 of 20 staff had answered" in page
        assert (again in page) is may


def test_before_publication_the_manager_sees_when_it_comes(house: House, client: Client) -> None:
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=None)
    page = signed_in(client, house.member(Role.MANAGER)).get(house.address(unit)).content.decode()
    assert "The survey is still open" in page
    assert "3.6" not in page


def test_below_k_nobody_decides_on_a_bare_form(house: House, client: Client) -> None:
    few = publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"))
    page = signed_in(client, house.member(Role.MANAGER, house.ward_9)).get(house.address(few))
    assert "/decide" not in page.content.decode()
    assert f'{house.address(few)}debrief/">Discuss without figures' in page.content.decode()


def test_a_correction_takes_the_place_of_what_was_kept(house: House, client: Client) -> None:
    signed_in(client, house.member(Role.MANAGER, house.ward_7))
    addresses = (house.address(), "/w/ward-7-unguessable")
    before = [client.get(address).content.decode() for address in addresses]
    assert all("app-chart__ward" in page and "The 45 statements" in page for page in before)
    first = house.result.snapshots.get()
    Snapshot.objects.create(
        survey_unit=house.result, number=2, released_at=first.released_at,
        payload=payload("words"), replaces=first, reason="Sheets of another ward were among them",
    )  # fmt: skip
    for address in addresses:
        page = client.get(address).content.decode()
        assert "Each section has words and no figures" in page
        assert "app-chart__ward" not in page
        assert "The 45 statements" not in page


def test_figures_are_beside_their_marks_only_where_they_are_asked_for(
    house: House, client: Client
) -> None:
    signed_in(client, house.member(Role.MANAGER, house.ward_7))
    for address in (house.address(), "/w/ward-7-unguessable"):
        for asked in ("", "?figures=0", "?figures="):
            page = client.get(f"{address}{asked}").content.decode()
            assert "Show the figures" in page
            assert not re.search(r"(?<![\d.])\d\.\d(?![\d.])", words_of(page))
        page = client.get(f"{address}?figures=1").content.decode()
        assert "Hide the figures" in page
        assert "The figures as a table" in page
        assert "3.6" in words_of(page)


def words_of(page: str) -> str:
    """What a page says between its tags."""
    return re.sub(r"<[^>]+>", " ", page)


BUTTONS = {
    "own": "Discuss the result",
    "own, debriefed": "The plan",
    "own, begun": "Continue the debrief",
    "own, differ": "Record the decision",
    "team, differ": "",
    "reviewer": "",
    "reviewer, debriefed": "The plan",
    "team": "Print the questions",
    "team, dated": "Add the debrief to my calendar",
    "team, debriefed": "You said, we did",
}


@pytest.mark.parametrize("who", BUTTONS)
def test_one_main_button_says_what_comes_next(house: House, client: Client, who: str) -> None:
    role = Role.REVIEWER if "reviewer" in who else Role.MANAGER
    now = timezone.now()
    said = {"debrief": 1, "name": "Nights", "day": "2026-05-02", "choice": "hold"}
    SurveyUnit.objects.filter(pk=house.result.pk).update(
        debriefed_at=now if "debriefed" in who else None,
        published_at=now - timedelta(days=20),
        debrief_state=next((state for state in ("begun", "differ") if state in who), ""),
        debrief_views=[said] if "differ" in who else [],
    )
    Survey.objects.update(debrief_at=now if "dated" in who else None)
    address = "/w/ward-7-unguessable"
    if "team" not in who:
        signed_in(client, house.member(role))
        address = house.address()
    page = client.get(address).content.decode()
    main = re.findall(r'<a class="nhsuk-button" [^>]*>([^<]*)<', page)
    assert main == ([BUTTONS[who]] if BUTTONS[who] else [])
    assert (f"Nights, {dates.day(date(2026, 5, 2))}: put on hold." in page) is (
        who == "team, differ"
    )


def test_reading_a_result_again_draws_nothing_again(
    house: House, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/w/ward-7-unguessable").content.decode()
    monkeypatch.setattr(cached_fragments, "_render", pytest.fail)
    again = client.get("/w/ward-7-unguessable").content.decode()
    assert result_part(again) == result_part(first)


def test_it_says_that_the_poster_code_was_replaced(client: Client, house: House) -> None:
    said = "The poster code was replaced during the survey."
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    pages = (house.address(), f"/w/{house.result.ward_page_code}")
    assert not any(said in client.get(page).text for page in pages)
    SurveyUnit.objects.filter(pk=house.result.pk).update(poster_renewals=1)
    assert all(said in client.get(page).text for page in pages)
