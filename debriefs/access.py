"""The only way to what belongs to a result: meetings, notes, pictures, priorities, actions.

Each takes a result that `access` has let the reader in to; what is not of it is 404.
"""

from collections.abc import Collection
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from debriefs.models import Attachment, Choice, Debrief, Note
from initiatives.models import Action, Priority
from initiatives.queries.plans import chosen_for
from organisations.access import scope
from organisations.models import Membership, Role
from results.access import READERS
from surveys.models import SurveyUnit

M = TypeVar("M", bound=Model)


def debrief_for(*, survey_unit: SurveyUnit, debrief_id: int) -> Debrief:
    """One meeting about this result; else 404."""
    return _of(Debrief.objects.filter(survey_unit=survey_unit), debrief_id)


def is_there(debrief: Debrief) -> bool:
    """Whether nobody has discarded it meanwhile."""
    return Debrief.objects.filter(pk=debrief.pk).exists()


def note_for(*, debrief: Debrief, note_id: int) -> Note:
    """One note of this meeting; else 404."""
    return _of(Note.objects.filter(debrief=debrief).select_related("debrief"), note_id)


def choice_for(*, debrief: Debrief, choice_id: int) -> Choice:
    """One choice of this meeting; else 404."""
    return _of(Choice.objects.filter(debrief=debrief).select_related("debrief"), choice_id)


def picture_for(*, survey_unit: SurveyUnit, attachment_id: int) -> Attachment:
    """One picture of any meeting about this result; else 404."""
    pictures = Attachment.objects.filter(debrief__survey_unit=survey_unit)
    return _of(pictures.select_related("debrief"), attachment_id)


def shown_picture_for(*, code: str, attachment_id: int) -> Attachment:
    """A picture that the team agreed to show on its own page; else 404."""
    pictures = Attachment.objects.filter(
        debrief__survey_unit__ward_page_code=code,
        debrief__ended_at__isnull=False,
        is_shown=True,
    )
    return _of(pictures, attachment_id)


def priority_for(*, survey_unit: SurveyUnit, priority_id: int) -> Priority:
    """One priority in the plan of this result; else 404."""
    priorities = chosen_for([survey_unit.pk])
    return _of(priorities.select_related("initiative__organisation"), priority_id)


def action_for(*, survey_unit: SurveyUnit, action_id: int) -> Action:
    """One action in the plan of this result; else 404."""
    actions = Action.objects.filter(result=survey_unit.pk)
    return _of(actions.select_related("priority", "initiative__organisation"), action_id)


def _of(rows: QuerySet[M], key: int) -> M:
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def readable_actions(memberships: Collection[Membership]) -> Q:
    """Those of one's units, and for a senior reviewer of the units they review."""
    return actions_held(memberships, *READERS)


def actions_held(memberships: Collection[Membership], *roles: Role) -> Q:
    """Those of the units in which these roles are held."""
    return scope(memberships, roles, unit="unit")
