"""Links and codes: derived, unguessable, readable."""

import re

from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from surveys import tokens
from surveys.tokens import Purpose


@given(st.integers(1, 2**40), st.integers(1, 2**40))
def test_a_token_belongs_to_one_row_and_one_purpose(one: int, other: int) -> None:
    token = tokens.token(purpose=Purpose.INVITATION, row=one)
    assert token == tokens.token(purpose=Purpose.INVITATION, row=one)
    assert token != tokens.token(purpose=Purpose.NAMED_SHEET, row=one)
    assert (token == tokens.token(purpose=Purpose.INVITATION, row=other)) is (one == other)


def test_a_token_is_safe_in_an_address_and_holds_at_least_128_bits() -> None:
    token = tokens.token(purpose=Purpose.INVITATION, row=1)
    assert re.fullmatch(r"[\w-]{24}", token)
    assert tokens.TOKEN_BYTES * 8 >= 128


def test_without_the_key_nobody_can_make_a_token_or_its_hash(settings: Settings) -> None:
    token = tokens.token(purpose=Purpose.INVITATION, row=1)
    kept = tokens.token_hash(token)
    settings.TOKEN_KEY = "another key of enough characters, please"
    assert tokens.token(purpose=Purpose.INVITATION, row=1) != token
    assert tokens.token_hash(token) != kept


def test_codes_are_readable_and_forgive_how_they_are_typed() -> None:
    codes = {tokens.new_answer_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{8}", code) for code in codes)
    assert tokens.typed_code(" 7kd4-mp2x ") == "7KD4MP2X"


def test_ward_pages_cannot_be_guessed() -> None:
    assert len({tokens.new_ward_page_code() for _ in range(100)}) == 100
    assert len(tokens.new_ward_page_code()) >= 22
