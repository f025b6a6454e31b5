"""Links and codes: derived, unguessable, readable."""

import re

from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from surveys import tokens
from surveys.tokens import Purpose


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_token_belongs_to_one_source_and_one_purpose(one: str, other: str) -> None:
    token = tokens.token(purpose=Purpose.INVITATION, source=one)
    assert token == tokens.token(purpose=Purpose.INVITATION, source=one)
    assert token != tokens.token(purpose=Purpose.NAMED_SHEET, source=one)
    assert (token == tokens.token(purpose=Purpose.INVITATION, source=other)) is (one == other)


def test_a_token_is_safe_in_an_address_and_holds_at_least_128_bits() -> None:
    token = tokens.token(purpose=Purpose.INVITATION, source="1")
    assert re.fullmatch(r"[\w-]{24}", token)
    assert tokens.TOKEN_BYTES * 8 >= 128


def test_seeds_are_random_and_never_look_like_an_id() -> None:
    seeds = {tokens.new_seed() for _ in range(500)}
    assert len(seeds) == 500
    # Longer than any id, so no row without a seed shares a link with one that has it.
    assert {len(seed) for seed in seeds} == {22}
    assert len(str(2**63)) < 22


def test_without_the_key_nobody_can_make_a_token_or_its_hash(settings: Settings) -> None:
    token = tokens.token(purpose=Purpose.INVITATION, source="1")
    kept = tokens.token_hash(token)
    settings.TOKEN_KEY = "another key of enough characters, please"
    assert tokens.token(purpose=Purpose.INVITATION, source="1") != token
    assert tokens.token_hash(token) != kept


def test_codes_are_readable_and_forgive_how_they_are_typed() -> None:
    codes = {tokens.new_answer_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{8}", code) for code in codes)
    assert tokens.typed_code(" 7kd4-mp2x ") == "7KD4MP2X"


def test_ward_pages_cannot_be_guessed() -> None:
    assert len({tokens.new_ward_page_code() for _ in range(100)}) == 100
    assert len(tokens.new_ward_page_code()) >= 22
