"""The only door from a member to what an organisation suggests to its wards."""

from django.http import Http404

from initiatives.models import Suggestion
from organisations.models import Organisation, Role

READING = (Role.MANAGER, Role.LEAD, Role.EDITOR, Role.ADMINISTRATOR)
WRITING = (Role.LEAD, Role.EDITOR, Role.ADMINISTRATOR)


def suggestion_for(*, organisation: Organisation, suggestion_id: int) -> Suggestion:
    """One of the organisation's own that is still on offer; else 404."""
    found = Suggestion.objects.filter(
        organisation=organisation, pk=suggestion_id, withdrawn_at=None
    ).first()
    if found is None:
        raise Http404
    found.organisation = organisation
    return found
