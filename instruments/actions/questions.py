"""What a debrief asks about a section of a draft and about each statement of it."""

from collections.abc import Mapping

from django.db import transaction

from instruments.actions.authorship import signed
from instruments.actions.draft import current, require_draft, touch
from instruments.actions.wording import clean_text
from instruments.models import ItemWording, Section, SectionWording
from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules.refusal import Refused

LONGEST = 240


@transaction.atomic
def save_questions(
    *,
    section: Section,
    asks_about: str,
    question: str,
    of_items: Mapping[int, str],
    by: User,
) -> None:
    """What the section asks about, and its questions in the instrument's own language.

    The questions are the same in every edition.
    Both are ours and not the authors', so that they change also beside locked words.
    """
    draft = require_draft(section.version)
    section = current(section)
    stems = SectionWording.objects.filter(section=section, language=draft.language)
    changed = [_asked(row, question, by) for row in stems]
    items = ItemWording.objects.filter(item__section=section, language=draft.language)
    changed += [_asked(row, of_items[row.item_id], by) for row in items if row.item_id in of_items]
    if section.asks_about != asks_about:
        section.asks_about = asks_about
        signed(section, by).save(update_fields=["asks_about"])
        changed.append(True)
    if any(changed):
        touch(draft, by)
        organisation = draft.instrument.organisation
        record(
            action="questions changed",
            on=draft,
            organisation=organisation,
            by=by,
            section=section.code,
        )


def _asked(row: SectionWording | ItemWording, question: str, by: User) -> bool:
    try:
        wanted = clean_text(question, LONGEST)
    except Refused as refused:
        raise Refused(str(refused), field=field_of(row)) from None
    if row.question == wanted:
        return False
    row.question = wanted
    signed(row, by).save(update_fields=["question"])
    return True


def field_of(row: SectionWording | ItemWording) -> str:
    """The form's field for it."""
    return f"item-{row.item_id}" if isinstance(row, ItemWording) else "section"
