"""A draft: made new, copied from a version, given up."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from instruments.actions.authorship import signed
from instruments.actions.import_instrument import next_number, store_draft
from instruments.models import (
    Edition,
    Instrument,
    Item,
    ItemMapping,
    ItemWording,
    ScaleLabel,
    Section,
    SectionWording,
    Translation,
    Version,
)
from instruments.rules.texts import InstrumentText, ItemText, SectionText
from instruments.rules.version_text import VersionText
from organisations.actions.audit_log import record
from organisations.models import Organisation, User
from organisations.rules.refusal import Refused

Copied = TypeVar("Copied", bound=Model)
Part = TypeVar("Part", Section, Item, Edition, Translation)
DISCARDED = "Someone has discarded this draft. Nothing was saved."
NOT_A_DRAFT = "This version is locked. Copy it to change it."


def held(version: Version) -> Version:
    """The version, locked for this transaction; refused where it was a draft and is gone."""
    locked = Version.objects.select_for_update().filter(pk=version.pk).first()
    if locked is None:
        raise Refused(DISCARDED)
    return locked


def require_draft(version: Version) -> Version:
    """The version, locked for this transaction; refused where it is no draft any more."""
    locked = held(version)
    if locked.state != Version.State.DRAFT:
        raise Refused(NOT_A_DRAFT)
    return locked


def gone(part: str) -> Refused:
    """That somebody took this part (`section`, `statement`) out of the draft meanwhile."""
    return Refused(f"This {part} is no longer part of the draft.")


def current(part: Part) -> Part:
    """A part of a draft that is held, as it stands now; refused where somebody took it out."""
    now = type(part)._default_manager.filter(pk=part.pk).first()
    if now is None:
        names = {Item: "statement", Translation: "language"}
        raise gone(names.get(type(part), str(part._meta.verbose_name)))
    return now


def touch(version: Version, by: User | None) -> None:
    """Notes who saved the draft last, and when."""
    version.saved_at, version.saved_by = timezone.now(), by
    Version.objects.filter(pk=version.pk).update(saved_at=version.saved_at, saved_by=by)


@transaction.atomic
def new_instrument(
    *,
    organisation: Organisation,
    code: str,
    title: str,
    minimum: int,
    labels: tuple[str, ...],
    by: User,
) -> Version:
    """A draft of an instrument of one's own, with one section and one statement to begin with."""
    if Instrument.objects.filter(organisation=organisation, code=code).exists():
        raise Refused(f"You have an instrument with the code {code} already.", field="code")
    sections = (SectionText("A", "First section", "To what extent:", (ItemText("A01", "…?"),)),)
    text = VersionText(
        InstrumentText(
            code=code,
            title=title,
            version="1",
            language="en-GB",
            source="",
            purpose="",
            notice="",
            recommended_respondents="",
            section_titles_are="",
            minimum=minimum,
            maximum=minimum + len(labels) - 1,
            labels=labels,
            sections=sections,
        )
    )
    instrument = Instrument.objects.create(organisation=organisation, code=code)
    version = store_draft(text=text, instrument=instrument, copied_from=None, by=by)
    record(action="instrument drafted", on=version, organisation=organisation, by=by)
    return version


@transaction.atomic
def copy_to_draft(*, version: Version, organisation: Organisation, by: User) -> Version:
    """A draft with every word of a version; of a shared instrument, the organisation's own copy.

    Somebody else's verbatim words stay locked in the copy.
    """
    source = held(version)
    shared = source.instrument.organisation_id is None
    instrument = source.instrument
    if shared:
        instrument, _ = Instrument.objects.get_or_create(
            organisation=organisation, code=source.instrument.code
        )
    draft = Version.objects.get(pk=source.pk)
    draft.pk, draft._state.adding = None, True
    draft.instrument = instrument
    first = shared and not Version.objects.filter(instrument=instrument).exists()
    draft.number = next_number(source.instrument) if first else next_number(instrument)
    draft.state, draft.published_at = Version.State.DRAFT, None
    draft.copied_from, draft.saved_at, draft.saved_by = source, timezone.now(), by
    signed(draft, by).save()
    _copy_rows(source, draft, lock_verbatim=shared)
    record(
        action="version copied", on=draft, organisation=organisation, by=by, copied_from=source.pk
    )
    return draft


def _copy_rows(source: Version, draft: Version, *, lock_verbatim: bool) -> None:
    sections = copied(Section, {"version": source}, lambda row: {"version": draft})
    items = copied(
        Item,
        {"version": source},
        lambda row: {"version": draft, "section": sections[row.section_id], "replaces": ""},
    )
    editions = copied(
        Edition,
        {"version": source},
        lambda row: {
            "version": draft,
            "is_locked": row.is_locked or (lock_verbatim and row.is_verbatim),
        },
    )
    copied(ScaleLabel, {"version": source}, lambda row: {"version": draft})
    copied(
        Translation,
        {"edition__version": source},
        lambda row: {"edition": editions[row.edition_id]},
    )
    copied(
        SectionWording,
        {"section__version": source},
        lambda row: {
            "section": sections[row.section_id],
            "edition": editions[row.edition_id],
            "measures_same": False,
        },
    )
    copied(
        ItemWording,
        {"item__version": source},
        lambda row: {
            "item": items[row.item_id],
            "edition": editions[row.edition_id],
            "measures_same": False,
        },
    )
    copied(ItemMapping, {"version": source}, lambda row: {"version": draft})


def copied(
    model: type[Copied], of: Mapping[str, object], changes: Callable[[Copied], dict[str, object]]
) -> dict[int, Copied]:
    """Copies rows with changes, in one statement; the copies by the id of what they copy."""
    rows = list(model._default_manager.filter(**of).order_by("pk"))
    copies = {}
    for row in rows:
        before = row.pk
        for name, value in changes(row).items():
            setattr(row, name, value)
        row.pk, row._state.adding = None, True
        copies[before] = row
    model._default_manager.bulk_create(rows)
    return copies


@transaction.atomic
def discard_draft(*, version: Version, by: User) -> None:
    """Deletes a draft for good; with it the instrument if it has no other version."""
    draft = require_draft(version)
    if draft.copies.exists():
        raise Refused("A later draft was copied from this one. Discard that one first.")
    instrument = draft.instrument
    record(action="draft discarded", on=draft, organisation=instrument.organisation, by=by)
    signed(draft, by).delete()
    if not instrument.versions.exists():
        instrument.delete()
