"""`./dev manage import_instrument`: one object for a program, and nothing kept with errors."""

import json

import pytest
from django.core.management import call_command

from surveys.management.commands.load_instrument import SHIPPED
from surveys.models import (
    Version,
)

pytestmark = pytest.mark.django_db


def test_the_command_prints_one_object_and_stores_nothing_with_errors(
    capsys: pytest.CaptureFixture[str], tmp_path
) -> None:
    call_command("import_instrument", SHIPPED / "ffit.json", "--dry-run", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["scale"]["max"] == 5
    assert [section["code"] for section in told["sections"]][:2] == ["ENV", "RES"]
    assert (told["languages"], told["not_carried"], told["errors"]) == (["en-GB"], [], [])
    assert Version.objects.count() == 0

    wrong = tmp_path / "wrong.json"
    wrong.write_text((SHIPPED / "ffit.json").read_text().replace("ENV02", "ENV01"))
    with pytest.raises(SystemExit) as left:
        call_command("import_instrument", wrong, "--json")
    assert left.value.code == 1
    assert "ENV01 is used twice" in json.loads(capsys.readouterr().out)["errors"][0]
    assert Version.objects.count() == 0

    call_command("import_instrument", SHIPPED / "ffit.json")
    call_command("import_instrument", SHIPPED / "ffit.json")
    assert Version.objects.get().state == Version.State.DRAFT
