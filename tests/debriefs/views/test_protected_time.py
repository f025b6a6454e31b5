"""Whether a debrief was in protected time: asked where it decides, and shown nowhere of one."""

import pytest
from django.test import Client

from debriefs.forms.debrief import DecideForm
from debriefs.models import Debrief
from organisations.models import AuditEntry, Role
from tests.debriefs.meetings import DECIDED, start, text
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

ASKED = "Was this protected time?"


def test_a_team_is_asked_five_things_and_only_three_are_needed(
    house: House, manager: Client
) -> None:
    start(manager, house)
    fields = DecideForm(debrief=Debrief.objects.get()).fields
    assert [*fields] == ["choice", "reason", "teller", "names_itself", "protected_time"]
    assert [name for name, field in fields.items() if field.required] == [
        "choice",
        "reason",
        "teller",
    ]


@pytest.mark.parametrize("said", ["all", "some", "no", ""])
def test_it_is_kept_with_the_end_of_the_debrief(house: House, manager: Client, said: str) -> None:
    meeting = start(manager, house)
    page = text(manager, f"{meeting}steps/decide")
    for words in (ASKED, "Not taken from care or from a break", "Yes, all", "Some"):
        assert words in page
    assert 'name="protected_time" type="radio" value="all" checked' not in page
    manager.post(f"{meeting}steps/decide", {**DECIDED, "protected_time": said})
    one = Debrief.objects.get()
    assert one.protected_time == said and one.ended_at is not None
    entry = AuditEntry.objects.get(action="debrief ended")
    assert (entry.object_id, entry.detail) == (str(one.pk), {"unit": house.ward_7.pk})


def test_it_may_be_left_out_of_the_form(house: House, manager: Client) -> None:
    meeting = start(manager, house)
    assert manager.post(f"{meeting}steps/decide", DECIDED).status_code == 302
    assert Debrief.objects.get().protected_time == ""


def test_another_answer_is_refused_and_nothing_changes(house: House, manager: Client) -> None:
    meeting = start(manager, house)
    answer = manager.post(f"{meeting}steps/decide", {**DECIDED, "protected_time": "half"})
    assert answer.status_code == 422
    assert "Choose yes, all, some or no, or leave it out" in answer.text
    one = Debrief.objects.get()
    assert (one.protected_time, one.ended_at) == ("", None)


def test_a_debrief_without_figures_is_asked_too(house: House, client: Client) -> None:
    few = publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"))
    client.force_login(house.member(Role.LEAD))
    answer = client.post(f"{house.address(few)}debrief/", {"kind": "no_figures", "name": "All"})
    assert ASKED in text(client, f"{answer['Location'].rpartition('steps/')[0]}steps/decide")


def test_the_sheet_of_paper_asks_it(house: House, manager: Client) -> None:
    assert ASKED in text(manager, f"{house.address()}debrief/sheet")


def test_no_page_says_it_of_one_debrief(house: House, manager: Client) -> None:
    """Each page with what debriefs say is the same whatever this one said."""
    meeting = start(manager, house)
    manager.post(f"{meeting}steps/decide", {**DECIDED, "protected_time": "no"})
    reviewer, lead = Client(), Client()
    reviewer.force_login(house.member(Role.REVIEWER))
    lead.force_login(house.member(Role.LEAD))
    own = [house.address() + rest for rest in ("", "debrief/", "debrief/views", "plan/")]
    pages = [
        *((manager, address) for address in own),
        *((lead, address) for address in own),
        *((reviewer, address) for address in (own[0], own[3])),
        (Client(), "/w/ward-7-unguessable/you-said-we-did"),
        (Client(), "/w/ward-7-unguessable"),
    ]
    for client, address in pages:
        assert "rotected" not in text(client, address), address
