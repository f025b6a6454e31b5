"""Publishing locks a version for good; retiring takes it off the launch page."""

from django.db import transaction
from django.utils import timezone

from instruments.actions.authorship import signed
from instruments.actions.draft import held, require_draft
from instruments.actions.mark_verbatim import mark_verbatim
from instruments.models import Version
from instruments.queries.originals import originals_of
from instruments.queries.version_rows import VersionRows
from instruments.queries.wording_changes import difference
from instruments.rules.originals import keeps
from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules.refusal import Refused


def publication_blockers(version: Version) -> list[str]:
    """What must be done before this draft can be published, a sentence each."""
    rows = VersionRows(version)
    own = version.language
    found = []
    points = version.scale_maximum - version.scale_minimum + 1
    if len(rows.labels.get(own, ())) != points:
        found.append(f"The scale needs words for each of its {points} points.")
    for edition in rows.editions:
        for section in rows.sections:
            items = rows.items.get(section.pk, [])
            stem = rows.stems.get((edition.pk, own, section.pk))
            if stem is None or not stem.stem:
                found.append(f"{edition.name}: section {section.code} needs a stem.")
            for item in items:
                text = rows.texts.get((edition.pk, own, item.pk))
                if text is None or text.text.strip("…? ") == "":
                    found.append(f"{edition.name}: write the statement {item.code}.")
        asked = [
            text
            for (edition_id, language, _), text in rows.texts.items()
            if edition_id == edition.pk and language == own and not text.left_out
        ]
        if not asked:
            found.append(f"{edition.name} asks no statement.")
    found += _owed(version)
    for change in difference(version).pending:
        name = change.edition.name if change.edition else ""
        what = f"the stem of {change.place}" if change.kind == "stem" else change.code
        found.append(f"{name}: say whether {what} still measures the same.")
    return found


def _owed(version: Version) -> list[str]:
    """What a copy leaves out of that which its original must always say."""
    found: dict[str, None] = {}
    for original in originals_of(version):
        if not original.is_anothers:
            continue
        of = original.text
        for name in ("notice", "purpose"):
            owed = getattr(of, name)
            if not keeps(getattr(version, name), owed):
                found[f"The {name} of {of.title} must stand, word for word: “{owed}”"] = None
    return list(found)


@transaction.atomic
def publish_version(*, version: Version, by: User | None) -> Version:
    """The draft as a published version that the database locks. Publishing twice is once."""
    current = held(version)
    if current.state == Version.State.PUBLISHED:
        return current
    draft = require_draft(version)
    reasons = publication_blockers(draft)
    if reasons:
        raise Refused(" ".join(reasons))
    mark_verbatim(draft, by)
    draft.state, draft.published_at = Version.State.PUBLISHED, timezone.now()
    signed(draft, by).save(update_fields=["state", "published_at"])
    record(
        action="version published",
        on=draft,
        organisation=draft.instrument.organisation,
        by=by,
        number=draft.number,
    )
    return draft


@transaction.atomic
def retire_version(*, version: Version, by: User) -> None:
    """No new survey can use it; surveys that have it go on, and their results stay."""
    current = held(version)
    if current.state == Version.State.RETIRED:
        return
    if current.state != Version.State.PUBLISHED:
        raise Refused("Only a published version can be retired.")
    current.state = Version.State.RETIRED
    signed(current, by).save(update_fields=["state"])
    record(
        action="version retired",
        on=current,
        organisation=current.instrument.organisation,
        by=by,
        number=current.number,
    )
