"""Ideas from staff: sent by anybody with the team page, shown the next morning, answered once.

Sending is not in the audit log: an entry would keep the order and the time of day.
"""

import secrets
from datetime import date, datetime, time, timedelta

from django.db import transaction

from initiatives.models import Action, Idea, IdeaMorning, Initiative
from initiatives.queries.ideas import closed_box
from initiatives.rules.ideas import MOST_WAITING
from organisations.actions.audit_log import record
from organisations.actions.units import refuse_closed
from organisations.models import Organisation, Unit, User
from organisations.rules.refusal import Refused

SHOWN_AT = time(7)
KEPT = timedelta(days=365)
FULL = (
    "Many ideas are waiting for an answer. Try again in a few days, or tell any colleague who goes "
    "to the next debrief."
)
NOT_TAKEN_UP = "Only an idea that you will do has an action. Answer it first."
CLOSED = "Ideas are closed for a time. Nothing was kept."
NO_MORE = "it takes no more ideas"


@transaction.atomic
def send_idea(*, unit: Unit, words: str, for_lead_only: bool) -> None:
    """Keeps it for the next morning; the same words that wait already are not kept twice.

    Raises `Refused` while 20 of the unit wait or its box is closed, and once the unit itself is.
    """
    # Whoever sends for the same unit waits: counted and kept in one.
    unit = (
        Unit.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=unit.pk)
    )
    refuse_closed(unit, more=NO_MORE)
    if closed_box(unit) is not None:
        raise Refused(CLOSED)
    waiting = Idea.objects.filter(unit=unit, answer="")
    if waiting.filter(words=words).exists():
        return
    if waiting.count() >= MOST_WAITING:
        raise Refused(FULL)
    Idea.objects.create(unit=unit, words=words, for_lead_only=for_lead_only)


def show_new_ideas(now: datetime) -> int:
    """Each organisation's ideas of the day and the night, from 7 in its morning; how many."""
    shown = 0
    waiting = Idea.objects.filter(shown_on=None).values("unit__organisation")
    for organisation in Organisation.objects.filter(pk__in=waiting):
        local = now.astimezone(organisation.zone)
        if local.time() >= SHOWN_AT:
            shown += _show(organisation, local.date())
    return shown


@transaction.atomic
def _show(organisation: Organisation, today: date) -> int:
    """Deletes the rows and writes them anew, shuffled: neither keys nor the database's own marks
    of a row keep their order.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    _, is_first = IdeaMorning.objects.get_or_create(organisation=organisation, day=today)
    if not is_first:
        return 0
    IdeaMorning.objects.filter(organisation=organisation, day__lt=today).delete()
    unshown = Idea.objects.select_for_update().filter(
        unit__organisation=organisation, shown_on=None
    )
    ideas = [
        Idea(unit_id=one.unit_id, words=one.words, for_lead_only=one.for_lead_only, shown_on=today)
        for one in unshown
    ]
    unshown.delete()
    secrets.SystemRandom().shuffle(ideas)
    Idea.objects.bulk_create(ideas)
    return len(ideas)


@transaction.atomic
def answer_idea(*, idea: Idea, answer: str, words: str, on: date, by: User) -> None:
    """Once. The same again changes nothing; another answer is refused, and that it will be done
    where the unit has closed.
    """
    idea = (
        Idea.objects.select_for_update(of=("self",))
        .select_related("unit__organisation")
        .get(pk=idea.pk)
    )
    if idea.answer:
        if (idea.answer, idea.answer_words) == (answer, words):
            return
        raise Refused("Someone else has answered this idea. Nothing has changed.")
    if answer == Idea.Answer.DO:
        refuse_closed(idea.unit)
    idea.answer, idea.answer_words, idea.answered_on = answer, words, on
    idea.save(update_fields=["answer", "answer_words", "answered_on"])
    record(
        action="idea answered",
        on=idea,
        organisation=idea.unit.organisation,
        by=by,
        unit=idea.unit_id,
        answer=answer,
    )


@transaction.atomic
def act_on_idea(
    *,
    idea: Idea,
    initiative: Initiative,
    result: int,
    what: str,
    owner: str,
    due_on: date,
    by: User,
) -> Action:
    """The action that follows from an idea which the unit takes up: one, whatever is pressed twice.

    `result` is the survey unit in whose plan it is. Raises `Refused`.
    """
    idea = Idea.objects.select_for_update(of=("self",)).select_related("unit").get(pk=idea.pk)
    if idea.action is not None:
        return idea.action
    if idea.answer != Idea.Answer.DO:
        raise Refused(NOT_TAKEN_UP)
    refuse_closed(idea.unit)
    idea.action = Action.objects.create(
        initiative=initiative,
        unit_id=idea.unit_id,
        result=result,
        what=what,
        owner=owner,
        due_on=due_on,
        first_due_on=due_on,
        added_by=by,
    )
    idea.save(update_fields=["action"])
    record(
        action="action added",
        on=idea.action,
        organisation=initiative.organisation,
        by=by,
        idea=str(idea.pk),
    )
    return idea.action


def erase_old_ideas(today: date) -> int:
    """Ideas a year after their answer or, unanswered, after they were shown; how many."""
    long_ago = today - KEPT
    old = Idea.objects.filter(answered_on__lt=long_ago) | Idea.objects.filter(
        answer="", shown_on__lt=long_ago
    )
    erased, _ = old.delete()
    return erased
