"""A meeting about a result: begin, write down, choose, show, end."""

from collections.abc import Collection
from typing import cast

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from initiatives.actions.decision import decide
from initiatives.actions.plan import add_priority
from initiatives.models import Action, Priority
from organisations.audit import record
from organisations.models import User
from organisations.refusal import Refused
from reports.debrief_steps import BY_WORD, DISCARDED_BECAUSE, MOST_PRIORITIES
from reports.models import Attachment, Choice, Debrief, Note
from reports.picture import NotAPicture, read_picture
from reports.talking_points import evidence
from scoring.models import Snapshot
from scoring.payload import SnapshotPayload
from surveys.models import SurveyUnit

MOST_PICTURES = 4


@transaction.atomic
def start_debrief(*, snapshot: Snapshot, name: str, by: User) -> Debrief:
    """A new meeting about this result; one of the same name that is still going on goes on."""
    unit = _lock_unit(snapshot.survey_unit_id)
    if not snapshot.payload["sections"]:
        raise Refused("There is no result to talk through: too few people answered.")
    going_on = Debrief.objects.filter(survey_unit=unit, name=name, ended_at=None).first()
    if going_on is not None:
        return going_on
    debrief = Debrief.objects.create(survey_unit=unit, name=name, started_by=by)
    _record("debrief started", debrief, by, unit=unit.unit_id)
    return debrief


@transaction.atomic
def write_note(*, debrief: Debrief, step: str, code: str, text: str, by: User) -> None:
    """What the team said. The same words twice are one note."""
    debrief = _lock(debrief)
    if step not in BY_WORD:
        raise Refused("This meeting has no such step.")
    note, is_new = Note.objects.get_or_create(debrief=debrief, step=step, code=code, text=text)
    if is_new:
        _record("debrief note written", debrief, by, note=note.pk)


@transaction.atomic
def remove_note(*, note: Note, by: User) -> None:
    """A note that the team does not want to keep."""
    debrief = _lock(note.debrief)
    if Note.objects.filter(pk=note.pk).delete()[0]:
        _record("debrief note removed", debrief, by, note=note.pk)


@transaction.atomic
def choose_priority(*, debrief: Debrief, code: str, title: str, by: User) -> Priority:
    """A priority for this result, at most three a meeting.

    Where another meeting has chosen the same statement, its priority becomes this one's too.
    """
    debrief = _lock(debrief)
    unit = _lock_unit(debrief.survey_unit_id)
    earlier = Priority.objects.filter(choices__survey_unit=unit, evidence_code=code).first()
    own = Choice.objects.filter(debrief=debrief)
    if earlier is not None and own.filter(priority=earlier).exists():
        return earlier
    if own.count() >= MOST_PRIORITIES:
        raise Refused("You have three priorities. Take one away to choose another.")
    priority = earlier or _new_priority(unit, code, title, by)
    Choice.objects.create(survey_unit=unit, priority=priority, debrief=debrief)
    if earlier is not None:
        _record("priority shared", debrief, by, priority=priority.pk)
    return priority


@transaction.atomic
def choose_early(*, survey_unit: SurveyUnit, code: str, title: str, by: User) -> Priority:
    """A priority in a plan that was opened before any debrief; at most three."""
    unit = _lock_unit(survey_unit.pk)
    early = Choice.objects.filter(survey_unit=unit, debrief=None)
    found = Priority.objects.filter(choices__survey_unit=unit, evidence_code=code).first()
    if found is not None:
        return found
    if early.count() >= MOST_PRIORITIES:
        raise Refused("The plan has three priorities. Talk the result through for more.")
    priority = _new_priority(unit, code, title, by)
    Choice.objects.create(survey_unit=unit, priority=priority)
    return priority


@transaction.atomic
def drop_choice(*, choice: Choice, by: User) -> None:
    """This meeting takes it back; a priority that nobody else chose goes, unless work has begun."""
    if choice.debrief is None:
        raise Refused("This priority belongs to the plan.")
    debrief = _lock(choice.debrief)
    if not Choice.objects.filter(pk=choice.pk).exists():
        return
    _let_go(Choice.objects.filter(pk=choice.pk))
    _record("priority taken away", debrief, by, priority=choice.priority_id)


@transaction.atomic
def attach_picture(*, debrief: Debrief, caption: str, content: bytes, by: User) -> Attachment:
    """A local chart or a story, checked by its content and drawn anew."""
    debrief = _lock(debrief)
    if Attachment.objects.filter(debrief=debrief).count() >= MOST_PICTURES:
        raise Refused("A meeting keeps four pictures at most. Take one away first.", field="file")
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
    _record("picture attached", debrief, by, attachment=attachment.pk, bytes=len(picture.content))
    return attachment


@transaction.atomic
def remove_picture(*, attachment: Attachment, by: User) -> None:
    """A picture that the team does not want to keep; its bytes go too."""
    debrief = _lock(attachment.debrief)
    if Attachment.objects.filter(pk=attachment.pk).delete()[0]:
        _record("picture removed", debrief, by, attachment=attachment.pk)


@transaction.atomic
def end_debrief(
    *,
    debrief: Debrief,
    word: str,
    reason: str,
    notes: Collection[int],
    pictures: Collection[int],
    by: User,
) -> None:
    """The team's decision about the improvement, and what of its notes the ward's page shows."""
    debrief = _lock(debrief)
    unit = debrief.survey_unit
    show(debrief=debrief, notes=notes, pictures=pictures, by=by)
    debrief.decision = decide(
        initiative=unit.survey.initiative, unit=unit.unit, word=word, reason=reason, by=by
    )
    debrief.ended_at = timezone.now()
    debrief.save(update_fields=["decision", "ended_at"])
    _record("debrief ended", debrief, by, unit=unit.unit_id)


@transaction.atomic
def discard_debrief(*, debrief: Debrief, why: str, by: User) -> None:
    """A meeting that came to nothing: its notes and pictures go, and what only it has chosen.

    `why` is a word of `DISCARDED_BECAUSE`; the trail keeps it. A meeting that has ended stays.
    """
    if not Debrief.objects.filter(pk=debrief.pk).exists():
        return
    debrief = _lock(debrief)
    if why not in DISCARDED_BECAUSE:
        raise Refused("Say why the meeting is discarded.", field="why")
    lost = {
        "notes": debrief.notes.count(),
        "pictures": debrief.attachments.count(),
        "priorities": debrief.choices.count(),
    }
    _let_go(Choice.objects.filter(debrief=debrief))
    Note.objects.filter(debrief=debrief).delete()
    Attachment.objects.filter(debrief=debrief).delete()
    _record("debrief discarded", debrief, by, why=why, unit=debrief.survey_unit.unit_id, **lost)
    Debrief.objects.filter(pk=debrief.pk).delete()


@transaction.atomic
def show(*, debrief: Debrief, notes: Collection[int], pictures: Collection[int], by: User) -> None:
    """Exactly these notes and pictures are on the ward's page, from now on or no more."""
    for rows, wanted in ((debrief.notes, set(notes)), (debrief.attachments, set(pictures))):
        rows.filter(pk__in=wanted).update(is_shown=True)
        rows.exclude(pk__in=wanted).update(is_shown=False)
    _record("debrief words shown", debrief, by, notes=sorted(notes), pictures=sorted(pictures))


def _let_go(choices: QuerySet[Choice]) -> None:
    """Deletes these choices, and the priorities that nobody else chose."""
    priorities = set(choices.values_list("priority", flat=True))
    kept = Choice.objects.filter(priority__in=priorities).exclude(pk__in=choices.values("pk"))
    alone = priorities - set(kept.values_list("priority", flat=True))
    if Action.objects.filter(priority__in=alone).exists():
        raise Refused("The plan has an action for this priority, so it stays.")
    choices.delete()
    Priority.objects.filter(pk__in=alone).delete()


def _new_priority(unit: SurveyUnit, code: str, title: str, by: User) -> Priority:
    snapshot = Snapshot.objects.filter(survey_unit=unit).latest("number")
    copy = evidence(cast(SnapshotPayload, snapshot.payload), code)
    if copy is None:
        raise Refused("Choose a statement from the list.", field="code")
    survey = unit.survey
    return add_priority(
        initiative=survey.initiative,
        unit=unit.unit,
        title=title or copy.wording[:120],
        code=copy.code,
        wording=copy.wording,
        figure=copy.figure,
        n=copy.n,
        link=reverse("result", args=[survey.organisation.slug, unit.pk]),
        by=by,
    )


def _lock(debrief: Debrief) -> Debrief:
    """The meeting as it is now; refuses one that has ended."""
    found = (
        Debrief.objects.select_for_update(of=("self",))
        .select_related("survey_unit__unit", "survey_unit__survey__initiative__organisation")
        .get(pk=debrief.pk)
    )
    if found.ended_at is not None:
        raise Refused("This meeting has ended. Hold another one to go on, for example with nights.")
    return found


def _lock_unit(survey_unit_id: int) -> SurveyUnit:
    return (
        SurveyUnit.objects.select_for_update(no_key=True, of=("self",))
        .select_related("unit", "survey__organisation", "survey__initiative__organisation")
        .get(pk=survey_unit_id)
    )


def _record(what: str, debrief: Debrief, by: User, **detail: object) -> None:
    organisation = debrief.survey_unit.survey.organisation
    record(action=what, on=debrief, organisation=organisation, by=by, **detail)
