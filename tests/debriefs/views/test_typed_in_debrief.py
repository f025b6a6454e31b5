"""What is refused at a step of a debrief stays in its field: a room has agreed on the words."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from debriefs.models import Choice, Debrief, Note
from tests.debriefs.meetings import DECIDED, start
from tests.published_house import House


def refused(manager: Client, address: str, typed: dict[str, str]) -> str:
    answer = manager.post(address, typed)
    assert answer.status_code == 422
    assert not Note.objects.exists() and not Choice.objects.exists()
    return answer.text


def test_a_note_that_is_too_long(house: House, manager: Client) -> None:
    words = "We <b>never</b> hear. " * 25
    page = refused(manager, f"{start(manager, house)}notes", {"step": "moment", "text": words})
    assert "Use 400 characters or fewer" in page and "What happened, in our words" in page
    assert page.count("We &lt;b&gt;never&lt;/b&gt; hear.") == 25


def test_a_note_in_its_fold(house: House, manager: Client) -> None:
    typed = {"step": "fits", "text": "y" * 401}
    page = refused(manager, f"{start(manager, house)}notes", typed)
    assert '<details class="app-meeting__notes" open>' in page and "y" * 401 in page


@pytest.mark.parametrize("step", ["discuss", "first"])
def test_a_priority(house: House, manager: Client, step: str) -> None:
    typed = {
        "step": step, "at": "1", "code": "ENV07", "title": "See www.evil.example",
        "needs_help": "on", "help_from": "Matron",
    }  # fmt: skip
    page = refused(manager, f"{start(manager, house)}choices", typed)
    assert "Remove the link" in page and 'value="See www.evil.example"' in page
    if step == "first":
        assert 'value="ENV07" selected' in page and 'value="Matron"' in page
        assert 'name="needs_help" checked' in page


def test_a_count_and_how_many_are_here(house: House, manager: Client) -> None:
    meeting = start(manager, house)
    typed = {"step": "moment", "counted": "Meals", "count_result": "z" * 121}
    page = refused(manager, f"{meeting}count", typed)
    assert 'value="Meals"' in page and "z" * 121 in page
    assert "twelve" in refused(manager, f"{meeting}people", {"step": "rules", "people": "twelve"})


def test_a_promise_for_a_day_that_has_passed(house: House, manager: Client) -> None:
    manager.post(f"{start(manager, house)}steps/decide", DECIDED)
    manager.post(f"{house.address()}debrief/", {"kind": "reply", "name": ""})
    reply = Debrief.objects.get(kind="reply")
    yesterday = timezone.localdate() - timedelta(days=1)
    typed = {"what": "Cover the breaks", "owner": "Matron", "due_on": f"{yesterday}"}
    page = refused(manager, f"{house.address()}debrief/{reply.pk}/promises", typed)
    assert "Enter a day that has not passed" in page
    for value in typed.values():
        assert f'value="{value}"' in page


def test_a_step_that_is_none_leads_back(house: House, manager: Client) -> None:
    """Also once somebody else has ended the debrief meanwhile."""
    meeting = start(manager, house)
    for step in ("", "nowhere", "decide"):
        answer = manager.post(f"{meeting}notes", {"step": step, "text": ""})
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"{meeting}steps/{step if step == 'decide' else 'rules'}",
        )
    manager.post(f"{meeting}steps/decide", DECIDED)
    answer = manager.post(f"{meeting}notes", {"step": "fits", "text": ""})
    assert answer.status_code in (302, 404, 409)


def test_a_priority_of_a_plan_before_the_debrief(house: House, manager: Client) -> None:
    plan = f"{house.address()}plan/"
    manager.post(plan, {"reason": "A visit on Monday."})
    assert 'value=""' in manager.get(plan).text
    page = refused(manager, f"{plan}priority", {"code": "", "title": "Answer ideas"})
    assert "Choose what it is about from the list." in page and 'value="Answer ideas"' in page
    typed = {"code": "ENV07", "title": "See www.evil.example"}
    page = refused(manager, f"{plan}priority", typed)
    assert "Remove the link" in page and '<option value="ENV07" selected>' in page
