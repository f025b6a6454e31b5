"""The sample ward talks its result through, twice, and plans: by the product's own actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from PIL import Image, ImageDraw

from debriefs.actions.debrief import (
    Wanted,
    attach_picture,
    choose_priority,
    set_count,
    set_people,
    start_debrief,
    write_note,
)
from debriefs.actions.deciding import Says, end_debrief
from debriefs.models import Debrief
from initiatives.actions.plan import add_action, change_action
from initiatives.models import Action, Decision, Priority
from organisations.models import User
from results.actions.context_notes import add_context_note
from scoring.models import Snapshot
from surveys.models import SurveyUnit

# Statement -> what the team calls its priority.
DAY_PRIORITIES = {
    "ENV07": "Ask each shift, and answer",
    "RES01": "Enough staff at lunchtime",
    "MSG01": "Tell night and bank staff in person",
}
NIGHT_PRIORITIES = {"MSG01": "Tell night and bank staff in person"}
HELPERS = {"RES01": "The matron"}
COUNTED = "Meals interrupted, each week for 6 weeks"
FOUND = "Between 9 and 14 a week"
TELLER = "The nurse in charge, at each handover until Friday"
KIND, PROTECTED = Debrief.Kind, Debrief.ProtectedTime
DAY_NOTES = (
    (
        "moment",
        "",
        "A tray stood by bed 6 for an hour. Each of us thought another had helped.",
        True,
    ),
    ("fits", "", "We look after each other. That is true on most days.", True),
    (
        "discuss",
        "ENV07",
        "People listen to our ideas. We rarely find out what happened to them.",
        True,
    ),
    ("first", "", "Therapy was not in the room. Ask them before we start.", False),
)
NIGHT_NOTES = (("fits", "", "We only found out about the quiet hour from a poster.", True),)
MOVED = "The four rehabilitation beds of Ward 11 moved in with us, with three of its staff."
THEN = "We try it on two days a week, and ask again in ten weeks."
MEALS_INTERRUPTED = (14, 11, 13, 12, 9, 12)


@dataclass(frozen=True)
class Task:
    """An action of the sample plan; `days` from today."""

    code: str
    what: str
    owner: str
    days: int
    state: Action.State = Action.State.PLANNED
    outcome: str = ""


TASKS = (
    Task(
        "ENV07",
        "A list for ideas by the rota, with an answer each Friday",
        "Ward manager",
        -3,
        Action.State.DONE,
        "It’s been up since Monday. We’ve had 4 ideas and answered them all.",
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
        "Move the doctors’ round from 12 to 11",
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
    day = start_debrief(snapshot=snapshot, kind=KIND.TEAM, name="Day team", by=by)
    set_people(debrief=day, people=9, by=by)
    set_count(debrief=day, counted=COUNTED, count_result=FOUND, by=by)
    priorities = {
        code: choose_priority(
            debrief=day, wanted=Wanted(code, title, help_from=HELPERS.get(code, "")), by=by
        )
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
        "We need to do 2 things first: have enough staff at lunchtime and tell the night team.",
        [picture.pk],
        PROTECTED.ALL,
        by,
    )
    night = start_debrief(snapshot=snapshot, kind=KIND.TEAM, name="Night team", by=by)
    set_people(debrief=night, people=5, by=by)
    for code, title in NIGHT_PRIORITIES.items():
        choose_priority(debrief=night, wanted=Wanted(code, title), by=by)
    reason = "We support it, once someone has told us about it in person."
    _end(night, NIGHT_NOTES, reason, [], PROTECTED.SOME, by)
    _plan(priorities, by)
    moved = timezone.localdate() - timedelta(days=20)
    unit = snapshot.survey_unit
    add_context_note(survey_unit=unit, day=moved, text=MOVED, only_here=False, by=by)


@transaction.atomic
def talk_then(*, snapshot: Snapshot, at: datetime, by: User) -> None:
    """An earlier result, released at `at` and talked through two days later."""
    unit = snapshot.survey_unit
    debrief = start_debrief(snapshot=snapshot, kind=KIND.TEAM, name="The whole team", by=by)
    set_people(debrief=debrief, people=11, by=by)
    says = Says(Decision.Choice.GO_AHEAD, THEN, TELLER)
    end_debrief(debrief=debrief, says=says, notes=[], pictures=[], by=by)
    SurveyUnit.objects.filter(pk=unit.pk).update(published_at=at)
    talked = at + timedelta(days=2)
    Debrief.objects.filter(pk=debrief.pk).update(started_at=talked, ended_at=talked)
    Decision.objects.filter(result=unit.pk).update(decided_at=talked)


def _end(
    debrief: Debrief,
    notes: tuple[tuple[str, str, str, bool], ...],
    reason: str,
    pictures: list[int],
    protected: Debrief.ProtectedTime,
    by: User,
) -> None:
    for step, code, text, _ in notes:
        write_note(debrief=debrief, step=step, code=code, text=text, by=by)
    agreed = {text for _, _, text, is_agreed in notes if is_agreed}
    shown = [note.pk for note in debrief.notes.all() if note.text in agreed]
    says = Says(Decision.Choice.STRENGTHEN, reason, TELLER, protected_time=protected)
    end_debrief(debrief=debrief, says=says, notes=shown, pictures=pictures, by=by)


def _plan(priorities: dict[str, Priority], by: User) -> None:
    today = timezone.localdate()
    for task in TASKS:
        due = today + timedelta(days=task.days)
        action = add_action(
            priority=priorities[task.code], what=task.what, owner=task.owner, due_on=due, by=by
        )
        change_action(
            action=action,
            what=task.what,
            owner=task.owner,
            due_on=due,
            state=task.state,
            outcome=task.outcome,
            by=by,
        )
    # What is done by now was done on its day.
    closed = Action.objects.filter(priority__in=priorities.values(), closed_on__isnull=False)
    closed.update(closed_on=F("due_on"))


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
