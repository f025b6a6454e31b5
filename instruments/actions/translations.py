"""Languages of a draft: added, worded, reviewed by somebody named, removed."""

from django.db import transaction
from django.utils import timezone

from instruments.actions.authorship import signed
from instruments.actions.draft import current, held, require_draft, touch
from instruments.actions.mark_verbatim import mark_verbatim
from instruments.actions.wording import clean_text
from instruments.exchange.faults import LANGUAGE
from instruments.models import (
    Edition,
    ItemWording,
    ScaleLabel,
    SectionWording,
    Translation,
    Version,
)
from organisations.actions.audit_log import record
from organisations.models import User
from organisations.rules.refusal import Refused


@transaction.atomic
def add_translation(*, edition: Edition, language: str, by: User) -> Translation:
    """An empty translation; respondents see English for every text until it is there."""
    draft, edition = require_draft(edition.version), current(edition)
    if not LANGUAGE.fullmatch(language) or len(language) > 12:
        raise Refused("Enter a language code such as cy or pl.", field="language")
    if Translation.objects.filter(edition=edition, language=language).exists():
        raise Refused("This edition has that language already.", field="language")
    own = Translation.objects.get(edition=edition, language=draft.language)
    translation = Translation(edition=edition, language=language, not_sure_label=own.not_sure_label)
    signed(translation, by).save()
    _audit(draft, by, "translation added", translation)
    return translation


@transaction.atomic
def word_scale(
    *, translation: Translation, labels: dict[int, str], not_sure: str, not_sure_help: str, by: User
) -> None:
    """The scale's labels in a language (of all editions), and "I can't say" of this edition."""
    draft, translation = require_draft(translation.edition.version), current(translation)
    own = translation.language == draft.language
    for value in range(draft.scale_minimum, draft.scale_maximum + 1):
        text = clean_text(labels.get(value, ""), 80)
        stored = ScaleLabel.objects.filter(
            version=draft, language=translation.language, value=value
        ).first()
        if own and not text:
            raise Refused("Every point of the scale needs its words.", field=f"label_{value}")
        if stored is None and text:
            stored = ScaleLabel(
                version=draft, language=translation.language, value=value, label=text
            )
            signed(stored, by).save()
        elif stored is not None and not text:
            signed(stored, by).delete()
        elif stored is not None and stored.label != text:
            stored.label = text
            signed(stored, by).save(update_fields=["label"])
    translation.not_sure_label = clean_text(not_sure, 40) or translation.not_sure_label
    translation.not_sure_help = clean_text(not_sure_help, 160)
    translation.reviewed_by, translation.reviewed_on = None, None
    signed(translation, by).save()
    if own:
        mark_verbatim(draft, by)
    _audit(draft, by, "scale worded", translation)


@transaction.atomic
def review_translation(*, translation: Translation, by: User) -> None:
    """Somebody named has read every text. Allowed on a published version too: no word changes."""
    version, translation = held(translation.edition.version), current(translation)
    if translation.reviewed_on is None:
        translation.reviewed_by, translation.reviewed_on = by, timezone.localdate()
        signed(translation, by).save(update_fields=["reviewed_by", "reviewed_on"])
        record(
            action="translation reviewed",
            on=version,
            organisation=version.instrument.organisation,
            by=by,
            edition=translation.edition.code,
            language=translation.language,
        )


@transaction.atomic
def remove_translation(*, translation: Translation, by: User) -> None:
    """Takes a language out of an edition of the draft; its own language stays."""
    edition = translation.edition
    draft, translation = require_draft(edition.version), current(translation)
    if translation.language == draft.language:
        raise Refused("The instrument’s own language stays.")
    language = translation.language
    SectionWording.objects.filter(edition=edition, language=language).delete()
    ItemWording.objects.filter(edition=edition, language=language).delete()
    _audit(draft, by, "translation removed", translation)
    signed(translation, by).delete()
    elsewhere = Translation.objects.filter(edition__version=draft, language=language)
    if not elsewhere.exists():
        ScaleLabel.objects.filter(version=draft, language=language).delete()


def _audit(draft: Version, by: User, action: str, translation: Translation) -> None:
    touch(draft, by)
    record(
        action=action,
        on=draft,
        organisation=draft.instrument.organisation,
        by=by,
        edition=translation.edition.code,
        language=translation.language,
    )
