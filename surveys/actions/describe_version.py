"""What a draft says of itself: title, purpose, notice, source."""

from django.db import transaction

from organisations.audit import record
from organisations.models import User
from surveys.actions.draft import require_draft, touch
from surveys.actions.wording import tidy
from surveys.authorship import signed
from surveys.models import Version


@transaction.atomic
def describe_version(
    *, version: Version, title: str, purpose: str, notice: str, source: str, by: User
) -> None:
    """Saves all four; they stand on results and in exports."""
    draft = require_draft(version)
    draft.title = tidy(title, 120)
    draft.purpose, draft.notice = tidy(purpose, 4000), tidy(notice, 2000)
    draft.source = tidy(source, 2000)
    signed(draft, by).save(update_fields=["title", "purpose", "notice", "source"])
    touch(draft, by)
    record(action="version described", on=draft, organisation=draft.instrument.organisation, by=by)
