"""A meeting that is discarded, and when it may not be."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from debriefs.actions.debrief import discard_debrief
from debriefs.models import Attachment, Debrief, Note
from initiatives.models import Priority
from organisations.models import AuditEntry, Role
from tests.debriefs.exchange.test_picture import picture
from tests.debriefs.meetings import DECIDED, start, text
from tests.initiatives.asking import in_days
from tests.meanwhile import somebody_else
from tests.published_house import House


def test_a_meeting_that_came_to_nothing_is_discarded(house: House, manager: Client) -> None:
    meeting, other = start(manager, house), start(manager, house, "Night team")
    for one in (meeting, other):
        manager.post(f"{one}choices", {"code": "ENV07", "title": "Answer ideas"})
    manager.post(f"{meeting}choices", {"code": "RES01", "title": "More hands"})
    manager.post(f"{meeting}notes", {"step": "fits", "code": "", "text": "So it is"})
    picture_file = SimpleUploadedFile("chart.png", picture(), content_type="image/png")
    manager.post(f"{meeting}pictures", {"caption": "Ideas heard", "file": picture_file})
    assert f"{meeting}discard" in text(manager, f"{house.address()}debrief/")
    assert "deleted permanently" in text(manager, f"{meeting}discard")
    assert Debrief.objects.count() == 2
    done = manager.post(f"{meeting}discard", {"why": "broken_off"})
    assert done.status_code == 302 and done["Location"] == f"{house.address()}debrief/"
    assert [one.name for one in Debrief.objects.all()] == ["Night team"]
    assert [one.title for one in Priority.objects.all()] == ["Answer ideas"]
    assert not Note.objects.exists() and not Attachment.objects.exists()
    entry = AuditEntry.objects.get(action="debrief discarded")
    assert entry.detail["why"] == "broken_off" and entry.detail["notes"] == 1
    assert manager.post(f"{meeting}discard", {"why": "broken_off"}).status_code == 404


@pytest.mark.parametrize("why", ["", "Because I say so", "\0"])
def test_discarding_needs_a_reason_from_the_list(house: House, manager: Client, why: str) -> None:
    meeting = start(manager, house)
    answer = manager.post(f"{meeting}discard", {"why": why})
    assert answer.status_code == 422 and "Choose why the debrief is discarded." in answer.text
    assert Debrief.objects.count() == 1


def test_a_meeting_that_has_ended_is_not_discarded(house: House, manager: Client) -> None:
    meeting = start(manager, house)
    manager.post(f"{meeting}steps/decide", DECIDED)
    answer = manager.post(f"{meeting}discard", {"why": "mistake"})
    assert answer.status_code == 422 and "This debrief has ended." in answer.text
    assert Debrief.objects.filter(ended_at__isnull=False).count() == 1
    assert f"{meeting}discard" not in text(manager, f"{house.address()}debrief/")


def request_for(house: House, priority: Priority) -> str:
    here = f"initiatives/{priority.initiative_id}/units/{priority.unit_id}"
    return f"/o/{house.organisation.slug}/{here}/priorities/{priority.pk}/request"


def test_a_priority_is_in_the_plan_once_its_meeting_has_ended(
    house: House, manager: Client
) -> None:
    manager.post(f"{start(manager, house)}steps/decide", DECIDED)
    nights = start(manager, house, "Night team")
    manager.post(f"{nights}choices", {"code": "ENV07", "title": "Answer ideas"})
    plan = f"{house.address()}plan/"
    add = f"{plan}priorities/{Priority.objects.get().pk}/act"
    typed = {"what": "Hang up a sheet", "owner": "Clerk", "due_on": in_days(60)}
    pages = (house.address(), plan, "/w/ward-7-unguessable/you-said-we-did")
    asking = request_for(house, Priority.objects.get())
    assert manager.post(add, typed).status_code == 404
    text(manager, asking, status=404)
    assert not any("Answer ideas" in text(manager, page) for page in pages)
    assert "No priority is in the plan yet." in text(manager, house.address())
    manager.post(f"{nights}steps/decide", DECIDED)
    text(manager, asking)
    assert manager.post(add, typed).status_code == 302
    assert all("Answer ideas" in text(manager, page) for page in pages[1:])
    assert "1 priority from this result. The action for it is" in text(manager, house.address())


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("notes", {"step": "fits", "code": "", "text": "So it is"}),
        ("people", {"step": "rules", "people": "6"}),
        ("count", {"step": "moment", "counted": "Meals", "count_result": "9 late"}),
        ("choices", {"step": "discuss", "code": "ENV07", "title": "Answer ideas"}),
        ("steps/decide", DECIDED),
        ("end", {}),
    ],
)
def test_who_types_while_another_discards_reads_that_it_is_gone(
    house: House, manager: Client, form: str, fields: dict[str, str]
) -> None:
    meeting = start(manager, house)
    debrief = Debrief.objects.get()
    by = house.member(Role.LEAD)
    with somebody_else(lambda: discard_debrief(debrief=debrief, why="mistake", by=by)):
        answer = manager.post(f"{meeting}{form}", fields, follow=True)
    assert "Someone has discarded this debrief. Nothing was saved." in answer.text
    back = [(f"{house.address()}debrief/", 302)]
    assert answer.redirect_chain == ([] if form == "steps/decide" else back)
    assert not Debrief.objects.exists() and not Note.objects.exists()
    assert AuditEntry.objects.latest("pk").action == "debrief discarded"
