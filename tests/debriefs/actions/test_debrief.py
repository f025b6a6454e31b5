"""A meeting: begin, write down, choose, show, end; the night team beside it."""

from typing import Any

import pytest
from django.utils import timezone

from debriefs.actions.debrief import (
    Wanted,
    attach_picture,
    choose_early,
    choose_priority,
    drop_choice,
    remove_note,
    remove_picture,
    start_debrief,
    write_note,
)
from debriefs.actions.deciding import Says, end_debrief
from debriefs.actions.early_plan import open_early
from debriefs.actions.showing import show
from debriefs.models import Attachment, Choice, Debrief, EarlyPlan, Note
from debriefs.queries.debriefs import plan_of
from initiatives.models import Decision, Initiative, Priority
from organisations.models import AuditEntry, Role, User
from organisations.rules.refusal import Refused
from scoring.models import Snapshot
from tests.debriefs.exchange.test_picture import picture
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish


@pytest.fixture
def manager(house: House) -> User:
    return house.member(Role.MANAGER, house.ward_7)


def start(house: House, by: User, name: str = "Day team") -> Debrief:
    snapshot = Snapshot.objects.get(survey_unit=house.result)
    return start_debrief(snapshot=snapshot, kind="team", name=name, by=by)


def end(debrief: Debrief, by: User, **values: Any) -> None:
    choice, reason = values.pop("choice", "go_ahead"), values.pop("reason", "We can.")
    given: dict[str, Any] = {"notes": [], "pictures": [], **values}
    end_debrief(debrief=debrief, says=Says(choice, reason, "The night sister"), by=by, **given)


def trail() -> list[str]:
    """What was done by people; loading the instrument left entries too."""
    done = AuditEntry.objects.exclude(actor=None).order_by("pk")
    return list(done.values_list("action", flat=True))


def test_starting_twice_goes_on_with_the_same_meeting(house: House, manager: User) -> None:
    one = start(house, manager)
    assert start(house, manager) == one
    assert start(house, manager, "Night team") != one
    assert trail() == ["debrief started", "debrief started"]


def test_there_is_no_debrief_where_nothing_was_released(house: House, manager: User) -> None:
    few = publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"))
    with pytest.raises(Refused, match="Too few people"):
        start_debrief(snapshot=few.snapshots.get(), kind="team", name="Day team", by=manager)
    assert not Debrief.objects.exists()


def test_three_priorities_at_most_and_one_statement_once(house: House, manager: User) -> None:
    debrief = start(house, manager)
    for code in ("ENV01", "ENV01", "ENV02", "ENV03"):
        choose_priority(debrief=debrief, wanted=Wanted(code, "Ours"), by=manager)
    assert Priority.objects.count() == 3
    with pytest.raises(Refused, match="3 priorities"):
        choose_priority(debrief=debrief, wanted=Wanted("ENV04", "Ours"), by=manager)
    with pytest.raises(Refused, match="from the list"):
        drop_choice(choice=debrief.choices.last() or Choice(), by=manager)
        choose_priority(debrief=debrief, wanted=Wanted("ENV99", "Ours"), by=manager)
    assert Choice.objects.count() == 2


def test_a_priority_keeps_a_frozen_copy_of_what_the_result_said(
    house: House, manager: User
) -> None:
    debrief = start(house, manager)
    priority = choose_priority(debrief=debrief, wanted=Wanted("ENV07", "Answer ideas"), by=manager)
    Snapshot.objects.create(
        survey_unit=house.result,
        number=2,
        released_at=timezone.now(),
        payload=payload("words"),
        replaces=house.result.snapshots.get(),
    )
    priority.refresh_from_db()
    assert priority.title == "Answer ideas"
    assert priority.evidence_code == "ENV07"
    section = payload()["sections"][0]
    asked = next(item["text"] for item in section["items"] if item["code"] == "ENV07")
    assert priority.evidence_wording == f"{section['stem']} {asked}"
    assert (priority.evidence_figure, priority.evidence_n) == ("3.2 on a scale to 5", 13)
    assert priority.evidence_link == house.address()


def test_the_night_team_joins_priorities_and_keeps_its_own_notes(
    house: House, manager: User
) -> None:
    day, night = start(house, manager), start(house, manager, "Night team")
    choose_priority(debrief=day, wanted=Wanted("ENV01", "Ours"), by=manager)
    shared = choose_priority(debrief=day, wanted=Wanted("ENV07", "Answer ideas"), by=manager)
    write_note(debrief=day, step="fits", code="", text="By day", by=manager)
    write_note(debrief=night, step="fits", code="", text="By night", by=manager)
    same = choose_priority(debrief=night, wanted=Wanted("ENV07", "Other words"), by=manager)
    assert same == shared
    assert [note.text for note in night.notes.all()] == ["By night"]
    assert plan_of(house.result).priorities == ()
    end(day, manager)
    end(night, manager)
    plan = plan_of(house.result)
    assert [priority.title for priority in plan.priorities] == ["Answer ideas", "Ours"]
    assert len(plan.chosen_by[shared.pk]) == 2


def test_taking_a_priority_away_leaves_what_others_chose(house: House, manager: User) -> None:
    day, night = start(house, manager), start(house, manager, "Night team")
    shared = choose_priority(debrief=day, wanted=Wanted("ENV07", "Ours"), by=manager)
    choose_priority(debrief=night, wanted=Wanted("ENV07", "Ours"), by=manager)
    drop_choice(choice=day.choices.get(), by=manager)
    assert list(Priority.objects.all()) == [shared]
    drop_choice(choice=night.choices.get(), by=manager)
    assert not Priority.objects.exists()


def test_the_same_note_twice_is_one_and_can_go(house: House, manager: User) -> None:
    debrief = start(house, manager)
    for _ in range(2):
        write_note(debrief=debrief, step="fits", code="ENV01", text="So it is", by=manager)
    note = Note.objects.get()
    remove_note(note=note, by=manager)
    remove_note(note=note, by=manager)
    assert trail() == ["debrief started", "debrief note written", "debrief note removed"]
    with pytest.raises(Refused, match="no such step"):
        write_note(debrief=debrief, step="coffee", code="", text="So it is", by=manager)


def test_pictures_are_checked_counted_and_taken_away(house: House, manager: User) -> None:
    debrief = start(house, manager)
    with pytest.raises(Refused, match="not a PNG or JPEG"):
        attach_picture(debrief=debrief, caption="Ours", content=b"MZ", by=manager)
    for number in range(4):
        attach_picture(debrief=debrief, caption=f"{number}", content=picture(), by=manager)
    with pytest.raises(Refused, match="up to 4 pictures"):
        attach_picture(debrief=debrief, caption="5", content=picture(), by=manager)
    remove_picture(attachment=debrief.attachments.all()[0], by=manager)
    assert Attachment.objects.count() == 3


def test_the_end_decides_shows_what_was_agreed_and_locks(house: House, manager: User) -> None:
    debrief = start(house, manager)
    for text in ("Show this", "Keep this"):
        write_note(debrief=debrief, step="fits", code="", text=text, by=manager)
    wanted = Note.objects.get(text="Show this")
    end(debrief, manager, choice="hold", reason="Not before spring.", notes=[wanted.pk])
    debrief.refresh_from_db()
    assert debrief.ended_at is not None
    assert debrief.choice == Decision.objects.get().choice == Decision.Choice.HOLD
    assert list(Note.objects.filter(is_shown=True)) == [wanted]
    for late in (
        lambda: end(debrief, manager),
        lambda: choose_priority(debrief=debrief, wanted=Wanted("ENV01", "Ours"), by=manager),
        lambda: write_note(debrief=debrief, step="fits", code="", text="Late", by=manager),
        lambda: remove_note(note=wanted, by=manager),
        lambda: attach_picture(debrief=debrief, caption="", content=picture(), by=manager),
    ):
        with pytest.raises(Refused, match="has ended"):
            late()
    assert Decision.objects.count() == 1 and Note.objects.count() == 2
    show(debrief=debrief, notes=[], pictures=[], by=manager)
    assert not Note.objects.filter(is_shown=True).exists()


def test_a_meeting_shows_no_note_of_another(house: House, manager: User) -> None:
    day, night = start(house, manager), start(house, manager, "Night team")
    write_note(debrief=night, step="fits", code="", text="By night", by=manager)
    end(day, manager, notes=[Note.objects.get().pk])
    assert not Note.objects.get().is_shown


def test_the_trail_names_no_words_of_the_team(house: House, manager: User) -> None:
    debrief = start(house, manager)
    write_note(debrief=debrief, step="fits", code="", text="Secret words", by=manager)
    choose_priority(debrief=debrief, wanted=Wanted("ENV07", "Secret title"), by=manager)
    end(debrief, manager, reason="Secret reason")
    assert "Secret" not in str(list(AuditEntry.objects.values_list("action", "detail")))
    assert set(trail()) >= {
        "debrief started",
        "debrief note written",
        "priority chosen",
        "decision made",
        "improvement status changed",
        "debrief ended",
    }


def test_an_early_plan_keeps_its_first_reason_and_its_own_three(
    house: House, manager: User
) -> None:
    for reason in ("A visit on Monday", "Another"):
        open_early(survey_unit=house.result, reason=reason, by=manager)
    assert EarlyPlan.objects.get().reason == "A visit on Monday"
    for code in ("ENV01", "ENV02", "ENV03", "ENV03"):
        choose_early(survey_unit=house.result, wanted=Wanted(code, "Ours"), by=manager)
    with pytest.raises(Refused, match="3 priorities"):
        choose_early(survey_unit=house.result, wanted=Wanted("ENV04", "Ours"), by=manager)
    choice = Choice.objects.all()[0]
    with pytest.raises(Refused, match="it is in the plan"):
        drop_choice(choice=choice, by=manager)
    debrief = start(house, manager)
    assert (
        choose_priority(debrief=debrief, wanted=Wanted("ENV01", "Ours"), by=manager)
        == choice.priority
    )


@pytest.mark.parametrize(
    ("choice", "state"),
    [("go_ahead", "active"), ("hold", "on_hold"), ("strengthen", "proposed")],
)
def test_the_initiative_follows_the_decision(
    house: House, manager: User, choice: str, state: str
) -> None:
    end(start(house, manager), manager, choice=choice)
    initiative = Initiative.objects.get(pk=house.result.survey.initiative_id)
    assert initiative.state == state
    assert (initiative.started_on is not None) == (choice == "go_ahead")
