"""The shipped FFIT arrives whole and published; files with faults name line and field."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from surveys.exchange import WrongFile, read_edition, read_instrument, read_reading
from surveys.management.commands.load_instrument import SHIPPED
from surveys.models import Item, ItemWording, Version
from surveys.queries.answer_wording import edition_languages
from surveys.queries.launching import editions_on_offer
from surveys.queries.wording import version_codes, wording_of
from surveys.queries.wording_changes import joined_codes
from tests.factories import SurveyFactory, published_ffit

pytestmark = pytest.mark.django_db


def test_the_ffit_arrives_published_with_its_wording_verbatim() -> None:
    version = published_ffit()
    shipped = json.loads((SHIPPED / "ffit.json").read_text())["instrument"]
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


def test_a_database_that_has_the_ffit_gets_the_welsh_once(
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
    assert edition_languages(version.editions.get(is_verbatim=False).pk) == ("en-GB", "cy")
    assert edition_languages(first.editions.get(is_verbatim=False).pk) == ("en-GB",)
    assert version.reading.maps == first.reading.maps
    earlier, later = (one.editions.get(is_verbatim=False) for one in (first, version))
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
    changed.write_text((SHIPPED / "ffit.json").read_text().replace("blame-free", "blameless"))
    with pytest.raises(CommandError, match="section ENV of Verbatim cannot change"):
        call_command("load_instrument", str(changed))
    assert ItemWording.objects.filter(text__contains="blame-free").count() == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"code": "ENV02"', '"code": "ENV01"', r"line 31, code: ENV01 is used twice"),
        ('"text": "feel able to challenge suboptimal practice?"', '"text": 3', r"line 31, text:"),
        ('"max": 5', '"max": 4', r"labels: expected 5 labels"),
        ('"max": 5', '"max": "5"', r"max: expected a whole number"),
        ('"sections": [', '"parts": [', r"sections: expected a list"),
        ('"min": 0,', '"min": 0', r"line 1\d: Expecting ',' delimiter"),
    ],
)
def test_a_wrong_file_names_line_and_field(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    text = (SHIPPED / "ffit.json").read_text()
    assert old in text
    wrong = tmp_path / "wrong.json"
    wrong.write_text(text.replace(old, new, 1))
    with pytest.raises(WrongFile, match=message):
        read_instrument(wrong)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe{\x00", b"[" * 100_000, b"null"])
def test_what_is_no_instrument_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_bytes(content)
    with pytest.raises(WrongFile, match=r"wrong\.json"):
        read_instrument(wrong)


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    marked = tmp_path / "ffit.json"
    marked.write_bytes(b"\xef\xbb\xbf" + (SHIPPED / "ffit.json").read_bytes())
    assert read_instrument(marked) == read_instrument(SHIPPED / "ffit.json")


def test_an_edition_of_another_version_or_without_an_item_is_refused(tmp_path: Path) -> None:
    instrument = read_instrument(SHIPPED / "ffit.json")
    data = json.loads((SHIPPED / "ffit-front-line.json").read_text())
    wrong = tmp_path / "edition.json"
    wrong.write_text(json.dumps(data | {"of": "FFIT version 2"}))
    with pytest.raises(WrongFile, match="of: is not FFIT version 1"):
        read_edition(wrong, instrument)
    del data["sections"][3]["items"][2]
    wrong.write_text(json.dumps(data))
    with pytest.raises(WrongFile, match="items: expected the same codes"):
        read_edition(wrong, instrument)


def test_a_reading_must_speak_of_every_item(tmp_path: Path) -> None:
    instrument = read_instrument(SHIPPED / "ffit.json")
    data = json.loads((SHIPPED / "ffit-maps.json").read_text())
    del data["items"]["ENV03"]
    wrong = tmp_path / "maps.json"
    wrong.write_text(json.dumps(data))
    with pytest.raises(WrongFile, match="ENV03"):
        read_reading(wrong, instrument)
