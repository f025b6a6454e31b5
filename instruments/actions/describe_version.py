"""What a draft says of itself: title, purpose, notice, source."""

from django.db import transaction

from instruments.actions.authorship import signed
from instruments.actions.draft import require_draft, touch
from instruments.actions.wording import clean_text
from instruments.models import Version
from organisations.actions.audit_log import record
from organisations.models import User


@transaction.atomic
def describe_version(
    *, version: Version, title: str, purpose: str, notice: str, source: str, by: User
) -> None:
    """Saves all four; they stand on results and in exports."""
    draft = require_draft(version)
    draft.title = clean_text(title, 120)
    draft.purpose, draft.notice = clean_text(purpose, 4000), clean_text(notice, 2000)
    draft.source = clean_text(source, 2000)
    signed(draft, by).save(update_fields=["title", "purpose", "notice", "source"])
    touch(draft, by)
    record(action="version described", on=draft, organisation=draft.instrument.organisation, by=by)
