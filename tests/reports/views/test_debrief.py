"""The debrief in views: who holds it, each step, what is refused, what the ward then reads."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from initiatives.actions.suggestions import add_suggestion
from initiatives.models import Action, Decision, Priority
from organisations.models import AuditEntry, Organisation, Role, User
from reports.models import Attachment, Choice, Debrief, EarlyPlan, Note
from tests.factories import MembershipFactory, UnitFactory
from tests.reports.conftest import House
from tests.reports.payloads import payload
from tests.reports.published import publish
from tests.reports.test_picture import picture

STEPS = ("rules", "fits", "surprises", "priorities", "decide")
DECIDED = {"word": "strengthen", "reason": "Nights must know first."}


@pytest.fixture
def manager(house: House, client: Client) -> Client:
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    return client


def start(client: Client, house: House, name: str = "Day team") -> str:
    """The address under which the meeting lies."""
    answer = client.post(f"{house.address()}debrief/", {"name": name})
    assert answer.status_code == 302
    return str(answer["Location"]).removesuffix("steps/rules")


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def test_a_meeting_from_the_start_to_the_decision(house: House, manager: Client) -> None:
    assert "Next: the team talks, then it plans" in text(manager, house.address())
    assert "30 minutes" in text(manager, f"{house.address()}debrief/")
    meeting = start(manager, house)
    rules = text(manager, f"{meeting}steps/rules")
    assert "Nobody says what they answered" in rules
    assert payload()["notice"] in rules and "14 of 22 answered" in rules
    assert "Three highest statements" in text(manager, f"{meeting}steps/fits")
    surprise = text(manager, f"{meeting}steps/surprises")
    assert "Often “I can’t say”" in surprise and "10 said “I can’t say”." in surprise
    manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Answer ideas"})
    manager.post(
        f"{meeting}notes", {"step": "surprises", "code": "CTX01", "at": "0", "text": "So it is"}
    )
    assert "Our priorities: 1 of 3" in text(manager, f"{meeting}steps/surprises")
    note = Note.objects.get()
    ended = manager.post(f"{meeting}steps/decide", {**DECIDED, "notes": [note.pk]})
    assert ended.status_code == 302 and ended["Location"] == f"{house.address()}plan/"
    assert Decision.objects.get().word == "strengthen"
    assert "The team has talked it through" in text(manager, house.address())
    ward = text(manager, "/w/ward-7-unguessable/you-said-we-did")
    for words in ("Answer ideas", "So it is", "Nights must know first.", "3.2 on a scale to 5"):
        assert words in ward


def test_nothing_is_on_the_wards_page_before_the_debrief_has_ended(
    house: House, manager: Client
) -> None:
    meeting = start(manager, house)
    manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Answer ideas"})
    text(manager, "/w/ward-7-unguessable/you-said-we-did", 404)
    assert "You said, we did" not in text(manager, "/w/ward-7-unguessable")
    manager.post(f"{meeting}steps/decide", DECIDED)
    assert "You said, we did" in text(manager, "/w/ward-7-unguessable")
    second = start(manager, house, "Night team")
    manager.post(f"{second}choices", {"code": "RES01", "title": "Enough hands"})
    ward = text(manager, "/w/ward-7-unguessable/you-said-we-did")
    assert "Answer ideas" in ward and "Enough hands" not in ward


def test_what_the_team_did_not_agree_to_show_stays_off(house: House, manager: Client) -> None:
    meeting = start(manager, house)
    for words in ("Show me", "Keep me"):
        manager.post(f"{meeting}notes", {"step": "fits", "text": words})
    manager.post(
        f"{meeting}pictures",
        {"caption": "Our chart", "file": SimpleUploadedFile("a.png", picture())},
    )
    shown, attached = Note.objects.get(text="Show me"), Attachment.objects.get()
    manager.post(f"{meeting}steps/decide", {**DECIDED, "notes": [shown.pk]})
    address = f"/w/ward-7-unguessable/pictures/{attached.pk}"
    ward = text(manager, "/w/ward-7-unguessable/you-said-we-did")
    assert "Show me" in ward and "Keep me" not in ward and address not in ward
    text(manager, address, 404)
    manager.post(f"{meeting}shown", {"pictures": [attached.pk]})
    ward = text(manager, "/w/ward-7-unguessable/you-said-we-did")
    assert "Show me" not in ward and address in ward
    sent = manager.get(address)
    assert sent.status_code == 200 and sent["Content-Type"] == "image/png"
    assert sent["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR])
def test_other_roles_hold_no_debrief_and_change_no_plan(
    house: House, client: Client, role: Role
) -> None:
    publish_long_ago(house)
    client.force_login(house.member(role))
    for address in ("debrief/", "debrief/sheet"):
        assert client.get(house.address() + address).status_code == 403
    for address in ("debrief/", "debrief/sheet", "plan/"):
        sent = client.post(house.address() + address, {"name": "x", "reason": "x"})
        assert sent.status_code in (403, 405)
    assert not Debrief.objects.exists()
    assert not EarlyPlan.objects.exists()
    assert client.get(f"{house.address()}plan/").status_code == (
        200 if role == Role.REVIEWER else 403
    )


def test_a_reviewer_reads_the_plan_and_finds_nothing_to_press(
    house: House, manager: Client
) -> None:
    meeting = start(manager, house)
    manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Answer ideas"})
    reviewer = Client()
    reviewer.force_login(house.member(Role.REVIEWER))
    text(reviewer, f"{house.address()}plan/", 403)
    manager.post(f"{meeting}steps/decide", DECIDED)
    add = f"{house.address()}plan/priorities/{Priority.objects.get().pk}/act"
    manager.post(add, {"what": "Hang up a sheet", "who": "Clerk", "due_on": "2030-01-31"})
    page = text(reviewer, f"{house.address()}plan/").split('id="maincontent"')[1]
    assert "Answer ideas" in page and "Hang up a sheet" in page
    for pressed in ("Add an action", "Change<", "<form", "you-said-we-did", "What could help"):
        assert pressed not in page
    assert f"{house.address()}plan/" in text(reviewer, house.address())


def test_before_the_talk_a_reviewer_reads_that_there_is_no_plan(
    house: House, client: Client
) -> None:
    publish_long_ago(house)
    client.force_login(house.member(Role.REVIEWER))
    assert "There is no plan yet." in text(client, f"{house.address()}plan/")


def test_a_meeting_that_came_to_nothing_is_discarded(house: House, manager: Client) -> None:
    meeting, other = start(manager, house), start(manager, house, "Night team")
    for one in (meeting, other):
        manager.post(f"{one}choices", {"code": "ENV07", "title": "Answer ideas"})
    manager.post(f"{meeting}choices", {"code": "RES01", "title": "More hands"})
    manager.post(f"{meeting}notes", {"step": "fits", "code": "", "text": "So it is"})
    picture_file = SimpleUploadedFile("chart.png", picture(), content_type="image/png")
    manager.post(f"{meeting}pictures", {"caption": "Ideas heard", "file": picture_file})
    assert f"{meeting}discard" in text(manager, f"{house.address()}debrief/")
    assert "deleted for good" in text(manager, f"{meeting}discard")
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
    assert answer.status_code == 422 and "Choose why the meeting is discarded." in answer.text
    assert Debrief.objects.count() == 1


def test_a_meeting_that_has_ended_is_not_discarded(house: House, manager: Client) -> None:
    meeting = start(manager, house)
    manager.post(f"{meeting}steps/decide", DECIDED)
    answer = manager.post(f"{meeting}discard", {"why": "mistake"})
    assert answer.status_code == 422 and "This meeting has ended." in answer.text
    assert Debrief.objects.filter(ended_at__isnull=False).count() == 1
    assert f"{meeting}discard" not in text(manager, f"{house.address()}debrief/")


def test_a_priority_with_an_action_holds_its_meeting(house: House, manager: Client) -> None:
    manager.post(f"{start(manager, house)}steps/decide", DECIDED)
    nights = start(manager, house, "Night team")
    manager.post(f"{nights}choices", {"code": "ENV07", "title": "Answer ideas"})
    add = f"{house.address()}plan/priorities/{Priority.objects.get().pk}/act"
    manager.post(add, {"what": "Hang up a sheet", "who": "Clerk", "due_on": "2030-01-31"})
    answer = manager.post(f"{nights}discard", {"why": "mistake"})
    assert answer.status_code == 422 and "so it stays." in answer.text
    manager.post(f"{nights}choices/{Choice.objects.get().pk}/drop")
    assert Choice.objects.count() == 1 and Debrief.objects.count() == 2


def publish_long_ago(house: House) -> None:
    house.result.published_at = timezone.now() - timedelta(days=20)
    house.result.save(update_fields=["published_at"])


def test_the_manager_of_another_unit_is_refused(house: House, client: Client) -> None:
    client.force_login(house.member(Role.MANAGER, house.ward_9))
    assert client.get(f"{house.address()}debrief/").status_code == 403
    assert client.get(f"{house.address()}plan/").status_code == 403


def test_a_reviewer_reads_the_result_once_its_debrief_has_ended(
    house: House, client: Client
) -> None:
    manager, reviewer = house.member(Role.MANAGER, house.ward_7), house.member(Role.REVIEWER)
    client.force_login(manager)
    meeting = start(client, house)
    client.force_login(reviewer)
    text(client, house.address(), 403)
    assert "You can read it from" in text(client, house.results)
    client.force_login(manager)
    client.post(f"{meeting}steps/decide", DECIDED)
    client.force_login(reviewer)
    assert "14" in text(client, house.address())
    assert "Result ready" in text(client, house.results)


def test_an_ended_meeting_takes_nothing_more(house: House, manager: Client) -> None:
    meeting = start(manager, house)
    manager.post(f"{meeting}steps/decide", DECIDED)
    assert manager.get(f"{meeting}steps/fits").status_code == 302
    answer = manager.post(f"{meeting}notes", {"step": "fits", "text": "Late"}, follow=True)
    assert "This meeting has ended" in answer.content.decode()
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("rest", "posted", "sentence"),
    [
        ("notes", {"step": "fits", "text": ""}, "Write what you said"),
        ("notes", {"step": "fits", "text": "x" * 401}, "Use 400 letters at most here."),
        ("notes", {"step": "fits", "text": "a\0b"}, "without invisible characters"),
        ("notes", {"step": "coffee", "text": "So"}, "no such step"),
        ("choices", {"code": "ENV99"}, "Choose a statement from the list."),
        ("choices", {"code": ""}, "Choose a statement from the list."),
        ("choices", {"code": "ENV01", "title": "x" * 121}, "Use 120 letters at most here."),
    ],
)
def test_bad_input_is_said_and_changes_nothing(
    house: House, manager: Client, rest: str, posted: dict[str, str], sentence: str
) -> None:
    meeting = start(manager, house)
    answer = manager.post(f"{meeting}{rest}", posted, follow=True)
    assert sentence in answer.content.decode()
    assert not Note.objects.exists() and not Priority.objects.exists()


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"word": ""}, "Choose how you go on."),
        ({"word": "launch"}, "Choose how you go on."),
        ({"reason": ""}, "Say why, in a sentence."),
        ({"reason": "x" * 241}, "Use 240 letters at most here."),
        ({"notes": ["999999"]}, "Choose notes from the list."),
    ],
)
def test_a_decision_needs_a_word_and_a_reason(
    house: House, manager: Client, posted: dict[str, Any], sentence: str
) -> None:
    meeting = start(manager, house)
    manager.post(f"{meeting}notes", {"step": "fits", "text": "So it is"})
    answer = manager.post(f"{meeting}steps/decide", {**DECIDED, **posted})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Decision.objects.exists()
    assert Debrief.objects.get().ended_at is None


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("chart.png", b"<svg/>"), "not a PNG or JPEG"),
        (SimpleUploadedFile("chart.png", b""), "The file is empty."),
        (None, "Choose a picture."),
    ],
)
def test_a_file_that_only_calls_itself_a_picture_is_refused(
    house: House, manager: Client, file: SimpleUploadedFile | None, sentence: str
) -> None:
    meeting = start(manager, house)
    posted = {"caption": "Ours", **({"file": file} if file else {})}
    answer = manager.post(f"{meeting}pictures", posted)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Attachment.objects.exists()


def test_what_people_type_is_shown_as_text(house: House, manager: Client) -> None:
    meeting = start(manager, house, "<b>Day</b>")
    manager.post(f"{meeting}choices", {"code": "ENV07", "title": "<i>{{ 7*7 }}</i>"})
    manager.post(f"{meeting}steps/decide", {**DECIDED, "reason": "<script>x</script>"})
    for address in (
        f"{house.address()}debrief/",
        f"{house.address()}plan/",
        "/w/ward-7-unguessable/you-said-we-did",
    ):
        page = text(manager, address)
        assert "&lt;script&gt;" in page or "&lt;i&gt;{{ 7*7 }}" in page
        assert "<script>x" not in page and "<i>{{" not in page


@pytest.mark.parametrize("tier", ["small", "words", "joint"])
def test_every_tier_can_be_talked_through(house: House, client: Client, tier: Any) -> None:
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=payload(tier))
    client.force_login(house.member(Role.LEAD))
    answer = client.post(f"{house.address(unit)}debrief/", {"name": "All"})
    meeting = answer["Location"].removesuffix("steps/rules")
    for step in STEPS:
        assert "<svg" not in text(client, f"{meeting}steps/{step}") or tier == "joint"
    sheet = text(client, f"{house.address(unit)}debrief/sheet")
    assert payload()["notice"] in sheet


def test_without_a_result_there_is_nothing_to_talk_through(house: House, client: Client) -> None:
    few = publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"))
    client.force_login(house.member(Role.LEAD))
    for rest in ("debrief/", "plan/", "debrief/sheet"):
        answer = client.get(house.address(few) + rest, follow=True)
        assert "There is no result to talk through yet." in answer.content.decode()


def test_ids_of_another_result_are_not_found(house: House, client: Client) -> None:
    other = publish(organisation=house.organisation, unit=house.ward_9, payload=payload())
    client.force_login(house.member(Role.LEAD))
    meeting = start(client, house)
    client.post(f"{meeting}choices", {"code": "ENV07"})
    client.post(f"{meeting}notes", {"step": "fits", "text": "So"})
    debrief, choice, note = Debrief.objects.get(), Choice.objects.get(), Note.objects.get()
    elsewhere = f"{house.address(other)}debrief/{debrief.pk}/"
    text(client, f"{elsewhere}steps/fits", 404)
    assert client.post(f"{elsewhere}choices/{choice.pk}/drop").status_code == 404
    assert client.post(f"{elsewhere}notes/{note.pk}/remove").status_code == 404
    priority = Priority.objects.get().pk
    text(client, f"{house.address(other)}plan/priorities/{priority}/act", 404)
    assert Choice.objects.exists() and Note.objects.exists()


class TestPlan:
    def test_before_the_debrief_it_asks_why_and_keeps_the_reason(
        self, house: House, manager: Client
    ) -> None:
        address = f"{house.address()}plan/"
        assert "First the team talks" in text(manager, address)
        assert manager.post(f"{address}priority", {"code": "ENV07"}).status_code == 302
        assert not Priority.objects.exists()
        empty = manager.post(address, {"reason": " "})
        assert empty.status_code == 422
        assert "Say why the plan cannot wait." in empty.content.decode()
        assert not EarlyPlan.objects.exists()
        assert manager.post(address, {"reason": "A visit on Monday"}).status_code == 302
        assert "A visit on Monday" in text(manager, address)
        manager.post(f"{address}priority", {"code": "ENV07", "title": "Answer ideas"})
        assert "Chosen before a debrief" in text(manager, address)
        text(manager, "/w/ward-7-unguessable/you-said-we-did", 404)
        manager.post(f"{start(manager, house)}steps/decide", DECIDED)
        manager.post(f"{address}priority", {"code": "ENV01"})
        assert Priority.objects.count() == 1
        assert "A visit on Monday" in text(manager, "/w/ward-7-unguessable/you-said-we-did")

    def test_an_action_goes_from_planned_to_done(self, house: House, manager: Client) -> None:
        meeting = start(manager, house)
        manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Answer ideas"})
        manager.post(f"{meeting}steps/decide", DECIDED)
        address = f"{house.address()}plan/"
        plan = text(manager, address)
        assert "Try one suggestion from staff this month" in plan
        assert "Source: <cite>Able to improve?</cite>" in plan
        add = f"{address}priorities/{Priority.objects.get().pk}/act"
        assert 'value="Ask &amp; answer"' in text(manager, f"{add}?what=Ask+%26+answer")
        typed = {"what": "A sheet", "who": "Ward clerk", "due_on": "2026-12-01"}
        assert manager.post(add, typed).status_code == 302
        change = f"{address}actions/{Action.objects.get().pk}"
        done = {**typed, "state": "done", "outcome": "Four ideas, four answers."}
        assert manager.post(change, done).status_code == 302
        ward = text(manager, "/w/ward-7-unguessable/you-said-we-did")
        assert "Done" in ward and "Four ideas, four answers." in ward and "Ward clerk" in ward

    @pytest.mark.parametrize(
        ("posted", "sentence"),
        [
            ({"what": ""}, "Say what will be done."),
            ({"who": ""}, "Say who does it, by role."),
            ({"due_on": "soon"}, "Enter a date, like 30/11/2026."),
            ({"state": "paused"}, "Choose how far it is."),
            ({"state": "dropped"}, "Say why it is dropped."),
        ],
    )
    def test_bad_input_is_said_and_changes_nothing(
        self, house: House, manager: Client, posted: dict[str, str], sentence: str
    ) -> None:
        meeting = start(manager, house)
        manager.post(f"{meeting}choices", {"code": "ENV07"})
        manager.post(f"{meeting}steps/decide", DECIDED)
        typed = {"what": "A sheet", "who": "Clerk", "due_on": "2026-12-01"}
        manager.post(f"{house.address()}plan/priorities/{Priority.objects.get().pk}/act", typed)
        before = Action.objects.values().get()
        answer = manager.post(
            f"{house.address()}plan/actions/{before['id']}",
            {**typed, "state": "planned", "outcome": "", **posted},
        )
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert Action.objects.values().get() == before


def busy(house: House, client: Client) -> str:
    """Six meetings, each with notes, three priorities, and actions; the last goes on."""
    meeting = ""
    for number in range(6):
        meeting = start(client, house, f"Team {number}")
        for code in ("ENV01", "ENV02", "ENV03"):
            client.post(
                f"{meeting}choices", {"code": code if number % 2 else f"{code[:4]}{number + 4}"}
            )
            client.post(f"{meeting}notes", {"step": "fits", "text": f"{code} {number}"})
        if number < 5:
            client.post(f"{meeting}steps/decide", DECIDED)
    for priority in Priority.objects.all():
        for what in ("One", "Two"):
            typed = {"what": what, "who": "Clerk", "due_on": "2026-12-01"}
            client.post(f"{house.address()}plan/priorities/{priority.pk}/act", typed)
    return meeting


def test_many_meetings_cost_no_more_queries(
    house: House, manager: Client, django_assert_max_num_queries: Any
) -> None:
    meeting = busy(house, manager)
    assert Action.objects.count() > 10
    pages = {
        f"{house.address()}debrief/": 10,
        f"{house.address()}plan/": 10,
        f"{house.address()}debrief/sheet": 5,
        "/w/ward-7-unguessable/you-said-we-did": 10,
        **{f"{meeting}steps/{step}": 11 for step in STEPS},
    }
    for address, most in pages.items():
        with django_assert_max_num_queries(most):
            assert manager.get(address).status_code == 200


def test_the_organisations_own_suggestion_comes_first(house: House, manager: Client) -> None:
    other: Organisation = UnitFactory.create().organisation
    by: User = MembershipFactory.create(organisation=house.organisation, role=Role.EDITOR).user
    for organisation, title in ((house.organisation, "Ours first"), (other, "Not ours")):
        add_suggestion(
            organisation=organisation,
            title=title,
            what="Ask.",
            achieves="Answers.",
            tasks=["1.5"],
            source="Ward 9",
            by=by,
        )
    meeting = start(manager, house)
    manager.post(f"{meeting}choices", {"code": "ENV07"})
    manager.post(f"{meeting}steps/decide", DECIDED)
    plan = text(manager, f"{house.address()}plan/")
    assert "Ours first" in plan and "Not ours" not in plan
    assert plan.count('<li class="app-suggestion">') == 3
