"""Saves single texts of a draft. A text is only changed where it still is what the editor saw."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from instruments.actions.authorship import signed
from instruments.actions.draft import gone, require_draft, touch
from instruments.actions.mark_verbatim import mark_verbatim
from instruments.exchange.faults import odd_character
from instruments.models import (
    Edition,
    Item,
    ItemMapping,
    ItemWording,
    Section,
    SectionWording,
    Translation,
    Version,
)
from organisations.models import User
from organisations.rules.plain_text import without_turns
from organisations.rules.refusal import Refused

LONGEST = {"stem": 400, "title": 120, "text": 400, "help": 400}


@dataclass(frozen=True)
class TextKey:
    """One text of a draft: `field` is stem or title of a section, text or help of a statement."""

    field: str
    of_id: int
    edition_id: int
    language: str

    @property
    def is_item(self) -> bool:
        """Whether it belongs to a statement."""
        return self.field in ("text", "help")


class EditConflict(Refused):
    """Somebody else saved this text first; `theirs` is what stands there now."""

    def __init__(self, theirs: str) -> None:
        now = f"It now says: “{theirs}”" if theirs else "It is empty now."
        super().__init__(f"Someone else has changed this text. {now}")
        self.theirs = theirs


def clean_text(text: str, longest: int) -> str:
    """A text on one line; refused where it is too long or holds what is no text."""
    odd = odd_character(text)
    if odd:
        raise Refused(f"This {odd}")
    tidied = " ".join(without_turns(text).split())
    if len(tidied) > longest:
        raise Refused(f"Use {longest} characters or fewer. You have {len(tidied)}.")
    return tidied


@dataclass(frozen=True)
class NewText:
    """What somebody typed for a text, and what they saw there before."""

    place: TextKey
    seen: str
    text: str


@transaction.atomic
def save_together(*, version: Version, texts: Iterable[NewText], by: User) -> None:
    """All of these texts, or none: raises why the first of them cannot be saved."""
    draft = require_draft(version)
    if save_locked(draft=draft, texts=texts, by=by):
        mark_verbatim(draft, by)


def save_locked(*, draft: Version, texts: Iterable[NewText], by: User) -> bool:
    """The same, for an action that holds the draft; whether it is then to `mark_verbatim`."""
    return any([_save_text(draft, new, by) for new in texts])


@transaction.atomic
def save_texts(*, version: Version, texts: Iterable[NewText], by: User) -> list[Refused | None]:
    """Each text by itself: for each why it was not saved, or None.

    Saving the same again changes nothing. It is an `EditConflict` where the stored text is neither
    what was seen nor what is typed.
    """
    draft = require_draft(version)
    outcomes: list[Refused | None] = []
    marks = False
    for new in texts:
        try:
            marks |= _save_text(draft, new, by)
        except Refused as failed:
            outcomes.append(failed)
        else:
            outcomes.append(None)
    if marks:
        mark_verbatim(draft, by)
    return outcomes


def _save_text(draft: Version, new: NewText, by: User) -> bool:
    """Whether the words that may be an original’s have changed."""
    place = new.place
    edition = _edition(draft, place)
    own = place.language == draft.language
    if not Translation.objects.filter(edition=edition, language=place.language).exists():
        raise Refused("This edition does not have that language.")
    wording = _wording(draft, edition, place)
    wanted = clean_text(new.text, LONGEST[place.field])
    stored = getattr(wording, place.field)
    if stored == wanted:
        return False
    if stored != " ".join(new.seen.split()):
        raise EditConflict(stored)
    added = isinstance(wording, ItemWording) and wording.left_out
    if own and edition.is_locked and place.field != "help" and wording.pk and not added:
        raise Refused(
            "You cannot change the authors’ words. Add an edition to use different wording."
        )
    if own and not wanted and place.field in ("text", "stem"):
        raise Refused("Enter the words that people will read.")
    setattr(wording, place.field, wanted)
    if place.field in ("text", "stem"):
        wording.measures_same = False
        if not own:
            wording.translated_from = source_text(edition, place)
    _save(wording, place, by, own=own)
    touch(draft, by)
    if own and place.field in ("text", "stem"):
        _no_longer_marked(draft, edition, place)
    if not own:
        _unreview(edition, place.language, by)
    return own and edition.is_verbatim


def _no_longer_marked(draft: Version, edition: Edition, place: TextKey) -> None:
    """Other words may ask something else: whoever reads them anew marks them as the same again."""
    reading = ItemMapping.objects.filter(version=draft).first()
    marks = reading.maps.get("same_meaning") if reading else None
    if reading is None or not marks:
        return
    at = {"pk": place.of_id} if place.is_item else {"section": place.of_id}
    changed = set(Item.objects.filter(version=draft, **at).values_list("code", flat=True))
    kept = {
        code: [one for one in marked if one not in changed]
        if edition.is_verbatim or code == edition.code
        else marked
        for code, marked in marks.items()
    }
    if kept != marks:
        reading.maps = {**reading.maps, "same_meaning": kept}
        reading.save(update_fields=["maps"])


def _edition(draft: Version, place: TextKey) -> Edition:
    edition = Edition.objects.filter(version=draft, pk=place.edition_id).first()
    if edition is None:
        raise gone("edition")
    return edition


def _wording(draft: Version, edition: Edition, place: TextKey) -> ItemWording | SectionWording:
    """The row that holds the text, not stored yet where there is none."""
    wording: ItemWording | SectionWording | None
    if place.is_item:
        item = Item.objects.filter(version=draft, pk=place.of_id).first()
        if item is None:
            raise gone("statement")
        found: dict[str, object] = {"item": item, "edition": edition, "language": place.language}
        wording = ItemWording.objects.filter(**found).first()
        return wording or ItemWording(**found)
    section = Section.objects.filter(version=draft, pk=place.of_id).first()
    if section is None:
        raise gone("section")
    found = {"section": section, "edition": edition, "language": place.language}
    wording = SectionWording.objects.filter(**found).first()
    return wording or SectionWording(**found)


def _save(wording: ItemWording | SectionWording, place: TextKey, by: User, *, own: bool) -> None:
    """Stores the row; a translation that says nothing any more goes."""
    empty = (
        not (wording.text or wording.help)
        if isinstance(wording, ItemWording)
        else not (wording.title or wording.stem)
    )
    if empty and not own:
        if wording.pk:
            signed(wording, by).delete()
        return
    signed(wording, by).save()


def source_text(edition: Edition, place: TextKey) -> str:
    """The text in the instrument's own language that a translation is of."""
    own = edition.version.language
    if place.is_item:
        text = ItemWording.objects.filter(
            item=place.of_id, edition=edition, language=own
        ).values_list("text", flat=True)
        return text.first() or ""
    stem = SectionWording.objects.filter(
        section=place.of_id, edition=edition, language=own
    ).values_list("stem", flat=True)
    return stem.first() or ""


def _unreview(edition: Edition, language: str, by: User) -> None:
    """A changed translation waits for its reviewer again."""
    translation = Translation.objects.filter(
        edition=edition, language=language, reviewed_on__isnull=False
    ).first()
    if translation is not None:
        translation.reviewed_on, translation.reviewed_by = None, None
        signed(translation, by).save()


@transaction.atomic
def confirm_translation(*, version: Version, place: TextKey, by: User) -> None:
    """A translation that was checked against the changed English is good as it is."""
    draft = require_draft(version)
    edition = _edition(draft, place)
    wording = _wording(draft, edition, place)
    if wording.pk:
        wording.translated_from = source_text(edition, place)
        signed(wording, by).save()
        touch(draft, by)
