"""Comments with a result: only what was let through, for the ward, its manager and its lead."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from instruments.models import Section
from organisations.models import Role
from responses.models import ScreenedComment, Screening
from tests.published_house import House
from tests.results.views.test_ward_page import ADDRESS, text_of


def commented(house: House, *, ask: str = "survey", done: bool = True, shown: bool = True) -> None:
    survey = house.result.survey
    survey.comments = ask
    survey.save()
    screening = Screening.objects.create(
        survey_unit=house.result, done_at=timezone.now() if done else None
    )
    sections = list(Section.objects.filter(version=survey.version)[:2])
    for number in range(6):
        ScreenedComment.objects.create(
            screening=screening,
            section=sections[number % 2] if ask == "section" else None,
            text=f"<i>Words {number}</i>",
            shown=shown,
        )


def test_nothing_about_comments_where_none_were_asked(house: House, client: Client) -> None:
    assert 'id="comments"' not in client.get(ADDRESS).content.decode()


def test_the_ward_its_manager_and_its_lead_read_the_same(house: House, client: Client) -> None:
    commented(house)
    assert "<i>Words 1</i>" in text_of(client, ADDRESS)
    assert "&lt;i&gt;Words 1" in client.get(ADDRESS).content.decode()
    for role in (Role.MANAGER, Role.LEAD):
        client.force_login(house.member(role, house.ward_7))
        assert "<i>Words 5</i>" in text_of(client, house.address())


def test_a_reviewer_reads_none(house: House, client: Client) -> None:
    commented(house)
    house.result.published_at = timezone.now() - timedelta(days=20)
    house.result.save()
    client.force_login(house.member(Role.REVIEWER))
    page = text_of(client, house.address())
    assert "14 of 22 answered" in page
    assert "Words" not in page


@pytest.mark.parametrize(
    ("done", "sentence"),
    [(False, "is checking them"), (True, "we cannot show any")],
)
def test_what_is_not_let_through_stands_nowhere(
    house: House, client: Client, done: bool, sentence: str
) -> None:
    commented(house, done=done, shown=False)
    page = text_of(client, ADDRESS)
    assert "Words" not in page
    assert sentence in page


def test_under_the_titles_of_their_parts(house: House, client: Client) -> None:
    commented(house, ask="section")
    page = text_of(client, ADDRESS)
    part = page[page.index("Words 0") - 200 :]
    assert part.index("Front-line staff") < part.index("Words 0")


def test_nothing_with_a_result_that_shows_no_answers(house: House, client: Client) -> None:
    commented(house)
    house.result.published_at = None
    house.result.save()
    assert "Words" not in text_of(client, ADDRESS)
