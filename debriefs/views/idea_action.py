"""An action that follows from an idea from staff."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from debriefs.forms.action_for import IdeaActionForm
from debriefs.queries.ideas import plans_for_ideas
from initiatives import access
from initiatives.actions.ideas import NOT_TAKEN_UP, act_on_idea
from initiatives.models import Idea
from initiatives.presenters.crumbs import idea_crumbs
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only
from organisations.words.units import no_more_words

FOR_LEAD_ONLY = " The manager can read the action, but not the idea."
HAS_ONE = "This idea has its action already."
NO_PLAN = "This unit has no result yet, so there is no plan for the action."


@members_only(*access.DECIDING)
def act(request: MemberRequest, idea_id: UUID) -> HttpResponse:
    """What, who and by when; where the unit has results of several improvements, for which."""
    organisation = request.organisation
    idea = access.idea_for(
        organisation=organisation, memberships=request.memberships, idea_id=idea_id
    )
    plans = plans_for_ideas(idea.unit)
    if refused := _refused(idea, has_plan=bool(plans)):
        messages.warning(request, refused)
        return redirect("ideas", organisation.slug)
    form = IdeaActionForm(posted(request), places=plans)
    if form.is_bound and form.is_valid():
        with shown_on(form):
            plan = form.place
            act_on_idea(
                idea=idea,
                initiative=plan.survey.initiative,
                result=plan.pk,
                what=form.cleaned_data["what"],
                owner=form.cleaned_data["owner"],
                due_on=form.cleaned_data["due_on"],
                by=request.user,
            )
            messages.success(request, "The action was added.")
            return redirect("ideas", organisation.slug)
    return form_page(
        request,
        form,
        heading="Add the action",
        caption=f"An idea from staff, {idea.unit.name}",
        lede=f"“{idea.words}”{FOR_LEAD_ONLY if idea.for_lead_only else ''}",
        crumbs=idea_crumbs(organisation),
    )


def _refused(idea: Idea, *, has_plan: bool) -> str:
    """Why there is nothing to fill in."""
    if idea.action_id is not None:
        return HAS_ONE
    if idea.answer != Idea.Answer.DO:
        return NOT_TAKEN_UP
    return no_more_words(idea.unit) or ("" if has_plan else NO_PLAN)
