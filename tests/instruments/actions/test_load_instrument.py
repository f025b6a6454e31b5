"""The shipped FFIT arrives whole and published; files with faults name line and field."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fieldwork.queries.launching import editions_on_offer
from instruments.actions.import_instrument import import_instrument
from instruments.actions.load_instrument import load_instrument
from instruments.exchange.read_file import SHIPPED_FFIT
from instruments.models import Edition, Item, ItemWording, Version
from instruments.queries.answer_wording import edition_languages, form_wording
from instruments.queries.item_mappings import same_meaning_of
from instruments.queries.stored_version import stored_version
from instruments.queries.wording import version_codes, wording_of
from instruments.queries.wording_changes import joined_codes
from instruments.rules.texts import ReadingText
from tests.factories import SurveyFactory, published_ffit
from tests.instruments.shipped import shipped_document, shipped_ffit

pytestmark = pytest.mark.django_db


def test_the_ffit_arrives_published_with_its_wording_verbatim() -> None:
    version = published_ffit()
    shipped = shipped_document()["instrument"]
    assert version.state == Version.State.PUBLISHED
    assert version.notice == shipped["notice"]
    assert version.purpose == shipped["purpose"]
    stored = wording_of(edition=version.editions.get(is_verbatim=True), language="en-GB")
    assert [
        {
            "code": s.code,
            "title": s.title,
            "stem": s.stem,
            "items": [(i.code, i.text) for i in s.items],
        }
        for s in stored
    ] == [
        {
            **{k: s[k] for k in ("code", "title", "stem")},
            "items": [(i["code"], i["text"]) for i in s["items"]],
        }
        for s in shipped["sections"]
    ]
    assert Item.objects.count() == 45


def test_the_front_line_edition_is_marked_as_adapted_and_words_every_item() -> None:
    edition = published_ffit().editions.get(is_verbatim=False)
    assert edition.label == "adapted wording"
    assert ItemWording.objects.filter(edition=edition).count() == 45


def test_loading_again_changes_nothing() -> None:
    first = published_ffit()
    assert published_ffit().pk == first.pk
    assert Version.objects.count() == 1


def test_the_second_front_line_edition_comes_first_and_has_no_welsh() -> None:
    call_command("load_instrument")
    verbatim, second, first = Edition.objects.all()
    assert [one.code for one in (second, first)] == ["front-line-2", "front-line"]
    assert second.label == "adapted wording, not yet tested"
    words = ItemWording.objects.filter(edition=second)
    assert words.count() == 45
    assert words.exclude(help="").count() == 38
    assert "Select the improvement’s name at the top" in words.get(item__code="PRB01").help
    assert edition_languages(second.pk) == ("en-GB",)
    assert form_wording(edition_id=second.pk).without == ("cy",)
    assert len(same_meaning_of(second)) == 34
    assert same_meaning_of(first) == same_meaning_of(verbatim) == frozenset()


def test_no_change_is_joined_across_two_editions() -> None:
    call_command("load_instrument")
    _, second, first = Edition.objects.all()
    assert joined_codes(earlier=first, later=second) == set()
    assert joined_codes(earlier=second, later=second) == set(version_codes(second.version_id))


def test_a_database_that_has_the_ffit_gets_what_is_new_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = published_ffit()
    survey = SurveyFactory.create(version=first)
    for words in ("FFIT version 1.1 is now published", "version 1.1 is as it was"):
        call_command("load_instrument")
        assert words.removeprefix("FFIT ") in capsys.readouterr().out
    assert list(Version.objects.order_by("pk").values_list("number", flat=True)) == ["1", "1.1"]
    version = Version.objects.get(number="1.1")
    assert version.copied_from == first
    assert edition_languages(version.editions.get(code="front-line").pk) == ("en-GB", "cy")
    assert edition_languages(first.editions.get(code="front-line").pk) == ("en-GB",)
    assert version.editions.filter(code="front-line-2").exists()
    assert not first.editions.filter(code="front-line-2").exists()
    assert version.reading.maps == first.reading.maps
    earlier, later = (one.editions.get(code="front-line") for one in (first, version))
    assert joined_codes(earlier=earlier, later=later) == set(version_codes(first.pk))
    offered = editions_on_offer(survey.organisation)
    assert {edition.version_id for edition in offered} == {version.pk}
    survey.refresh_from_db()
    assert survey.version == first


def test_a_new_database_has_the_welsh_in_its_first_version() -> None:
    call_command("load_instrument")
    call_command("load_instrument")
    assert [version.number for version in Version.objects.all()] == ["1"]


def test_a_retired_ffit_stays_retired() -> None:
    Version.objects.filter(pk=published_ffit().pk).update(state=Version.State.RETIRED)
    call_command("load_instrument")
    assert Version.objects.count() == 1


def test_a_published_wording_is_not_changed_by_another_file(tmp_path: Path) -> None:
    published_ffit()
    changed = tmp_path / "ffit.json"
    changed.write_text(SHIPPED_FFIT.read_text().replace("blame-free", "blameless"))
    with pytest.raises(CommandError, match="section ENV of Verbatim cannot change"):
        call_command("load_instrument", str(changed))
    assert ItemWording.objects.filter(text__contains="blame-free").count() == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"code": "ENV02"', '"code": "ENV01"', r"line 34, code: ENV01 is used twice"),
        ('"text": "feel able to challenge suboptimal practice?"', '"text": 3', r"line 34, text:"),
        ('"max": 5', '"max": 4', r"labels: expected 5 labels"),
        ('"max": 5', '"max": "5"', r"max: expected a whole number"),
        ('"sections": [', '"parts": [', r"sections: expected a list"),
        ('"min": 0,', '"min": 0', r"line 1\d: this is no JSON: Expecting ',' delimiter"),
    ],
)
def test_a_wrong_file_names_line_and_field(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    text = SHIPPED_FFIT.read_text()
    assert old in text
    wrong = tmp_path / "wrong.json"
    wrong.write_text(text.replace(old, new, 1))
    with pytest.raises(CommandError, match=rf"wrong\.json: (.*\n)*.*{message}"):
        call_command("load_instrument", wrong)
    assert not Version.objects.exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe{\x00", b"[" * 100_000, b"null"])
def test_what_is_no_instrument_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_bytes(content)
    with pytest.raises(CommandError, match=r"wrong\.json"):
        call_command("load_instrument", wrong)


def test_an_edition_of_other_statements_is_refused(tmp_path: Path) -> None:
    data = shipped_document()
    data["editions"][0]["sections"][3]["items"][2]["code"] = "PRB99"
    data["editions"][0]["sections"][4]["code"] = "OTHER"
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(data, indent=1))
    with pytest.raises(CommandError) as refused:
        call_command("load_instrument", wrong)
    assert "items: section has no statement PRB99." in str(refused.value)
    assert "code: the instrument has no such section." in str(refused.value)


def test_what_an_edition_does_not_word_is_as_in_the_instrument() -> None:
    front_line = shipped_ffit().editions[1].sections
    verbatim = shipped_ffit().instrument.sections
    assert [section.items for section in front_line[:3]] == [s.items for s in verbatim[:3]]
    assert [section.title for section in front_line] == [section.title for section in verbatim]
    assert front_line[0].stem.startswith("Think about the people you work with here.")
    assert front_line[3].items[0].text == "the leaders understand what is wrong and why?"


def test_a_reading_must_speak_of_every_item(tmp_path: Path) -> None:
    data = shipped_document()
    del data["reading"]["items"]["ENV03"]
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(data))
    with pytest.raises(CommandError, match="ENV03"):
        call_command("load_instrument", wrong)
    assert not Version.objects.exists()


def test_a_reading_is_renewed_where_the_version_is_published() -> None:
    version = published_ffit()
    reading = ReadingText("Another reading.", shipped_document()["reading"])
    load_instrument(text=replace(shipped_ffit(), translations=(), labels={}, reading=reading))
    version.reading.refresh_from_db()
    assert version.reading.what == "Another reading."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data["instrument"].update(title="Other"), "its title cannot change"),
        (lambda data: data["instrument"].update(notice=""), "its notice cannot change"),
        (lambda data: data["instrument"]["scale"]["labels"].reverse(), "its labels cannot change"),
        (lambda data: data["not_sure"].update(label="No idea"), "can't say” cannot change"),
        (lambda data: data["editions"][0].update(why=""), "Front-line edition 2 cannot change"),
        (
            lambda data: data["editions"][1]["sections"][4].update(stem="Other:"),
            "section MSG of Front-line edition cannot change",
        ),
    ],
)
def test_whatever_else_a_file_says_of_a_published_version_is_refused(
    tmp_path: Path, change: Callable[[Any], None], message: str
) -> None:
    call_command("load_instrument")
    before = stored_version(Version.objects.get())
    data = shipped_document()
    change(data)
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(data))
    with pytest.raises(CommandError, match=message):
        call_command("load_instrument", file)
    assert stored_version(Version.objects.get()) == before


def test_a_correction_is_a_new_version_that_begins_its_own_line(tmp_path: Path) -> None:
    first, _ = load_instrument(text=shipped_ffit())
    data = shipped_document()
    data["instrument"]["version"] = "2"
    data["instrument"]["sections"][0]["items"][0]["text"] = "feel at ease?"
    file = tmp_path / "second.json"
    file.write_text(json.dumps(data))
    call_command("load_instrument", file)
    second = Version.objects.get(number="2")
    assert (second.state, second.copied_from) == (Version.State.PUBLISHED, None)
    assert stored_version(first) == shipped_ffit()


def test_a_shared_draft_that_says_the_same_is_published() -> None:
    draft, _ = import_instrument(text=shipped_ffit(), organisation=None, by=None)
    version, is_new = load_instrument(text=shipped_ffit())
    assert (version, is_new, version.state) == (draft, True, Version.State.PUBLISHED)


def test_a_shared_draft_that_says_something_else_stands_in_the_way() -> None:
    other = replace(shipped_ffit(), not_sure_label="No idea")
    draft, _ = import_instrument(text=other, organisation=None, by=None)
    with pytest.raises(CommandError, match="FFIT version 1 is a draft that says something else"):
        call_command("load_instrument")
    assert Version.objects.get() == draft
