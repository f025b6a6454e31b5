"""What a changed wording measures: the same, and the code stays; or not, and a new one begins."""

import re

from django.db import transaction

from instruments.actions.authorship import signed
from instruments.actions.draft import current, require_draft, touch
from instruments.actions.structure import free_code
from instruments.models import (
    Edition,
    Item,
    ItemMapping,
    ItemWording,
    Section,
    SectionWording,
    Version,
)
from organisations.actions.audit_log import record
from organisations.models import User


@transaction.atomic
def declare_item(*, item: Item, edition: Edition, same: bool, by: User) -> Item:
    """Notes for a statement whether its new text in this edition measures the same as before."""
    draft, item, edition = require_draft(item.version), current(item), current(edition)
    wording = ItemWording.objects.get(item=item, edition=edition, language=draft.language)
    if same:
        _back_to_old_code(draft, item, by)
    elif not item.replaces:
        _new_code(draft, item, by)
    wording.measures_same = same
    signed(wording, by).save(update_fields=["measures_same"])
    _audit(draft, by, same=same, item=item.code)
    return item


@transaction.atomic
def declare_section(*, section: Section, edition: Edition, same: bool, by: User) -> None:
    """The same for a stem; where it asks something else, so does every statement under it."""
    draft, section, edition = require_draft(section.version), current(section), current(edition)
    wording = SectionWording.objects.get(section=section, edition=edition, language=draft.language)
    for item in Item.objects.filter(section=section).order_by("position"):
        if same:
            _back_to_old_code(draft, item, by)
        elif not item.replaces:
            _new_code(draft, item, by)
    wording.measures_same = same
    signed(wording, by).save(update_fields=["measures_same"])
    _audit(draft, by, same=same, section=section.code)


def _new_code(draft: Version, item: Item, by: User) -> None:
    before = draft.copied_from
    if before is None or not Item.objects.filter(version=before, code=item.code).exists():
        return  # it is new in this draft, so there is nothing that it could be joined with
    old, prefix = item.code, re.sub(r"\d+$", "", item.code) or item.code
    item.replaces, item.code = old, free_code(draft, prefix)
    signed(item, by).save(update_fields=["code", "replaces"])
    _rename_reading(draft, old, item.code)


def _back_to_old_code(draft: Version, item: Item, by: User) -> None:
    if not item.replaces:
        return
    ended, item.code, item.replaces = item.code, item.replaces, ""
    signed(item, by).save(update_fields=["code", "replaces"])
    _rename_reading(draft, ended, item.code)


def _rename_reading(draft: Version, old: str, new: str) -> None:
    reading = ItemMapping.objects.filter(version=draft).first()
    if reading is not None and old in reading.maps.get("items", {}):
        items = {
            (new if code == old else code): value for code, value in reading.maps["items"].items()
        }
        reading.maps = {**reading.maps, "items": items}
        if marks := reading.maps.get("same_meaning"):
            reading.maps["same_meaning"] = {
                edition: [new if code == old else code for code in marked]
                for edition, marked in marks.items()
            }
        reading.save(update_fields=["maps"])


def _audit(draft: Version, by: User, **detail: object) -> None:
    touch(draft, by)
    organisation = draft.instrument.organisation
    record(action="wording declared", on=draft, organisation=organisation, by=by, **detail)
