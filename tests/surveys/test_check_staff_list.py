"""`check_staff_list` says for another program what the page says."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

LIST = (
    "Ward 7 staff\n"
    "Email,Mobile,Name,Works nights,Unit,Band\n"
    "ann@x.example,07700 900701,Ann,yes,Ward 7,5\n"
    "bob@x.example,,Bob,sometimes,Ward 7,5\n"
    "night ward@x.example,,,,Wrad 9,6\n"
)


def run(capsys: pytest.CaptureFixture[str], path: Path, *more: str) -> tuple[str, str]:
    call_command("check_staff_list", str(path), *more)
    return capsys.readouterr()


def test_json_alone_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(LIST)
    out, err = run(capsys, path, "--unit", "Ward 7", "--unit", "Ward 9", "--json")
    said = json.loads(out)
    assert err == ""
    assert list(said) == ["ready", "to_correct", "not_used", "asked"]
    assert said["ready"] == [
        {
            "email": "ann@x.example", "mobile": "+447700900701", "name": "Ann", "language": "",
            "works_nights": True, "unit": "Ward 7",
        }
    ]  # fmt: skip
    assert [(one["row"], one["column"], one["suggestion"]) for one in said["to_correct"]] == [
        (5, "email", "nightward@x.example"),
        (5, "unit", "Ward 9"),
    ]
    assert [(one["row"], one["text"]) for one in said["not_used"]] == [
        (1, "Ward 7 staff"), (None, "Band")
    ]  # fmt: skip
    asked = [(one["row"], one["column"], one["text"], one["answers"]) for one in said["asked"]]
    assert asked == [(4, "works_nights", "sometimes", ["Yes", "No"])]


def test_for_a_person_it_is_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(LIST)
    out, _ = run(capsys, path)
    assert "1 ready to invite" in out and "Not used: column “Band”" in out


@pytest.mark.parametrize("name", ["none.csv", "bad.xlsx"])
def test_what_cannot_be_read_is_said_and_told_by_the_exit_code(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 and nothing")
    with pytest.raises(SystemExit) as ended:
        run(capsys, tmp_path / name, "--json")
    out, err = capsys.readouterr()
    assert ended.value.code == 1
    assert json.loads(out)["ready"] == [] and json.loads(out)["to_correct"][0]["reason"]
    assert name in err
