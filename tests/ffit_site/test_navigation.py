"""The links at the head of a page lead where their readers may go."""

import pytest
from django.test import Client
from django.urls import reverse

from ffit_site.navigation import LINKS, MOST_IN_ROW, fit_on_phones, navigation_of, opens
from organisations.models import Role
from tests.factories import MembershipFactory


@pytest.mark.parametrize(("route", "words", "seen_by"), LINKS)
def test_each_link_opens_for_every_role_that_sees_it(
    route: str, words: str, seen_by: frozenset[str]
) -> None:
    assert [role for role in seen_by if not opens(route, frozenset({role}))] == []


def test_a_page_says_for_whom_it_opens() -> None:
    assert opens("suggestions", frozenset({Role.LEAD}))
    assert not opens("suggestions", frozenset({Role.REVIEWER}))
    assert opens("start_of", frozenset({Role.REVIEWER})), "no role named means every member"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "downloads"),
    [(Role.MANAGER, True), (Role.LEAD, True), (Role.REVIEWER, True), (Role.EDITOR, False)],
)
def test_tokens_and_documents_stand_beside_ones_own_name(
    client: Client, role: Role, downloads: bool
) -> None:
    held = MembershipFactory.create(role=role)
    client.force_login(held.user)
    slug = held.organisation.slug
    page = client.get(f"/o/{slug}/", follow=True).text
    assert f'href="/o/{slug}/programs/">API tokens</a>' in page
    assert ("Downloads</a>" in page) is downloads


@pytest.mark.django_db
def test_help_stands_at_the_head_of_every_page_and_on_a_phone_under_more(client: Client) -> None:
    link = 'href="/help">Help</a>'
    head = client.get("/account/login").text.partition("</header>")[0]
    assert head.count(link) == 1
    held = MembershipFactory.create(role=Role.EDITOR)
    client.force_login(held.user)
    head = client.get(f"/o/{held.organisation.slug}/", follow=True).text.partition("</header>")[0]
    above, below = head.split("<nav", 1)
    assert above.count(link) == below.count(link) == 1


@pytest.mark.parametrize(
    ("roles", "fit"),
    [
        ({Role.MANAGER}, ["Home", "Surveys", "Results"]),
        ({Role.LEAD}, ["Home", "Surveys", "Results"]),
        ({Role.REVIEWER}, ["Home", "Improvements", "Staff hours"]),
        ({Role.EDITOR}, ["Home", "Question bank", "Learning"]),
        ({Role.ADMINISTRATOR}, ["Home", "Surveys", "Improvements"]),
    ],
)
def test_a_phones_row_has_what_fits_beside_more(roles: set[Role], fit: list[str]) -> None:
    links = navigation_of(frozenset(roles))
    assert [words for _, words in links[: fit_on_phones(frozenset(roles))]] == fit


@pytest.mark.parametrize(
    ("role", "row"),
    [
        (Role.MANAGER, "Home, Surveys, Results, Improvements, Actions, Learning"),
        (Role.LEAD, "Home, Surveys, Results, Improvements, Actions, Learning, Overview"),
        (Role.REVIEWER, "Home, Improvements, Staff hours, Results, Actions, Overview"),
        (Role.EDITOR, "Home, Question bank, Learning"),
        (
            Role.ADMINISTRATOR,
            "Home, Surveys, Improvements, Units, People, Question bank, Settings",
        ),
    ],
)
def test_each_role_has_its_row(role: Role, row: str) -> None:
    links = navigation_of(frozenset({role}))
    assert ", ".join(words for _, words in links) == row
    assert len(links) <= MOST_IN_ROW


@pytest.mark.django_db
def test_every_link_of_several_roles_is_in_the_row_or_under_more(client: Client) -> None:
    held = MembershipFactory.create(role=Role.LEAD)
    for role in set(Role) - {Role.LEAD}:
        MembershipFactory.create(organisation=held.organisation, user=held.user, role=role)
    client.force_login(held.user)
    page = client.get(f"/o/{held.organisation.slug}/settings/").text
    row, more = page.split("app-header__more")[0], page.split("app-header__more")[1]
    more = more.split("</nav>")[0]
    for _, words, _ in LINKS[:MOST_IN_ROW]:
        assert f">{words}</a>" in row
    for _, words, _ in LINKS[MOST_IN_ROW:]:
        assert f">{words}</a>" not in row
        assert f">{words}</a>" in more
    assert "app-header__here" in more, "the present page is one of these"
    assert more.count('aria-current="page"') == 1


@pytest.mark.django_db
def test_the_api_page_is_about_the_readers_own_organisation(client: Client) -> None:
    address = reverse("api_docs")
    assert "organisations/YOUR-SLUG/figures" in client.get(address).text
    held = MembershipFactory.create()
    client.force_login(held.user)
    page = client.get(address).text
    assert page.count(f"organisations/{held.organisation.slug}/figures") == 2
    assert "YOUR-SLUG" not in page
