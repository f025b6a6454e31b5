"""Sections and statements of a draft: added, moved, removed, left out of an edition."""

import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from instruments.actions.authorship import signed
from instruments.actions.draft import current, require_draft, touch
from instruments.actions.mark_verbatim import mark_verbatim
from instruments.actions.wording import NewText, clean_text, save_locked
from instruments.models import (
    Edition,
    Item,
    ItemMapping,
    ItemWording,
    Section,
    SectionWording,
    Version,
)
from instruments.rules.version_text import MOST_SECTIONS, MOST_STATEMENTS
from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules.refusal import Refused


def line_of(version: Version) -> list[int]:
    """The version and all it was copied from: along this line a code means one thing."""
    found, current = [], version
    while current is not None:
        found.append(current.pk)
        copied_from = current.copied_from
        if copied_from is None or copied_from.pk in found:
            break
        current = copied_from
    return found


def free_code(version: Version, prefix: str, *, digits: int = 2) -> str:
    """A code that no version of this instrument, and none it was copied from, ever used."""
    codes = set(
        Item.objects.filter(version__instrument=version.instrument_id).values_list(
            "code", flat=True
        )
    )
    codes |= set(Item.objects.filter(version__in=line_of(version)).values_list("code", flat=True))
    codes |= set(Section.objects.filter(version=version).values_list("code", flat=True))
    codes |= set(
        Item.objects.filter(version__instrument=version.instrument_id)
        .exclude(replaces="")
        .values_list("replaces", flat=True)
    )
    pattern = re.compile(re.escape(prefix) + r"0*(\d+)$")
    numbers = [int(found[1]) for code in codes if (found := pattern.match(code))]
    return f"{prefix}{max(numbers, default=0) + 1:0{digits}}"


@transaction.atomic
def add_section(*, version: Version, title: str, stem: str, by: User) -> Section:
    """A section at the end, worded alike in every edition, with a first statement to write."""
    draft = require_draft(version)
    title, stem = clean_text(title, 120), clean_text(stem, 400)
    existing = Section.objects.filter(version=draft)
    if existing.count() >= MOST_SECTIONS:
        raise Refused(f"An instrument can have up to {MOST_SECTIONS} sections.")
    letters = re.sub(r"[^A-Za-z]", "", title).upper()[:3] or "S"
    code, number = letters, 1
    while existing.filter(code=code).exists():
        number += 1
        code = f"{letters}{number}"
    last = existing.aggregate(last=Max("position"))["last"] or 0
    section = signed(Section(version=draft, position=last + 1, code=code), by)
    section.save()
    for edition in Edition.objects.filter(version=draft):
        wording = SectionWording(
            section=section, edition=edition, language=draft.language, title=title, stem=stem
        )
        signed(wording, by).save()
    _touch(draft, by, "section added", section=section.code)
    return section


@transaction.atomic
def add_item(*, section: Section, text: str, by: User) -> Item:
    """A statement at the end of its section.

    Where the verbatim words are somebody else's, the verbatim edition leaves the new one out.
    """
    draft, section = require_draft(section.version), current(section)
    text = clean_text(text, 400)
    if not text:
        raise Refused("Enter the statement.", field="text")
    if Item.objects.filter(version=draft).count() >= MOST_STATEMENTS:
        raise Refused(f"An instrument can have up to {MOST_STATEMENTS} statements.")
    last = Item.objects.filter(section=section).aggregate(last=Max("position"))["last"] or 0
    prefix = re.sub(r"\d+$", "", section.code) or section.code
    item = Item(version=draft, section=section, position=last + 1, code=free_code(draft, prefix))
    signed(item, by).save()
    for edition in Edition.objects.filter(version=draft):
        wording = ItemWording(
            item=item,
            edition=edition,
            language=draft.language,
            text=text,
            left_out=edition.is_locked,
        )
        signed(wording, by).save()
    _touch(draft, by, "statement added", item=item.code)
    return item


@transaction.atomic
def move_item(*, item: Item, up: bool, by: User) -> None:
    """One place up or down in its section; at the end of the section nothing happens."""
    draft, item = require_draft(item.version), current(item)
    siblings = list(Item.objects.filter(section=item.section_id).order_by("position", "pk"))
    if _swap(siblings, item, up, by):
        _touch(draft, by, "statement moved", item=item.code)


@transaction.atomic
def move_section(*, section: Section, up: bool, by: User) -> None:
    """One place up or down; at the end of the instrument nothing happens."""
    draft, section = require_draft(section.version), current(section)
    siblings = list(Section.objects.filter(version=draft).order_by("position", "pk"))
    if _swap(siblings, section, up, by):
        _touch(draft, by, "section moved", section=section.code)


def _swap(siblings: list[Item] | list[Section], row: Item | Section, up: bool, by: User) -> bool:
    place = next(n for n, one in enumerate(siblings) if one.pk == row.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(siblings):
        return False
    order: list[Item | Section] = list(siblings)
    order[place], order[other] = order[other], order[place]
    for position, one in enumerate(order, start=1):
        if one.position != position:
            one.position = position
            signed(one, by).save(update_fields=["position"])
    return True


@transaction.atomic
def remove_item(*, item: Item, by: User) -> None:
    """Takes a statement out of the draft; its section keeps at least one."""
    draft, item = require_draft(item.version), current(item)
    if Item.objects.filter(section=item.section_id).count() == 1:
        raise Refused("A section needs a statement. Remove the section instead.")
    signed(item, by).delete()
    _touch(draft, by, "statement removed", item=item.code)


@transaction.atomic
def remove_section(*, section: Section, by: User) -> None:
    """Takes a section with its statements out of the draft; one section stays."""
    draft, section = require_draft(section.version), current(section)
    if Section.objects.filter(version=draft).count() == 1:
        raise Refused("An instrument needs a section.")
    signed(section, by).delete()
    _touch(draft, by, "section removed", section=section.code)


@transaction.atomic
def leave_out(*, item: Item, edition: Edition, left_out: bool, by: User) -> None:
    """Whether an adapted edition asks the statement. The verbatim one asks what was published."""
    draft, item, edition = require_draft(item.version), current(item), current(edition)
    wording = ItemWording.objects.get(item=item, edition=edition, language=draft.language)
    if edition.is_verbatim:
        raise Refused(
            "The verbatim edition must include every statement. Remove the statement instead."
        )
    if wording.left_out != left_out:
        wording.left_out = left_out
        signed(wording, by).save(update_fields=["left_out"])
        _touch(draft, by, "statement left out" if left_out else "statement asked", item=item.code)


@transaction.atomic
def read_item(
    *,
    item: Item,
    helps: Iterable[NewText],
    tasks: list[str],
    sides: list[str],
    challenges: list[int],
    by: User,
) -> None:
    """Our reading of a statement: the SOFFT tasks, pyramid sides and challenges it speaks to.

    `helps` is its help for respondents.
    """
    draft, item = require_draft(item.version), current(item)
    save_locked(draft=draft, texts=helps, by=by)
    reading, _ = ItemMapping.objects.get_or_create(
        version=draft,
        defaults={
            "what": "We decided which statements relate to which task, not the authors.",
            "maps": {},
        },
    )
    items = dict(reading.maps.get("items", {}))
    items[item.code] = {
        **items.get(item.code, {}),
        "sofft_tasks": tasks,
        "pyramid_sides": sides,
        "challenges": challenges,
    }
    reading.maps = {**reading.maps, "items": items}
    reading.save(update_fields=["maps"])
    _touch(draft, by, "statement read", item=item.code)


def _touch(draft: Version, by: User, action: str, **detail: object) -> None:
    touch(draft, by)
    mark_verbatim(draft, by)
    organisation = draft.instrument.organisation
    record(action=action, on=draft, organisation=organisation, by=by, **detail)
