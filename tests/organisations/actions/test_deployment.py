"""The site notices that older records were put back, and does nothing then that is for good."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from organisations.actions import deployment
from organisations.actions.deployment import end_hold, refuse_while_held, tick
from organisations.actions.urgent_email import store_email
from organisations.carriers import clock_file
from organisations.carriers.clock_file import Clock
from organisations.models import AuditEntry, Deployment, UrgentEmail
from organisations.queries.deployment import FRESH_SECONDS, held, may_act
from organisations.rules.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """A site that has looked at itself three times, with two folders of keys."""
    Deployment.objects.all().delete()
    made = [tmp_path / "first", tmp_path / "second"]
    for _ in range(3):
        assert tick(made)
    return made


def put_back(**fields: object) -> None:
    Deployment.objects.update(**fields)


def test_a_look_is_noted_in_the_row_and_beside_the_keys(folders: list[Path]) -> None:
    assert [clock_file.read(folder) for folder in folders] == [Clock(1, 3)] * 2
    assert Deployment.objects.get().tick == 3
    assert may_act()
    refuse_while_held()


@pytest.mark.parametrize("tick_of_backup", [0, 2])
def test_records_behind_the_last_look_are_held(folders: list[Path], tick_of_backup: int) -> None:
    at = timezone.now() - timedelta(minutes=9)
    put_back(tick=tick_of_backup, ticked_at=at)
    assert not tick(folders)
    row = held()
    assert row is not None
    assert row.lost_from == at
    assert not may_act()
    entry = AuditEntry.objects.get(action="records restored")
    assert entry.detail == {"reason": "they are older than the last look"}
    with pytest.raises(Refused, match="records were restored"):
        refuse_while_held()
    # It stays so: looking again neither ticks nor records it again.
    assert not tick(folders)
    assert AuditEntry.objects.filter(action="records restored").count() == 1
    assert clock_file.read(folders[0]) == Clock(1, 3)


def test_records_of_now_are_not(folders: list[Path]) -> None:
    put_back(tick=3)
    assert tick(folders)


@pytest.mark.parametrize("lost", [0, 1])
def test_one_folder_of_keys_is_enough_to_know(folders: list[Path], lost: int) -> None:
    (folders[lost] / "clock").unlink()
    put_back(tick=1)
    assert not tick(folders)


def test_without_any_clock_it_goes_on_and_writes_them_anew(folders: list[Path]) -> None:
    for folder in folders:
        (folder / "clock").write_text("rubbish")
    assert tick(folders)
    assert [clock_file.read(folder) for folder in folders] == [Clock(1, 4)] * 2


def test_records_from_before_the_first_look_are_held(folders: list[Path]) -> None:
    Deployment.objects.all().delete()
    assert not may_act()
    assert not tick(folders)
    assert held() is not None


def test_another_database_is_held(folders: list[Path]) -> None:
    put_back(fingerprint="another:one:of:these")
    assert not may_act(), "at once, before anybody has looked"
    assert not tick(folders)
    assert held() is not None


@pytest.mark.parametrize(
    ("before", "is_synchronous", "goes_on"),
    [
        ("7:00000001:5:9", True, True),
        ("7:00000001:5:9", False, False),
        ("7:00000001:5:8", True, False),
        ("6:00000001:5:9", True, False),
    ],
)
def test_a_promoted_standby(
    folders: list[Path],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    before: str,
    is_synchronous: bool,
    goes_on: bool,
) -> None:
    settings.STANDBY_IS_SYNCHRONOUS = is_synchronous
    monkeypatch.setattr(deployment, "fingerprint", lambda: "7:00000002:5:9")
    put_back(fingerprint=before)
    assert tick(folders) is goes_on
    assert AuditEntry.objects.filter(action="standby promoted").exists() is goes_on


def test_a_promoted_standby_that_lost_something_is_held(
    folders: list[Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STANDBY_IS_SYNCHRONOUS = True
    monkeypatch.setattr(deployment, "fingerprint", lambda: "7:00000002:5:9")
    put_back(fingerprint="7:00000001:5:9", tick=2)
    assert not tick(folders)


@pytest.mark.parametrize(("minutes", "holds"), [(59, False), (61, True)])
def test_a_long_silence(folders: list[Path], settings: Settings, minutes: int, holds: bool) -> None:
    put_back(ticked_at=timezone.now() - timedelta(minutes=minutes))
    settings.HOLD_AFTER_SILENCE = True
    assert tick(folders) is not holds


def test_a_laptop_that_was_closed_goes_on(folders: list[Path]) -> None:
    put_back(ticked_at=timezone.now() - timedelta(days=3))
    assert tick(folders)


def test_sweeps_wait_for_a_look_of_a_moment_ago(folders: list[Path]) -> None:
    for seconds, may in ((FRESH_SECONDS - 5, True), (FRESH_SECONDS + 1, False)):
        put_back(ticked_at=timezone.now() - timedelta(seconds=seconds))
        assert may_act() is may


def test_codes_of_before_are_not_sent_after(folders: list[Path]) -> None:
    store_email(to="one@merrowfield.example", subject="Code", body="Code")
    put_back(tick=1)
    tick(folders)
    assert not UrgentEmail.objects.exists()


def test_a_released_site_ticks_on_and_older_records_are_held_again(folders: list[Path]) -> None:
    put_back(tick=1)
    tick(folders)
    row = held()
    assert row is not None
    end_hold(row=row)
    assert may_act()
    assert tick(folders)
    assert clock_file.read(folders[0]) == Clock(2, 3)
    put_back(generation=1, tick=99)
    assert not tick(folders)
