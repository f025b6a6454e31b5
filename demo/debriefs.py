"""The sample ward talks its result through, twice, and plans: by the product's own actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from initiatives.actions.plan import add_action, change_action
from initiatives.models import Action, Decision, Priority
from organisations.models import User
from reports.actions.context_notes import add_context_note
from reports.actions.debrief import (
    attach_picture,
    choose_priority,
    end_debrief,
    start_debrief,
    write_note,
)
from reports.models import Debrief
from scoring.models import Snapshot
from surveys.models import SurveyUnit

# Statement -> what the team calls its priority.
DAY_PRIORITIES = {
    "ENV07": "Ask each shift, and answer",
    "RES01": "Enough hands at lunch",
    "MSG01": "Tell nights and bank staff ourselves",
}
NIGHT_PRIORITIES = {"MSG01": "Tell nights and bank staff ourselves"}
DAY_NOTES = (
    ("fits", "", "We look after each other. That is true on most days.", True),
    ("surprises", "ENV07", "Ideas are heard. We rarely learn what became of them.", True),
    ("decide", "", "Therapy was not in the room. Ask them before we start.", False),
)
NIGHT_NOTES = (("fits", "", "We heard of the quiet hour from a poster.", True),)
MOVED = "The four rehabilitation beds of Ward 11 moved in with us, with three of its staff."
THEN = "We try it on two days a week, and ask again in ten weeks."
MEALS_INTERRUPTED = (14, 11, 13, 12, 9, 12)


@dataclass(frozen=True)
class Task:
    """An action of the sample plan; `days` from today."""

    code: str
    what: str
    who: str
    days: int
    state: Action.State = Action.State.PLANNED
    outcome: str = ""


TASKS = (
    Task(
        "ENV07",
        "A sheet for ideas by the rota, with an answer each Friday",
        "Ward manager",
        -3,
        Action.State.DONE,
        "It hangs since Monday. Four ideas, four answers.",
    ),
    Task(
        "RES01",
        "Try one bay with two extra hands from 12 to 1",
        "Matron",
        -2,
        Action.State.DOING,
    ),
    Task(
        "RES01",
        "Move the ward round from 12 to 11",
        "Ward doctors",
        -1,
        Action.State.DROPPED,
        "Theatre lists do not allow it before spring.",
    ),
    Task("MSG01", "Five minutes at each handover for a week, nights too", "Both champions", 14),
)


@transaction.atomic
def talk_it_through(*, snapshot: Snapshot, by: User) -> None:
    """The day team, then the night team; then the plan."""
    day = start_debrief(snapshot=snapshot, name="Day team", by=by)
    priorities = {
        code: choose_priority(debrief=day, code=code, title=title, by=by)
        for code, title in DAY_PRIORITIES.items()
    }
    picture = attach_picture(
        debrief=day,
        caption="Meals interrupted on our ward in each of six weeks: between 9 and 14 a week.",
        content=_chart(),
        by=by,
    )
    _end(
        day,
        DAY_NOTES,
        "Two things first: enough hands at lunch, and nights must know.",
        [picture.pk],
        by,
    )
    night = start_debrief(snapshot=snapshot, name="Night team", by=by)
    for code, title in NIGHT_PRIORITIES.items():
        choose_priority(debrief=night, code=code, title=title, by=by)
    _end(night, NIGHT_NOTES, "We are for it, once we have been told by a person.", [], by)
    _plan(priorities, by)
    moved = timezone.localdate() - timedelta(days=20)
    unit = snapshot.survey_unit
    add_context_note(survey_unit=unit, day=moved, text=MOVED, only_here=False, by=by)


@transaction.atomic
def talk_then(*, snapshot: Snapshot, at: datetime, by: User) -> None:
    """An earlier result, released at `at` and talked through two days later."""
    unit = snapshot.survey_unit
    debrief = start_debrief(snapshot=snapshot, name="The whole team", by=by)
    word = Decision.Word.GO_AHEAD
    end_debrief(debrief=debrief, word=word, reason=THEN, notes=[], pictures=[], by=by)
    SurveyUnit.objects.filter(pk=unit.pk).update(published_at=at)
    talked = at + timedelta(days=2)
    Debrief.objects.filter(pk=debrief.pk).update(started_at=talked, ended_at=talked)
    Decision.objects.filter(debrief=debrief).update(decided_at=talked)


def _end(
    debrief: Debrief,
    notes: tuple[tuple[str, str, str, bool], ...],
    reason: str,
    pictures: list[int],
    by: User,
) -> None:
    for step, code, text, _ in notes:
        write_note(debrief=debrief, step=step, code=code, text=text, by=by)
    agreed = {text for _, _, text, is_agreed in notes if is_agreed}
    shown = [note.pk for note in debrief.notes.all() if note.text in agreed]
    word = Decision.Word.STRENGTHEN
    end_debrief(debrief=debrief, word=word, reason=reason, notes=shown, pictures=pictures, by=by)


def _plan(priorities: dict[str, Priority], by: User) -> None:
    today = timezone.localdate()
    for task in TASKS:
        due = today + timedelta(days=task.days)
        action = add_action(
            priority=priorities[task.code], what=task.what, who=task.who, due_on=due, by=by
        )
        change_action(
            action=action,
            what=task.what,
            who=task.who,
            due_on=due,
            state=task.state,
            outcome=task.outcome,
            by=by,
        )


def _chart() -> bytes:
    """The ward's own count as somebody might have drawn it."""
    picture = Image.new("RGB", (720, 400), "white")
    pen = ImageDraw.Draw(picture)
    for week, count in enumerate(MEALS_INTERRUPTED):
        left = 60 + week * 105
        pen.rectangle((left, 340 - count * 20, left + 70, 340), fill="#4c6272")
        pen.text((left + 28, 318 - count * 20), str(count), fill="#212b32", font_size=20)
        pen.text((left + 8, 352), f"week {week + 1}", fill="#212b32", font_size=18)
    pen.line((50, 340, 680, 340), fill="#212b32", width=2)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
