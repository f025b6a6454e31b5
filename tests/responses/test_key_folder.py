"""Private keys on disk."""

from pathlib import Path

import pytest

from responses.carriers import key_folder
from responses.carriers.key_folder import KeyLost
from responses.rules import ballot_box

PRIVATE = ballot_box.new_private_key()
PUBLIC = ballot_box.public_key_of(PRIVATE)


def test_a_key_is_kept_for_our_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    path = key_folder.keep(folder, survey_id=7, private_key=PRIVATE)
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert key_folder.read(folder, survey_id=7, public_key=PUBLIC) == PRIVATE
    assert [file.name for file in folder.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "content",
    [None, b"", b"short", PRIVATE + b"more", bytes(32)],
    ids=["missing", "empty", "short", "long", "another"],
)
def test_a_missing_or_damaged_key_is_lost(tmp_path: Path, content: bytes | None) -> None:
    path = key_folder.file_of(tmp_path, survey_id=7, public_key=PUBLIC)
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KeyLost, match="key"):
        key_folder.read(tmp_path, survey_id=7, public_key=PUBLIC)


def test_a_survey_number_used_again_never_meets_the_old_key(tmp_path: Path) -> None:
    key_folder.keep(tmp_path, survey_id=7, private_key=PRIVATE)
    other = ballot_box.public_key_of(ballot_box.new_private_key())
    with pytest.raises(KeyLost):
        key_folder.read(tmp_path, survey_id=7, public_key=other)


def test_destroyed_is_gone_and_may_be_asked_for_again(tmp_path: Path) -> None:
    key_folder.keep(tmp_path, survey_id=7, private_key=PRIVATE)
    for _ in range(2):
        key_folder.destroy(tmp_path, survey_id=7, public_key=PUBLIC)
    assert list(tmp_path.iterdir()) == []


def test_keys_of_dead_preparations_go_and_other_surveys_keys_stay(tmp_path: Path) -> None:
    kept = key_folder.keep(tmp_path, survey_id=7, private_key=PRIVATE)
    key_folder.keep(tmp_path, survey_id=7, private_key=ballot_box.new_private_key())
    other = key_folder.keep(tmp_path, survey_id=77, private_key=PRIVATE)
    (tmp_path / "7-half.new").write_bytes(b"half")
    key_folder.destroy_strays(tmp_path, survey_id=7, keeping=kept)
    assert set(tmp_path.iterdir()) == {kept, other}
