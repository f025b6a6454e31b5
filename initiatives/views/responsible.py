"""Who is responsible for an improvement."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from initiatives import access
from initiatives.actions.responsible import name_responsible
from initiatives.forms.responsible import ResponsibleForm
from initiatives.presenters.crumbs import crumbs
from initiatives.presenters.people import choices_of
from initiatives.queries.responsible import people_to_name
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only


@members_only(*access.DECIDING)
def responsible(request: MemberRequest, initiative_id: int) -> HttpResponse:
    """Who leads it, steps in and backs it."""
    initiative = access.initiative_for(
        user=request.user,
        organisation=request.organisation,
        initiative_id=initiative_id,
        roles=access.DECIDING,
    )
    form = ResponsibleForm(
        posted(request),
        people=choices_of(people_to_name(request.organisation)),
        now=initiative.responsibilities.select_related("user"),
    )
    if form.is_bound and form.is_valid():
        with shown_on(form):
            name_responsible(initiative=initiative, named=form.named, by=request.user)
            messages.success(request, "Saved who is responsible")
            return redirect("initiative", request.organisation.slug, initiative.pk)
    return form_page(
        request,
        form,
        heading="Who is responsible?",
        caption=initiative.title,
        lede="You can leave any of these blank. People chosen from the list can open this "
        "improvement, put it on hold, stop it or mark it as finished. They cannot review it.",
        crumbs=crumbs(request.organisation, initiative),
    )
