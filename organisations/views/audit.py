"""Who did what to which object, when."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.forms.audit import AuditFilterForm
from organisations.models import Role
from organisations.presenters.audit import action_words, audit_rows
from organisations.presenters.pages import page_links
from organisations.queries.audit import actions_taken, audit_trail, names_of, no_entries
from organisations.views.membership import MemberRequest, members_only

ENTRIES_A_PAGE = 50


@require_safe
@members_only(Role.ADMINISTRATOR)
def trail(request: MemberRequest) -> HttpResponse:
    """The trail, latest first, by action and period."""
    actions = [(action, action_words(action)) for action in actions_taken(request.organisation)]
    form = AuditFilterForm(request.GET, actions=actions)
    valid = form.is_valid()
    found = audit_trail(request.organisation, **form.cleaned_data) if valid else no_entries()
    page = Paginator(found, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    entries = list(page.object_list)
    return render(
        request,
        "organisations/audit/trail.html",
        {
            "form": form,
            "filtered": valid and any(form.cleaned_data.values()),
            "page": page,
            "rows": audit_rows(entries, names_of(entries)),
            "pagination": page_links(page, request.GET),
        },
        status=200 if valid else 400,
    )
