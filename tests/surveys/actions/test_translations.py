"""Translations: what is missing falls back, and what was reviewed says so until it changes."""

import pytest
from django.core.management import call_command

from organisations.models import User
from surveys.actions import translations
from surveys.actions.publish_version import publish_version
from surveys.actions.wording import confirm_translation
from surveys.models import (
    Translation,
    Version,
)
from surveys.queries.answer_wording import sheet_wording
from surveys.queries.question_bank import completeness
from tests.surveys.drafts import front_line, place_of, reword

pytestmark = pytest.mark.django_db


def test_a_missing_text_falls_back_one_by_one(draft: Version, editor: User) -> None:
    edition = front_line(draft)
    translations.add_translation(edition=edition, language="pl", by=editor)
    reword(draft, "MSG01", "powiedzieć wszystkim?", editor, language="pl")
    wording = sheet_wording(edition_id=edition.pk, language="pl")
    texts = {item.code: item.text for section in wording.sections for item in section.items}
    assert texts["MSG01"] == "powiedzieć wszystkim?"
    assert texts["MSG02"] == "explain it to suit different people?"
    assert len(texts) == 45
    assert "" not in texts.values()
    assert wording.scale[0] == "Not at all"
    assert "MSG02" in wording.untranslated
    assert wording.unreviewed


def test_review_and_its_end(draft: Version, editor: User) -> None:
    edition = front_line(draft)
    made = translations.add_translation(edition=edition, language="cy", by=editor)
    reword(draft, "MSG01", "dweud?", editor, language="cy")
    translations.review_translation(translation=made, by=editor)
    assert not sheet_wording(edition_id=edition.pk, language="cy").unreviewed
    reword(draft, "MSG01", "dweud wrth bawb?", editor, language="cy")
    made.refresh_from_db()
    assert (made.reviewed_by, made.reviewed_on) == (None, None)


def test_english_that_changed_asks_for_a_check(draft: Version, editor: User) -> None:
    edition = front_line(draft)
    translations.add_translation(edition=edition, language="cy", by=editor)
    reword(draft, "MSG01", "dweud?", editor, language="cy")
    reword(draft, "MSG01", "tell everybody?", editor)
    welsh = next(c for c in completeness(draft) if c.translation.language == "cy")
    assert (welsh.worded, welsh.to_check) == (1, 1)
    place = place_of(draft, "MSG01", language="cy")
    confirm_translation(version=draft, place=place, by=editor)
    welsh = next(c for c in completeness(draft) if c.translation.language == "cy")
    assert welsh.to_check == 0


def test_a_published_translation_can_still_be_reviewed(draft: Version, editor: User) -> None:
    made = translations.add_translation(edition=front_line(draft), language="cy", by=editor)
    publish_version(version=draft, by=editor)
    translations.review_translation(translation=made, by=editor)
    assert Translation.objects.get(pk=made.pk).reviewed_by == editor


def test_the_shipped_welsh_is_whole_and_unreviewed() -> None:
    call_command("load_instrument", verbosity=0)
    edition = front_line(Version.objects.get())
    wording = sheet_wording(edition_id=edition.pk, language="cy")
    assert wording.languages == ("en-GB", "cy")
    assert wording.untranslated == frozenset()
    assert wording.unreviewed
    assert wording.scale[0] == "Dim o gwbl"
