"""Translations: what is missing falls back, and what was reviewed says so until it changes."""

import pytest
from django.core.management import call_command

from instruments.access import completeness
from instruments.actions import translations
from instruments.actions.publish_version import publish_version
from instruments.actions.wording import confirm_translation
from instruments.models import Translation, Version
from instruments.queries.answer_wording import form_wording
from organisations.models import User
from tests.instruments.drafts import front_line, place_of, reword

pytestmark = pytest.mark.django_db


def test_a_missing_text_falls_back_one_by_one(draft: Version, editor: User) -> None:
    edition = front_line(draft)
    translations.add_translation(edition=edition, language="pl", by=editor)
    reword(draft, "MSG01", "powiedzieć wszystkim?", editor, language="pl")
    wording = form_wording(edition_id=edition.pk, language="pl")
    assert wording.notice == edition.version.notice
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
    assert not form_wording(edition_id=edition.pk, language="cy").unreviewed
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
    edition = Version.objects.get().editions.get(code="front-line")
    wording = form_wording(edition_id=edition.pk, language="cy")
    assert wording.languages == ("en-GB", "cy")
    assert wording.untranslated == frozenset()
    assert wording.unreviewed
    assert wording.scale[0] == "Dim o gwbl"


def test_a_translation_is_not_called_as_published(draft: Version) -> None:
    verbatim = draft.editions.get(is_verbatim=True)
    Translation.objects.get_or_create(
        edition=verbatim, language="cy", defaults={"not_sure_label": "Alla i ddim dweud"}
    )
    assert form_wording(edition_id=verbatim.pk).label == verbatim.label == "as published"
    assert form_wording(edition_id=verbatim.pk, language="cy").label == ""
    for other in draft.editions.filter(is_verbatim=False):
        assert form_wording(edition_id=other.pk, language="cy").label == other.label
