"""The page of suggestions, and the organisation's own: add, change, withdraw."""

from typing import Any

import pytest
from django.test import Client

from initiatives.actions.suggestions import add_suggestion
from initiatives.models import Suggestion
from organisations.models import AuditEntry, Organisation, Role
from tests.factories import MembershipFactory, OrganisationFactory

TYPED: dict[str, Any] = {
    "title": "Ask each shift for one idea",
    "what": "The nurse in charge asks once a month.",
    "achieves": "Nights are heard too.",
    "source": "Ward 9, spring",
    "tasks": ["1.5", "1.1"],
}


@pytest.fixture
def organisation(db: None) -> Organisation:
    made: Organisation = OrganisationFactory.create(slug="merrowfield")
    return made


def member(client: Client, organisation: Organisation, role: Role) -> Client:
    client.force_login(MembershipFactory.create(organisation=organisation, role=role).user)
    return client


def own(organisation: Organisation, **values: Any) -> Suggestion:
    by = MembershipFactory.create(organisation=organisation, role=Role.EDITOR).user
    return add_suggestion(organisation=organisation, by=by, **{**TYPED, **values})


def test_a_manager_reads_and_may_not_write(client: Client, organisation: Organisation) -> None:
    one = own(organisation)
    member(client, organisation, Role.MANAGER)
    page = client.get("/o/merrowfield/learning/").content.decode()
    assert one.title in page and "Source: Ward 9, spring" in page
    assert "Overcoming challenges to improving quality" in page
    assert "Add a suggestion" not in page and ">Withdraw<" not in page
    for address in ("add", f"{one.pk}/change", f"{one.pk}/withdraw"):
        assert client.post(f"/o/merrowfield/learning/{address}", TYPED).status_code == 403
    assert list(Suggestion.objects.values_list("withdrawn_at", flat=True)) == [None]


@pytest.mark.parametrize("role", [Role.LEAD, Role.EDITOR, Role.ADMINISTRATOR])
def test_editors_and_leads_add_change_and_withdraw(
    client: Client, organisation: Organisation, role: Role
) -> None:
    member(client, organisation, role)
    assert client.get("/o/merrowfield/learning/add").status_code == 200
    assert client.post("/o/merrowfield/learning/add", TYPED).status_code == 302
    client.post("/o/merrowfield/learning/add", TYPED)
    one = Suggestion.objects.get()
    assert one.tasks == ["1.1", "1.5"]
    address = f"/o/merrowfield/learning/{one.pk}"
    assert TYPED["what"] in client.get(f"{address}/change").content.decode()
    changed = {**TYPED, "what": "The nurse in charge asks every Monday."}
    assert client.post(f"{address}/change", changed).status_code == 302
    page = client.get("/o/merrowfield/learning/").content.decode()
    assert "every Monday" in page
    assert client.get(f"{address}/withdraw").status_code == 200
    assert client.post(f"{address}/withdraw").status_code == 302
    assert TYPED["title"] not in client.get("/o/merrowfield/learning/").content.decode()
    assert client.get(f"{address}/change").status_code == 404
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "suggestion added",
        "suggestion changed",
        "suggestion withdrawn",
    ]
    assert "Monday" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"title": ""}, "Enter a short title"),
        ({"title": "x" * 61}, "Use 60 characters or fewer"),
        ({"what": "a\0b"}, "Remove any hidden characters"),
        ({"source": " "}, "Enter where it comes from"),
        ({"tasks": []}, "Choose at least one task."),
        ({"tasks": ["9.9"]}, "Choose tasks from the list."),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    client: Client, organisation: Organisation, posted: dict[str, Any], sentence: str
) -> None:
    member(client, organisation, Role.LEAD)
    answer = client.post("/o/merrowfield/learning/add", {**TYPED, **posted})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Suggestion.objects.exists() and not AuditEntry.objects.exists()


def test_another_organisations_are_neither_shown_nor_found(
    client: Client, organisation: Organisation
) -> None:
    foreign = own(OrganisationFactory.create())
    member(client, organisation, Role.LEAD)
    assert foreign.title not in client.get("/o/merrowfield/learning/").content.decode()
    assert client.post(f"/o/merrowfield/learning/{foreign.pk}/withdraw").status_code == 404


def test_what_people_typed_is_shown_as_text(client: Client, organisation: Organisation) -> None:
    own(organisation, title="<b>{{ 7 * 7 }}</b>")
    page = member(client, organisation, Role.LEAD).get("/o/merrowfield/learning/")
    assert "&lt;b&gt;{{ 7 * 7 }}" in page.content.decode()


def test_many_take_no_more_queries_than_few(
    client: Client, organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    member(client, organisation, Role.LEAD)
    for number in range(6):
        own(organisation, title=f"Idea {number}")
    with django_assert_max_num_queries(5):
        assert client.get("/o/merrowfield/learning/").status_code == 200
