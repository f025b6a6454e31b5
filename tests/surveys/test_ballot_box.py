"""Sealing: only the key opens, every envelope looks different and weighs the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import ballot_box

PRIVATE = ballot_box.new_private_key()
PUBLIC = ballot_box.public_key_of(PRIVATE)
sheets = st.text("012345-?", min_size=1, max_size=200)


@given(sheets)
def test_what_was_sealed_comes_out(answers: str) -> None:
    sealed = ballot_box.seal(public_key=PUBLIC, answers=answers)
    assert ballot_box.open_envelope(private_key=PRIVATE, sealed=sealed) == answers
    assert answers.encode() not in sealed or len(answers) < 4


@given(sheets, sheets)
def test_envelopes_are_one_size_and_never_alike(one: str, other: str) -> None:
    first = ballot_box.seal(public_key=PUBLIC, answers=one)
    second = ballot_box.seal(public_key=PUBLIC, answers=other)
    assert len(first) == len(second)
    assert first != second


def test_another_key_and_a_damaged_envelope_do_not_open() -> None:
    sealed = ballot_box.seal(public_key=PUBLIC, answers="012")
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
