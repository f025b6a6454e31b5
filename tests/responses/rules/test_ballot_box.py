"""Sealing: only the key opens, every envelope looks different and weighs the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responses.rules import ballot_box

PRIVATE = ballot_box.new_private_key()
PUBLIC = ballot_box.public_key_of(PRIVATE)
# A key and what was sealed to it by the first version with this form of envelope.
KEPT = (
    ("be1beaf2cbc2f5d0ab98d7abcce51ba1490ece7b5aa68135a1cc4f8f49622ff2"),
    (
        "2ab3a2bc4ce1cd2c810420cce23fd2dee4b6ac72b8fe7598696c90ceabd855270ed64ffb8d7d0203887a"
        "950a377168518e4269acc98e7a8cdb636dea45a7798df1f92abe9d07ecc0b581d217080a695fbc3f3fa6"
        "eefd283d0dd0b7e69fde2df575637e04e57bee48d91b16ffb110f06a8f349e9c3565439e63fdf8089c18"
        "337b74619e142f64b20c1d5d45417fd32e37e37573997e63a128b484344f3ed6ae3c84815e6c8778940e"
        "0c8eb79cb5b7d194e433eaa6f1c08427749acca88af76ced5301bd8856dc6a8528bc062c69b0666e4db3"
        "fbde72372849faafbe2cbc55ba6480117a21d480452a9fffe878a50c904fe610165843871ccc29a9e89e"
        "3c99dbd14963448a44c5f82544b5878ff14b5274b5681312ca042e035893b7dbd8db3bea5e8810a1b0d8"
        "197123cc9998149284fd"
    ),
)
sheets = st.text("012345-?", min_size=1, max_size=200)


@given(sheets)
def test_what_was_sealed_comes_out(answers: str) -> None:
    sealed = ballot_box.seal(public_key=PUBLIC, answers=answers, room=0)
    assert ballot_box.open_envelope(private_key=PRIVATE, sealed=sealed) == answers
    assert answers.encode() not in sealed or len(answers) < 4


@pytest.mark.parametrize(
    ("letters", "blocks"), [(1, 1), (253, 1), (254, 1), (255, 2), (510, 2), (511, 3)]
)
def test_a_sheet_takes_whole_blocks_whether_room_or_letters_fill_them(
    letters: int, blocks: int
) -> None:
    cover = len(ballot_box.seal(public_key=PUBLIC, answers="", room=0)) - 256
    full = ballot_box.seal(public_key=PUBLIC, answers="3" * letters, room=0)
    kept = ballot_box.seal(public_key=PUBLIC, answers="3", room=letters)
    assert len(full) - cover == len(kept) - cover == 256 * blocks


def test_an_envelope_of_an_earlier_version_still_opens() -> None:
    private, sealed = (bytes.fromhex(text) for text in KEPT)
    assert ballot_box.open_envelope(private_key=private, sealed=sealed) == "0123-?"


@given(sheets, sheets)
def test_envelopes_are_one_size_and_never_alike(one: str, other: str) -> None:
    first = ballot_box.seal(public_key=PUBLIC, answers=one, room=0)
    second = ballot_box.seal(public_key=PUBLIC, answers=other, room=0)
    assert len(first) == len(second)
    assert first != second


def test_another_key_and_a_damaged_envelope_do_not_open() -> None:
    sealed = ballot_box.seal(public_key=PUBLIC, answers="012", room=0)
    for key, envelope in [
        (ballot_box.new_private_key(), sealed),
        (PRIVATE, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (PRIVATE, b""),
    ]:
        with pytest.raises(ballot_box.CannotOpen):
            ballot_box.open_envelope(private_key=key, sealed=envelope)


def test_a_probe_proves_the_pair() -> None:
    assert ballot_box.proves(private_key=PRIVATE, public_key=PUBLIC)
    assert not ballot_box.proves(private_key=ballot_box.new_private_key(), public_key=PUBLIC)


def test_the_send_secret_cannot_be_read_from_the_envelopes_key() -> None:
    key = ballot_box.envelope_key("a secret")
    assert len(key) == 32
    assert key == ballot_box.envelope_key("a secret")
    assert key != ballot_box.envelope_key("a secret ")
