"""The debrief in views: who holds it, each step, what is refused, what the ward then reads.

Over 300 lines: one meeting, step by step.
"""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from debriefs.models import Attachment, Choice, Debrief, EarlyPlan, Note
from initiatives.models import Action, Decision, Priority
from organisations.models import Role
from surveys.models import SurveyUnit
from tests.debriefs.exchange.test_picture import picture
from tests.debriefs.meetings import DECIDED, publish_long_ago, start, text
from tests.initiatives.asking import in_days
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

STEPS = ("rules", "moment", "fits", "discuss", "first", "decide")


def test_a_meeting_from_the_start_to_the_decision(house: House, manager: Client) -> None:
    assert "Discuss the result" in text(manager, house.address())
    assert "30 minutes" in text(manager, f"{house.address()}debrief/")
    meeting = start(manager, house)
    rules = text(manager, f"{meeting}steps/rules")
    assert "Nobody has to say what they answered" in rules
    assert payload()["notice"] in rules and "14 of 22 answered" in rules
    assert "Our highest section" in text(manager, f"{meeting}steps/fits")
    discuss = text(manager, f"{meeting}steps/discuss")
    assert "Many can’t say" in discuss and "10 said “I can’t say”." in discuss
    assert "What was seen elsewhere" in discuss and "Able to improve" in discuss
    for step in ("rules", "moment", "fits"):
        seen = "What was seen elsewhere" in text(manager, f"{meeting}steps/{step}")
        assert not seen, "not before the discussion"
    manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Answer ideas"})
    manager.post(
        f"{meeting}notes", {"step": "discuss", "code": "CTX01", "at": "0", "text": "So it is"}
    )
    assert "What comes first: 1 of 3" in text(manager, f"{meeting}steps/discuss")
    assert (
        "Ten checks (opens in a new tab)</a>, all open"
        in manager.get(f"{meeting}steps/decide").content.decode()
    )
    note = Note.objects.get()
    ended = manager.post(f"{meeting}steps/decide", {**DECIDED, "notes": [note.pk]})
    assert ended.status_code == 302 and ended["Location"] == f"{house.address()}plan/"
    assert Decision.objects.get().choice == "strengthen"
    assert "We’ve decided to strengthen first, then start." in text(manager, house.address())
    ward = text(manager, "/w/ward-7-unguessable/you-said-we-did")
    for words in ("Answer ideas", "So it is", "Nights must know first.", "3.2 on a scale to 5"):
        assert words in ward
    assert payload()["notice"] in ward
    assert payload()["notice"] in text(manager, f"{house.address()}plan/")


@pytest.mark.parametrize(("people", "named"), [(4, False), (5, True)])
def test_a_small_debrief_is_not_named_beside_what_it_chose(
    house: House, manager: Client, people: int, named: bool
) -> None:
    meeting = start(manager, house, name="Night porters")
    manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Answer ideas"})
    manager.post(f"{meeting}steps/decide", {**DECIDED, "names_itself": ""})
    Debrief.objects.update(people=people)
    for address in ("/w/ward-7-unguessable/you-said-we-did", f"{house.address()}plan/"):
        page = text(manager, address)
        assert "Answer ideas" in page
        assert ("Chosen by: Night porters" in page) is named
        assert ("Chosen by: one of our debriefs" in page) is not named


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
    assert "Answer ideas" in ward
    assert "Enough hands" not in ward


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
    assert "This debrief has ended" in answer.content.decode()
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("rest", "posted", "sentence"),
    [
        ("notes", {"step": "fits", "text": ""}, "Enter a note"),
        ("notes", {"step": "fits", "text": "x" * 401}, "Use 400 characters or fewer"),
        ("notes", {"step": "fits", "text": "a\0b"}, "Remove any hidden characters"),
        ("notes", {"step": "coffee", "text": "So"}, "no such step"),
        ("choices", {"code": "ENV99", "title": "Ours"}, "from the list."),
        ("choices", {"code": "", "title": "Ours"}, "from the list."),
        ("choices", {"code": "ENV01", "title": ""}, "Say it in your own words."),
        ("choices", {"code": "ENV01", "title": "x" * 81}, "Use 80 characters or fewer"),
        ("people", {"people": "0"}, "from 1 to 500"),
        ("people", {"people": "501"}, "from 1 to 500"),
        ("count", {"counted": "Meals", "count_result": ""}, "Say what you found"),
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
        ({"choice": ""}, "Choose how you continue"),
        ({"choice": "launch"}, "Choose how you continue"),
        ({"reason": ""}, "Enter a reason"),
        ({"teller": ""}, "Say who tells those who are not here, and when"),
        ({"reason": "x" * 241}, "Use 240 characters or fewer"),
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
        (SimpleUploadedFile("chart.png", b""), "The selected file is empty."),
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
    answer = client.post(f"{house.address(unit)}debrief/", {"kind": "team", "name": "All"})
    meeting = answer["Location"].rpartition("steps/")[0]
    for step in (one for one in STEPS if tier != "joint" or one not in ("rules", "fits")):
        assert "<svg" not in text(client, f"{meeting}steps/{step}")
    sheet = text(client, f"{house.address(unit)}debrief/sheet")
    assert payload()["notice"] in sheet


@pytest.mark.parametrize(
    ("kind", "status", "called"), [("team", 422, []), ("reply", 302, ["Leaders"])]
)
def test_only_leaders_need_not_say_who_they_are(
    house: House, manager: Client, kind: str, status: int, called: list[str]
) -> None:
    house.result.debrief_state = SurveyUnit.DebriefState.DECIDED
    house.result.save(update_fields=["debrief_state"])
    address = f"{house.address()}debrief/"
    assert "Leaders can leave this blank." in text(manager, address)
    assert manager.post(address, {"kind": kind, "name": " "}).status_code == status
    assert [one.name for one in Debrief.objects.all()] == called


def test_before_publication_there_is_nothing_to_discuss(house: House, manager: Client) -> None:
    house.result.published_at = None
    house.result.save(update_fields=["published_at"])
    for rest in ("debrief/", "plan/", "debrief/sheet"):
        answer = manager.get(house.address() + rest, follow=True)
        assert "There is no result to discuss yet." in answer.content.decode()


def test_ids_of_another_result_are_not_found(house: House, client: Client) -> None:
    other = publish(organisation=house.organisation, unit=house.ward_9, payload=payload())
    client.force_login(house.member(Role.LEAD))
    meeting = start(client, house)
    client.post(f"{meeting}choices", {"code": "ENV07", "title": "Ours"})
    client.post(f"{meeting}notes", {"step": "fits", "text": "So"})
    debrief, choice, note = Debrief.objects.get(), Choice.objects.get(), Note.objects.get()
    elsewhere = f"{house.address(other)}debrief/{debrief.pk}/"
    text(client, f"{elsewhere}steps/fits", 404)
    assert client.post(f"{elsewhere}choices/{choice.pk}/drop").status_code == 404
    assert client.post(f"{elsewhere}notes/{note.pk}/remove").status_code == 404
    priority = Priority.objects.get().pk
    text(client, f"{house.address(other)}plan/priorities/{priority}/act", 404)
    assert Choice.objects.exists() and Note.objects.exists()


def busy(house: House, client: Client) -> str:
    """Six meetings, each with notes, three priorities, and actions; the last goes on."""
    meeting = ""
    for number in range(6):
        meeting = start(client, house, f"Team {number}")
        for code in ("ENV01", "ENV02", "ENV03"):
            client.post(
                f"{meeting}choices",
                {"code": code if number % 2 else f"{code[:4]}{number + 4}", "title": "Ours"},
            )
            client.post(f"{meeting}notes", {"step": "fits", "text": f"{code} {number}"})
        if number < 5:
            client.post(f"{meeting}steps/decide", DECIDED)
    for priority in Priority.objects.all():
        for what in ("One", "Two"):
            typed = {"what": what, "owner": "Clerk", "due_on": in_days(14)}
            client.post(f"{house.address()}plan/priorities/{priority.pk}/act", typed)
    return meeting


def test_a_debrief_together_chooses_nothing_and_says_so_nowhere(
    house: House, manager: Client
) -> None:
    """Its teams have chosen: “0 of 3” would be wrong."""
    meeting = start(manager, house)
    assert "What comes first: 0 of 3" in text(manager, f"{meeting}steps/decide")
    manager.post(f"{meeting}steps/decide", DECIDED)
    night = start(manager, house, "Night team")
    manager.post(f"{night}steps/decide", {**DECIDED, "choice": "hold"})
    both = (
        manager.post(
            f"{house.address()}debrief/", {"kind": "together", "name": "Both"}, follow=True
        )
        .redirect_chain[-1][0]
        .rsplit("/", 1)[0]
    )
    page = text(manager, f"{both}/decide")
    assert "What comes first" not in page and "About this improvement" in page


def test_many_meetings_cost_no_more_queries(
    house: House, manager: Client, django_assert_max_num_queries: Any
) -> None:
    meeting = busy(house, manager)
    assert Action.objects.count() > 10
    pages = {
        f"{house.address()}debrief/": 11,
        f"{house.address()}plan/": 10,
        f"{house.address()}debrief/sheet": 7,
        "/w/ward-7-unguessable/you-said-we-did": 13,
        **{f"{meeting}steps/{step}": 13 for step in STEPS},
    }
    # What a published version asks is read once and kept.
    manager.get(f"{house.address()}debrief/")
    for address, most in pages.items():
        with django_assert_max_num_queries(most):
            page = manager.get(address)
        assert page.status_code == 200
        if "/steps/" in address:
            words = re.sub(r"<[^>]+>", " ", page.text.split("<main")[1])
            assert not re.search(r"(?<![\d.])\d\.\d(?![\d.])", words), f"a decimal: {address}"


def test_who_records_a_decision_second_reads_the_first(house: House, manager: Client) -> None:
    for name, choice in (("Day team", "go_ahead"), ("Night team", "hold")):
        manager.post(f"{start(manager, house, name)}steps/decide", {**DECIDED, "choice": choice})
    address = f"{house.address()}debrief/views"
    assert "Record our decision" in text(manager, address)
    replies = {f"reply-{one.pk}": "We look at it in May." for one in Debrief.objects.all()}
    first = {"choice": "strengthen", "reason": "First the equipment.", **replies}
    assert manager.post(address, first).status_code == 302
    page = manager.post(address, {**first, "choice": "hold", "reason": "Not in winter."}).text
    assert "Someone else recorded the decision." in page
    assert "First the equipment." in page
    assert "You wrote: “Not in winter.”" in page
    for untrue in ("say different things", "Nothing is decided", "Record our decision"):
        assert untrue not in page
    assert "First the equipment." in manager.post(address, {"choice": "hold"}).text
    assert Decision.objects.latest("pk").choice == "strengthen"
