"""Notes on a unit: who may write, what is refused, where they stand."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Role
from results.models import ContextNote
from surveys.models import SurveyUnit
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

WARD = "/w/ward-7-unguessable"
HOSTILE = "<b>{{ 7*7 }}</b> \u202emoved"


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def posted(**values: str) -> dict[str, str]:
    return {"day": "2026-05-12", "text": "Ward 3 moved in with us.", "about": "unit", **values}


def note_on(house: House, day: date, text: str, audit: SurveyUnit | None = None) -> ContextNote:
    by = house.member(Role.LEAD)
    note: ContextNote = ContextNote.objects.create(
        unit=house.ward_7, survey_unit=audit, day=day, text=text, written_by=by
    )
    return note


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD])
def test_a_note_is_written_put_right_and_removed(house: House, client: Client, role: Role) -> None:
    signed_in(client, house.member(role, house.ward_7))
    address = f"{house.address()}notes/"
    assert "No note yet" in client.get(address).content.decode()
    answer = client.post(address, posted())
    assert (answer.status_code, answer["Location"]) == (302, address)
    note = ContextNote.objects.get()
    for page in (client.get(house.address()), client.get(WARD)):
        assert "<b>12 May 2026:</b>" in page.content.decode()
        assert "Ward 3 moved in with us." in page.content.decode()
    client.post(f"{address}{note.pk}", {"day": "2026-05-13", "text": "Ward 4\n moved in."})
    assert "Ward 4 moved in." in client.get(WARD).content.decode()
    client.post(f"{address}{note.pk}/remove")
    assert "moved in" not in client.get(WARD).content.decode()
    assert client.get(f"{address}{note.pk}").status_code == 404


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"day": ""}, "Enter a day, like 12/05/2026."),
        ({"day": "soon"}, "Enter a day, like 12/05/2026."),
        (
            {"day": str(timezone.localdate() + timedelta(days=2))},
            "Date must be today or in the past",
        ),
        ({"text": ""}, "Say what happened."),
        ({"text": " \n "}, "Say what happened."),
        ({"text": "x" * 241}, "Use 240 characters or fewer"),
        ({"text": "a\0b"}, "Remove any hidden characters"),
        ({"about": "all"}, "Choose what the note is about."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    house: House, client: Client, values: dict[str, str], sentence: str
) -> None:
    signed_in(client, house.member(Role.MANAGER, house.ward_7))
    answer = client.post(f"{house.address()}notes/", posted(**values))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ContextNote.objects.exists()


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMINISTRATOR, Role.EDITOR, Role.MANAGER])
def test_others_may_not(house: House, client: Client, role: Role) -> None:
    note = note_on(house, date(2026, 5, 12), "We moved.")
    other = house.ward_9 if role == Role.MANAGER else None
    signed_in(client, house.member(role, other))
    for address in ("notes/", f"notes/{note.pk}", f"notes/{note.pk}/remove"):
        assert client.post(f"{house.address()}{address}", posted()).status_code == 403
    assert ContextNote.objects.get().text == "We moved."


def test_a_note_of_another_unit_is_not_found(house: House, client: Client) -> None:
    other = publish(organisation=house.organisation, unit=house.ward_9, payload=payload())
    note = note_on(house, date(2026, 5, 12), "We moved.")
    signed_in(client, house.member(Role.LEAD))
    assert client.get(f"{house.address(other)}notes/{note.pk}").status_code == 404
    assert client.post(f"{house.address(other)}notes/{note.pk}/remove").status_code == 404


def test_a_reviewer_reads_notes_and_is_offered_no_writing(house: House, client: Client) -> None:
    note_on(house, timezone.localdate(), "We moved.")
    SurveyUnit.objects.filter(pk=house.result.pk).update(
        published_at=timezone.now() - timedelta(days=20)
    )
    signed_in(client, house.member(Role.REVIEWER))
    page = client.get(house.address()).content.decode()
    assert "We moved." in page
    assert "/notes/" not in page
    assert "/notes/" not in client.get(WARD).content.decode()


def test_what_is_written_is_text(house: House, client: Client) -> None:
    note_on(house, timezone.localdate(), HOSTILE)
    page = client.get(WARD).content.decode()
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt;" in page
    assert '<span dir="auto">&lt;b' in page


def test_a_note_stands_beside_the_audits_around_its_day_and_no_other(
    house: House, client: Client
) -> None:
    now = timezone.now()
    audits = [house.result]
    audits += [
        publish(
            organisation=house.organisation,
            unit=house.ward_7,
            payload=payload(),
            days_ago=days,
            closes_at=now - timedelta(days=days),
        )
        for days in (100, 200)
    ]
    SurveyUnit.objects.filter(pk=house.result.pk).update(closes_at=now - timedelta(days=1))
    note_on(house, (now - timedelta(days=150)).date(), "Between the older two.")
    note_on(house, (now - timedelta(days=300)).date(), "Before them all.")
    note_on(house, now.date(), "After them all.")
    note_on(house, (now - timedelta(days=300)).date(), "Only the middle one.", audits[1])
    pages = [client.get(f"/w/{audit.ward_page_code}").content.decode() for audit in audits]
    seen = {
        text: [text in page for page in pages]
        for text in (
            "Between the older two.",
            "Before them all.",
            "After them all.",
            "Only the mid",
        )
    }
    assert seen == {
        "Between the older two.": [False, True, True],
        "Before them all.": [False, False, True],
        "After them all.": [True, False, False],
        "Only the mid": [False, True, False],
    }


def test_many_notes_cost_no_query(
    house: House, client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    signed_in(client, house.member(Role.LEAD))
    client.get(house.address())
    for number in range(6):
        note_on(house, timezone.localdate(), f"Change {number}")
    with django_assert_num_queries(6):
        page = client.get(house.address()).content.decode()
    assert "Change 5" in page
    with django_assert_num_queries(5):
        client.get(f"{house.address()}notes/")


def test_below_k_a_note_stands_there_too(house: House, client: Client) -> None:
    ContextNote.objects.create(
        unit=house.ward_9,
        day=timezone.localdate(),
        text="Half of us were away.",
        written_by=house.member(Role.LEAD),
    )
    publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"),
            ward_page_code="ward-9-unguessable")  # fmt: skip
    assert "Half of us were away." in client.get("/w/ward-9-unguessable").content.decode()
