"""`./dev manage import_instrument`: one object for a program, and nothing kept with errors."""

import json

import pytest
from django.core.management import CommandError, call_command

from instruments.exchange.read_file import SHIPPED_FFIT
from instruments.models import Version
from tests.instruments.other_files import words_only

pytestmark = pytest.mark.django_db


def test_the_command_prints_one_object_and_stores_nothing_with_errors(
    capsys: pytest.CaptureFixture[str], tmp_path
) -> None:
    call_command("import_instrument", SHIPPED_FFIT, "--dry-run", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["scale"]["max"] == 5
    assert [section["code"] for section in told["sections"]][:2] == ["ENV", "RES"]
    assert (told["languages"], told["not_carried"], told["errors"]) == (["en-GB", "cy"], [], [])
    assert Version.objects.count() == 0

    wrong = tmp_path / "wrong.json"
    wrong.write_text(SHIPPED_FFIT.read_text().replace("ENV02", "ENV01"))
    with pytest.raises(SystemExit) as left:
        call_command("import_instrument", wrong, "--json")
    assert left.value.code == 1
    assert "ENV01 is used twice" in json.loads(capsys.readouterr().out)["errors"][0]
    assert Version.objects.count() == 0

    call_command("import_instrument", SHIPPED_FFIT)
    call_command("import_instrument", SHIPPED_FFIT)
    assert Version.objects.get().state == Version.State.DRAFT


def test_what_is_asked_is_answered_before_anything_is_stored(
    capsys: pytest.CaptureFixture[str], tmp_path
) -> None:
    file = tmp_path / "best first.txt"
    file.write_bytes(words_only("Agree", "Partly", "Do not agree"))
    call_command("import_instrument", file, "--dry-run", "--json")
    (asked,) = json.loads(capsys.readouterr().out)["asked"]
    assert asked["answers"] == ["Agree", "Do not agree"]
    assert "made up" in asked["question"]
    with pytest.raises(SystemExit):
        call_command("import_instrument", file)
    with pytest.raises(CommandError, match="made up"):
        call_command("load_instrument", file)
    assert Version.objects.count() == 0

    call_command("import_instrument", file, "--high", "first")
    labels = Version.objects.get().scale_labels.order_by("value")
    assert [one.label for one in labels] == ["Do not agree", "Partly", "Agree"]
