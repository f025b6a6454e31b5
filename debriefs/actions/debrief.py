"""A debrief of a result: start, write down, choose, add pictures, discard."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from debriefs.actions.deciding import follow_debriefs
from debriefs.actions.locks import locked_debrief, locked_unit, record_debrief
from debriefs.exchange.picture import NotAPicture, read_picture
from debriefs.models import Attachment, Choice, Debrief, Note
from debriefs.rules.steps import COURSES, DISCARDED_BECAUSE, MOST_NOTES, MOST_PRIORITIES
from initiatives.actions.plan import add_priority, settle_priorities
from initiatives.models import Priority
from organisations.actions.units import refuse_closed
from organisations.models import User
from organisations.rules.refusal import Refused
from results.queries.questions import questions_of
from results.rules.talking_points import evidence
from scoring.models import Snapshot
from surveys.models import SurveyUnit

MOST_PICTURES = 4


@transaction.atomic
def start_debrief(*, snapshot: Snapshot, kind: str, name: str, by: User) -> Debrief:
    """A new debrief of this result; one of the same kind and name that has not ended continues."""
    unit = locked_unit(snapshot.survey_unit_id)
    _require_possible(unit, snapshot, kind)
    begun = Debrief.objects.filter(survey_unit=unit, kind=kind, name=name, ended_at=None).first()
    if begun is not None:
        return begun
    debrief = Debrief.objects.create(survey_unit=unit, kind=kind, name=name, started_by=by)
    record_debrief("debrief started", debrief, by, unit=unit.unit_id, kind=kind)
    follow_debriefs(unit)
    return debrief


def _require_possible(unit: SurveyUnit, snapshot: Snapshot, kind: str) -> None:
    has_figures, state = bool(snapshot.payload["sections"]), unit.debrief_state
    if kind not in COURSES:
        raise Refused("Choose a kind of debrief from the list.")
    if kind == Debrief.Kind.NO_FIGURES and has_figures:
        raise Refused("There is a result to discuss. Start a team debrief.")
    if kind in (Debrief.Kind.TEAM, Debrief.Kind.PREPARATION) and not has_figures:
        raise Refused("Too few people answered. Start a debrief without figures.")
    if kind == Debrief.Kind.PREPARATION and not snapshot.payload["leaders"]:
        raise Refused("No leader filled in a leaders’ form.")
    if kind == Debrief.Kind.TOGETHER and state != SurveyUnit.DebriefState.DIFFER:
        raise Refused("Your debriefs do not differ.")
    if kind == Debrief.Kind.REPLY and state != SurveyUnit.DebriefState.DECIDED:
        raise Refused("The leaders’ reply opens when the team has decided.")
    if kind == Debrief.Kind.REPLY:
        refuse_closed(unit.unit)


@transaction.atomic
def set_people(*, debrief: Debrief, people: int, by: User) -> None:
    """How many are there."""
    debrief = locked_debrief(debrief)
    if debrief.people != people:
        debrief.people = people
        debrief.save(update_fields=["people"])
        record_debrief("debrief people counted", debrief, by)


@transaction.atomic
def set_count(*, debrief: Debrief, counted: str, count_result: str, by: User) -> None:
    """A count of the team's own: what they counted, and what they found."""
    debrief = locked_debrief(debrief)
    if (debrief.counted, debrief.count_result) != (counted, count_result):
        debrief.counted, debrief.count_result = counted, count_result
        debrief.save(update_fields=["counted", "count_result"])
        record_debrief("debrief own count kept", debrief, by)


@transaction.atomic
def write_note(*, debrief: Debrief, step: str, code: str, text: str, by: User) -> None:
    """What the team said; the same words twice are one note. Leaders ask up to 3."""
    debrief = locked_debrief(debrief)
    if COURSES[debrief.kind].step(step) is None:
        raise Refused("This debrief has no such step.")
    its = Note.objects.filter(debrief=debrief, step=step)
    if step in MOST_NOTES and its.exclude(text=text).count() >= MOST_NOTES[step]:
        raise Refused(f"You have {MOST_NOTES[step]}. Remove one to add another.")
    note, is_new = Note.objects.get_or_create(debrief=debrief, step=step, code=code, text=text)
    if is_new:
        record_debrief("debrief note written", debrief, by, note=note.pk)


@transaction.atomic
def remove_note(*, note: Note, by: User) -> None:
    """A note that the team does not want to keep."""
    debrief = locked_debrief(note.debrief)
    if Note.objects.filter(pk=note.pk).delete()[0]:
        record_debrief("debrief note removed", debrief, by, note=note.pk)


@dataclass(frozen=True)
class Wanted:
    """What a team wants to be different, in its own words, and the statement it is about."""

    code: str
    title: str
    needs_help: bool = False
    help_from: str = ""


@transaction.atomic
def choose_priority(*, debrief: Debrief, wanted: Wanted, by: User) -> Priority:
    """A priority for this result, up to three a debrief.

    Where another debrief has chosen the same statement, its priority becomes this one's too.
    """
    unit = locked_unit(debrief.survey_unit_id)
    debrief = locked_debrief(debrief)
    earlier = Priority.objects.filter(result=unit.pk, evidence_code=wanted.code).first()
    own = Choice.objects.filter(debrief=debrief)
    if earlier is not None and own.filter(priority=earlier).exists():
        return earlier
    if own.count() >= MOST_PRIORITIES:
        raise Refused("You have 3 priorities. Remove one to choose another.")
    priority = earlier or _new_priority(unit, wanted, by)
    Choice.objects.create(priority=priority, debrief=debrief)
    if earlier is not None:
        record_debrief("priority shared", debrief, by, priority=priority.pk)
    return priority


@transaction.atomic
def choose_early(*, survey_unit: SurveyUnit, wanted: Wanted, by: User) -> Priority:
    """A priority in a plan that was opened before any debrief; up to three."""
    unit = locked_unit(survey_unit.pk)
    early = Choice.objects.filter(priority__result=unit.pk, debrief=None)
    found = Priority.objects.filter(result=unit.pk, evidence_code=wanted.code).first()
    if found is not None:
        return found
    refuse_closed(unit.unit)
    if early.count() >= MOST_PRIORITIES:
        raise Refused("The plan has 3 priorities. Hold a debrief to choose more.")
    priority = _new_priority(unit, wanted, by)
    Choice.objects.create(priority=priority)
    settle_priorities(Priority.objects.filter(pk=priority.pk))
    return priority


@transaction.atomic
def drop_choice(*, choice: Choice, by: User) -> None:
    """This meeting takes it back; a priority that nobody else chose goes."""
    if choice.debrief is None:
        raise Refused("You cannot remove this priority because it is in the plan.")
    debrief = locked_debrief(choice.debrief)
    if not Choice.objects.filter(pk=choice.pk).exists():
        return
    _let_go(Choice.objects.filter(pk=choice.pk))
    record_debrief("priority removed", debrief, by, priority=choice.priority_id)


@transaction.atomic
def attach_picture(*, debrief: Debrief, caption: str, content: bytes, by: User) -> Attachment:
    """A local chart or a story, checked by its content and drawn anew."""
    debrief = locked_debrief(debrief)
    if Attachment.objects.filter(debrief=debrief).count() >= MOST_PICTURES:
        raise Refused("A debrief keeps up to 4 pictures. Remove one first.", field="file")
    try:
        picture = read_picture(content)
    except NotAPicture as problem:
        raise Refused(str(problem), field="file") from None
    attachment = Attachment.objects.create(
        debrief=debrief,
        caption=caption,
        kind=picture.kind,
        width=picture.width,
        height=picture.height,
        content=picture.content,
    )
    record_debrief(
        "picture attached", debrief, by, attachment=attachment.pk, bytes=len(picture.content)
    )
    return attachment


@transaction.atomic
def remove_picture(*, attachment: Attachment, by: User) -> None:
    """A picture that the team does not want to keep; its bytes go too."""
    debrief = locked_debrief(attachment.debrief)
    if Attachment.objects.filter(pk=attachment.pk).delete()[0]:
        record_debrief("picture removed", debrief, by, attachment=attachment.pk)


@transaction.atomic
def discard_debrief(*, debrief: Debrief, why: str, by: User) -> None:
    """A meeting that came to nothing: its notes and pictures go, and what only it has chosen.

    `why` is a word of `DISCARDED_BECAUSE`; the trail keeps it. A meeting that has ended stays.
    """
    if not Debrief.objects.filter(pk=debrief.pk).exists():
        return
    unit = locked_unit(debrief.survey_unit_id)
    debrief = locked_debrief(debrief)
    if why not in DISCARDED_BECAUSE:
        raise Refused("Say why the debrief is discarded.", field="why")
    lost = {
        "notes": debrief.notes.count(),
        "pictures": debrief.attachments.count(),
        "priorities": debrief.choices.count(),
    }
    _let_go(Choice.objects.filter(debrief=debrief))
    Note.objects.filter(debrief=debrief).delete()
    Attachment.objects.filter(debrief=debrief).delete()
    record_debrief(
        "debrief discarded", debrief, by, why=why, unit=debrief.survey_unit.unit_id, **lost
    )
    Debrief.objects.filter(pk=debrief.pk).delete()
    follow_debriefs(unit)


def _let_go(choices: QuerySet[Choice]) -> None:
    """Deletes these choices, and the priorities that nobody else chose."""
    priorities = set(choices.values_list("priority", flat=True))
    kept = Choice.objects.filter(priority__in=priorities).exclude(pk__in=choices.values("pk"))
    alone = priorities - set(kept.values_list("priority", flat=True))
    choices.delete()
    Priority.objects.filter(pk__in=alone).delete()


def _new_priority(unit: SurveyUnit, wanted: Wanted, by: User) -> Priority:
    snapshot = Snapshot.objects.filter(survey_unit=unit).latest("number")
    survey = unit.survey
    copy = evidence(snapshot.payload, wanted.code) or questions_of(survey).evidence(wanted.code)
    if copy is None:
        raise Refused("Choose what it is about from the list.", field="code")
    return add_priority(
        initiative=survey.initiative,
        unit=unit.unit,
        result=unit.pk,
        title=wanted.title,
        needs_help=wanted.needs_help or bool(wanted.help_from),
        help_from=wanted.help_from,
        code=copy.code,
        wording=copy.wording,
        figure=copy.figure,
        n=copy.n,
        link=reverse("result", args=[survey.organisation.slug, unit.pk]),
        by=by,
    )
