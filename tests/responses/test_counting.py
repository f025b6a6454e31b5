"""Tasks of the counting queue: keys made, looked after, destroyed; a lost key is loud."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from fieldwork import counting
from organisations.models import Heartbeat
from responses.actions import keys
from responses.carriers import key_folder
from responses.carriers.key_folder import KeyLost
from responses.models import Envelope, Tally
from responses.models.response import Response
from surveys.models import Message, Survey, SurveyUnit
from tests.factories import MembershipFactory, SurveyFactory, SurveyUnitFactory
from tests.responses.ballots import answer, open_unit

pytestmark = pytest.mark.django_db


def key_file(survey: Survey) -> Path:
    assert survey.public_key is not None
    return key_folder.file_of(
        Path(settings.KEYS_DIR), survey_id=survey.pk, public_key=bytes(survey.public_key)
    )


def closed_unit(sheets: int = 7) -> SurveyUnit:
    unit = open_unit()
    MembershipFactory.create(organisation=unit.survey.organisation)
    answer(unit, times=sheets)
    Tally.objects.filter(survey_unit=unit).update(open=False)
    SurveyUnit.objects.filter(pk=unit.pk).update(state=SurveyUnit.State.CLOSED)
    Survey.objects.filter(pk=unit.survey_id).update(state=Survey.State.CLOSED)
    return unit


def launched(**fields: object) -> Survey:
    survey = SurveyFactory.create(state=Survey.State.PREPARING, **fields)
    SurveyUnitFactory.create(survey=survey, state=SurveyUnit.State.NOT_OPEN)
    return survey


def test_a_launched_survey_gets_its_key_and_opens_at_once_if_due() -> None:
    survey = launched()
    counting.prepare_survey(survey.pk)
    survey.refresh_from_db()
    assert survey.state == Survey.State.OPEN
    assert key_file(survey).exists()


def test_a_survey_for_later_waits_with_its_key() -> None:
    survey = launched(opens_at=timezone.now() + timedelta(days=1))
    counting.sweep()
    survey.refresh_from_db()
    assert survey.state == Survey.State.SCHEDULED
    assert key_file(survey).exists()


def test_a_folder_that_cannot_be_written_is_found_at_preparation(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "not a folder").write_text("")
    settings.KEYS_DIR = tmp_path / "not a folder" / "keys"
    survey = launched()
    MembershipFactory.create(organisation=survey.organisation)
    counting.sweep()
    survey.refresh_from_db()
    assert survey.state == Survey.State.PREPARING
    assert "cannot be written" in survey.count_failure
    assert Message.objects.filter(step=Message.Step.COUNT_FAILED, state="planned").exists()
    settings.KEYS_DIR = tmp_path / "keys"
    counting.sweep()
    survey.refresh_from_db()
    assert survey.state == Survey.State.OPEN
    assert survey.count_failure == ""
    assert not Message.objects.filter(step=Message.Step.COUNT_FAILED, state="planned").exists()


def test_a_key_lost_before_opening_is_made_anew() -> None:
    survey = launched(opens_at=timezone.now() + timedelta(days=1))
    counting.sweep()
    survey.refresh_from_db()
    first = key_file(survey)
    first.unlink()
    counting.sweep()
    survey.refresh_from_db()
    assert survey.state == Survey.State.SCHEDULED
    assert key_file(survey).exists()
    assert key_file(survey) != first
    assert survey.count_failure == ""


def test_a_key_lost_while_staff_answer_is_reported_at_once_and_once() -> None:
    unit = open_unit()
    MembershipFactory.create(organisation=unit.survey.organisation)
    lost = key_file(unit.survey)
    content = lost.read_bytes()
    lost.unlink()
    for _ in range(2):
        counting.sweep()
    survey = Survey.objects.get()
    assert "not in the key folder" in survey.count_failure
    assert Message.objects.filter(step=Message.Step.COUNT_FAILED).count() == 1
    lost.write_bytes(content)
    counting.sweep()
    assert Survey.objects.get().count_failure == ""


def test_a_key_lost_at_the_count_loses_no_answer_and_is_never_an_empty_result(
    caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks
) -> None:
    unit = closed_unit()
    path = key_file(unit.survey)
    content = path.read_bytes()
    path.unlink()
    with django_capture_on_commit_callbacks(execute=True):
        counting.sweep()
    unit.refresh_from_db()
    assert unit.state == SurveyUnit.State.CLOSED
    assert Envelope.objects.count() == 7
    assert Survey.objects.get().count_failure
    assert Message.objects.filter(step=Message.Step.COUNT_FAILED).exists()
    assert "cannot be counted" in caplog.text
    path.write_bytes(content)
    counting.sweep()
    unit.refresh_from_db()
    assert unit.state == SurveyUnit.State.COUNTED
    assert Response.objects.count() == 7
    assert Survey.objects.get().count_failure == ""


def test_one_survey_that_fails_does_not_hold_up_the_next() -> None:
    broken, sound = closed_unit(), closed_unit()
    key_file(broken.survey).unlink()
    counting.sweep()
    states = dict(SurveyUnit.objects.values_list("pk", "state"))
    assert states == {broken.pk: "closed", sound.pk: "counted"}


def test_without_backups_the_key_goes_with_the_count(settings: Settings) -> None:
    settings.KEY_WAITS_FOR_BACKUP = False
    unit = closed_unit()
    counting.count_unit(unit.pk)
    survey = Survey.objects.get()
    assert survey.key_destroyed
    assert not key_file(survey).exists()


def test_with_backups_the_key_waits_for_one_taken_after_the_count(settings: Settings) -> None:
    settings.KEY_WAITS_FOR_BACKUP = True
    unit = closed_unit()
    before = timezone.now() - timedelta(minutes=1)
    counting.count_unit(unit.pk)
    call_command("record_backup", taken_at=before.isoformat())
    counting.sweep()
    survey = Survey.objects.get()
    assert not survey.key_destroyed
    assert key_file(survey).exists()
    call_command("record_backup", taken_at=timezone.now().isoformat())
    counting.sweep()
    survey.refresh_from_db()
    assert survey.key_destroyed
    assert not key_file(survey).exists()


def test_the_key_stays_while_the_count_does_not_add_up(settings: Settings) -> None:
    settings.KEY_WAITS_FOR_BACKUP = False
    unit = closed_unit()
    counting._open_and_count(unit)
    Response.objects.all()[:1].get().delete()
    counting.sweep()
    assert key_file(Survey.objects.get()).exists()


@pytest.mark.parametrize(
    "taken_at", ["yesterday", "2026-11-30", "2026-11-30T02:00", "9999-01-01T00:00Z"]
)
def test_a_backup_needs_a_moment_that_has_been(taken_at: str) -> None:
    with pytest.raises(CommandError):
        call_command("record_backup", taken_at=taken_at)


def test_each_key_stands_in_two_folders_and_heals_from_either(
    settings: Settings, tmp_path: Path
) -> None:
    settings.KEYS_DIR, settings.KEYS_MIRROR = tmp_path / "1", str(tmp_path / "2")
    survey = SurveyFactory.create(state="preparing")
    assert keys.prepare_survey(survey=survey)
    survey.refresh_from_db()
    private_key = keys.private_key_of(survey=survey)

    def kept() -> list[set[bytes]]:
        return [{file.read_bytes() for file in one.glob("*.key")} for one in keys.folders()]

    assert kept() == [{private_key}] * 2
    for folder in keys.folders():
        for spoil in (Path.unlink, lambda file: file.write_bytes(b"damaged")):
            (file,) = folder.glob("*.key")
            spoil(file)
            assert keys.private_key_of(survey=survey) == private_key
            assert kept() == [{private_key}] * 2
    for folder in keys.folders():
        next(folder.glob("*.key")).unlink()
    with pytest.raises(KeyLost, match="not in the key folder"):
        keys.private_key_of(survey=survey)


def test_a_cancelled_survey_leaves_its_key_in_neither(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_DIR, settings.KEYS_MIRROR = tmp_path / "1", str(tmp_path / "2")
    survey = SurveyFactory.create(state="preparing")
    keys.prepare_survey(survey=survey)
    Survey.objects.update(state="cancelled")
    assert keys.destroy_key(survey=survey)
    assert not [file for one in keys.folders() for file in one.glob("*.key")]


def test_a_folder_that_cannot_be_used_is_told_of(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_DIR, settings.KEYS_MIRROR = tmp_path / "1", ""
    assert keys.folder_problem() == ""
    (tmp_path / "file").touch()
    settings.KEYS_MIRROR = str(tmp_path / "file")
    assert keys.folder_problem() == "The second folder of keys cannot be used (File exists)."


def test_a_folder_that_cannot_be_written_is_told_of(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the tests as root may write everywhere."""
    settings.KEYS_DIR, settings.KEYS_MIRROR = tmp_path / "1", str(tmp_path / "2")
    monkeypatch.setattr("os.access", lambda folder, wanted: folder != tmp_path / "2")
    assert keys.folder_problem() == "The second folder of keys cannot be written."


@pytest.mark.parametrize("full", ["1", "2"])
@pytest.mark.parametrize(("left", "is_told"), [(-1, True), (0, False), (1, False)])
def test_a_disk_of_keys_with_less_than_a_gigabyte_is_told_of(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    full: str,
    left: int,
    is_told: bool,
) -> None:
    settings.KEYS_DIR, settings.KEYS_MIRROR = tmp_path / "1", str(tmp_path / "2")

    def usage(folder: Path) -> SimpleNamespace:
        return SimpleNamespace(free=10**9 + left if folder.name == full else 10**12)

    monkeypatch.setattr("shutil.disk_usage", usage)
    name = {"1": "first", "2": "second"}[full]
    said = f"The {name} folder of keys has less than 1 GB left."
    assert keys.folder_problem() == (said if is_told else "")
    counting.sweep()
    assert Heartbeat.objects.get(process="counting").problem == (said if is_told else "")
