"""A request by its personal link: no account, one answer, no figure; opening changes nothing."""

from datetime import timedelta

import pytest
from django.core import serializers
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from initiatives.actions.plan import add_priority
from initiatives.actions.requests import withdraw_request
from initiatives.models import DepartmentRequest, Priority
from organisations.models import AuditEntry
from surveys.models import Message
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.asking import NEEDS, ask, department, in_days, running

pytestmark = pytest.mark.django_db
WORDING = "To what extent do we have what this change needs: necessary equipment?"
FIGURE = "1.9 of 5"


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def one(trust: Trust) -> DepartmentRequest:
    here = running(trust)
    return ask(trust, here, priority=a_priority(trust, here.initiative))


def a_priority(trust: Trust, initiative: object) -> Priority:
    return add_priority(
        initiative=initiative,  # type: ignore[arg-type]
        unit=trust.ward_7,
        result=1,
        title="Enough hands at lunch",
        needs_help=True,
        help_from="Estates",
        code="RES02",
        wording=WORDING,
        figure=FIGURE,
        n=13,
        link="/o/merrowfield/results/1/",
        by=trust.manager,
    )


def link(one: DepartmentRequest, answer: str = "") -> str:
    return f"/ask/{one.link_token}" + (f"?answer={answer}" if answer else "")


def everything() -> str:
    rows = [
        *DepartmentRequest.objects.order_by("pk"),
        *AuditEntry.objects.order_by("pk"),
        *Message.objects.order_by("pk"),
    ]
    return serializers.serialize("json", rows)


def test_it_shows_the_need_the_priority_and_its_statement_and_no_figure(
    client: Client, one: DepartmentRequest
) -> None:
    for answer in ("", "yes", "no", "not_ours"):
        response = client.get(link(one, answer))
        assert response.status_code == 200
        for words in (NEEDS, "Enough hands at lunch", WORDING, "Home by lunch", "Ward 7"):
            assert words in response.text
        for secret in (FIGURE, "13 people", "scored", "/results/", "manager@", "Ward manager"):
            assert secret not in response.text
        assert not response.cookies


def test_opening_it_changes_nothing(client: Client, one: DepartmentRequest) -> None:
    before = everything()
    for answer in ("", "yes", "no", "not_ours", "perhaps"):
        assert client.get(link(one, answer)).status_code == 200
        assert client.head(link(one, answer)).status_code == 200
    assert everything() == before


def test_it_is_kept_by_no_cache_and_named_to_nobody(client: Client, one: DepartmentRequest) -> None:
    response = client.get(link(one))
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "none"


def test_yes_by_a_day_closes_it(client: Client, one: DepartmentRequest) -> None:
    response = client.post(link(one, "yes"), {"promised_on": in_days(9).isoformat()})
    assert response.status_code == 302 and response["Location"] == link(one)
    one.refresh_from_db()
    assert (one.answer, one.promised_on) == ("yes", in_days(9))
    page = client.get(link(one)).text
    assert "Thank you" in page and "Estates: yes, by " in page and NEEDS in page
    assert "Send the answer" not in page and "?answer=" not in page
    # This unit has no result, and so no page that its team reads.
    assert "The people who asked can read your answer now." in page
    late = client.post(link(one, "no"), {"why": "We changed our mind"})
    assert late.status_code == 422 and "an answer already" in late.text
    assert "Estates: yes, by " in late.text
    one.refresh_from_db()
    assert one.answer == "yes"


def test_no_says_why(client: Client, one: DepartmentRequest) -> None:
    client.post(link(one, "no"), {"why": "  No plumber until\nJanuary "})
    one.refresh_from_db()
    assert (one.answer, one.answer_words) == ("no", "No plumber until January")


def test_not_ours_offers_departments_by_name_alone(
    client: Client, trust: Trust, one: DepartmentRequest
) -> None:
    pharmacy = department(trust, "Pharmacy")
    page = client.get(link(one, "not_ours")).text
    assert "Pharmacy" in page and "pharmacy@" not in page and "We do not know" in page
    assert f'value="{department(trust).pk}"' not in page, "not the one that is asked"
    client.post(link(one, "not_ours"), {"instead": pharmacy.pk})
    moved = DepartmentRequest.objects.get(moved_from=one)
    assert moved.whom == "Pharmacy"
    assert "Request passed to Pharmacy" in client.get(link(one)).text
    assert "A request to Pharmacy" in client.get(link(moved)).text


@pytest.mark.parametrize(
    ("answer", "posted", "sentence"),
    [
        ("", {}, "Choose an answer"),
        ("perhaps", {"why": "x"}, "Choose an answer"),
        ("yes", {}, "Enter a date"),
        ("yes", {"promised_on": "31 02 2027"}, "Enter a date"),
        ("yes", {"promised_on": "2020-01-01"}, "Enter today or a later day"),
        ("no", {"why": " "}, "Enter why"),
        ("no", {"why": "x" * 241}, "Use 240 characters or fewer"),
        ("no", {"why": "See http://evil.example"}, "Remove links"),
        ("no", {"why": "<b>no</b>"}, "Remove links"),
        ("not_ours", {}, "Choose who can help"),
        ("not_ours", {"instead": "999999"}, "Choose who can help"),
        ("not_ours", {"instead": "²"}, "Choose who can help"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    client: Client, one: DepartmentRequest, answer: str, posted: dict[str, str], sentence: str
) -> None:
    before = everything()
    response = client.post(link(one, answer), posted)
    assert response.status_code == 422
    assert sentence in response.text and NEEDS in response.text
    assert everything() == before


def test_what_is_not_needed_any_more_says_so(
    client: Client, trust: Trust, one: DepartmentRequest
) -> None:
    withdraw_request(one=one, by=trust.manager)
    page = client.get(link(one)).text
    assert "This request has ended" in page and "You have nothing to do" in page
    assert client.post(link(one, "no"), {"why": "No money"}).status_code == 422
    one.refresh_from_db()
    assert one.answer == ""


@pytest.mark.parametrize(("days", "status"), [(29, 200), (30, 200), (31, 404)])
def test_it_ends_30_days_after_its_day(
    client: Client, one: DepartmentRequest, days: int, status: int
) -> None:
    DepartmentRequest.objects.update(answer_by=timezone.localdate() - timedelta(days=days))
    response = client.get(link(one))
    assert response.status_code == status
    assert ("has ended" in response.text) is (status == 404)
    answered = client.post(link(one, "no"), {"why": "No money"})
    assert answered.status_code == (302 if status == 200 else 404)


@pytest.mark.parametrize("token", ["x", "a" * 24, "²" * 24, "x" * 400])
def test_another_link_opens_nothing(client: Client, one: DepartmentRequest, token: str) -> None:
    response = client.get(f"/ask/{token}")
    assert response.status_code == 404
    assert "This link is not correct or has ended" in response.text


def test_the_page_costs_the_same_with_20_departments(
    client: Client,
    trust: Trust,
    one: DepartmentRequest,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(20):
        department(trust, f"Department {number}")
    for answer, most in (("", 1), ("not_ours", 2)):
        with django_assert_max_num_queries(most):
            client.get(link(one, answer))
