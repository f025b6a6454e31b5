"""Links and codes: derived, unguessable, readable."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from organisations.rules import personal_links
from organisations.rules.personal_links import Purpose
from surveys.rules import tokens

ANOTHER = override_settings(TOKEN_KEY="another key of enough characters, please")
numbers = st.integers(1, 10**9)


@pytest.fixture(scope="module", autouse=True)
def key() -> Iterator[None]:
    if not settings.configured:  # `./dev mutate` starts no Django
        settings.configure()
    with override_settings(TOKEN_KEY="the key of these tests, long enough to be one"):
        yield


def test_seeds_are_random_and_never_look_like_an_id() -> None:
    seeds = {tokens.new_link_word() for _ in range(500)}
    assert len(seeds) == 500
    # Longer than any id, so no row without a seed shares a link with one that has it.
    assert {len(seed) for seed in seeds} == {22}
    assert len(str(2**63)) < 22


def test_a_seed_is_that_of_an_address_until_it_is_taken_off() -> None:
    seed = tokens.seed_of(link_word="a word", address="ali@a.example")
    assert re.fullmatch(r"[\w-]{22}", seed), "128 bits"
    assert tokens.seed_of(link_word="a word", address=" Ali@A.example ") == seed
    assert tokens.seed_of(link_word="a word", address="ali@a.example", times_taken_off=0) == seed
    for other in (
        tokens.seed_of(link_word="a word", address="ali@a.example", times_taken_off=1),
        tokens.seed_of(link_word="another", address="ali@a.example"),
        tokens.seed_of(link_word="a word", address="bo@a.example"),
    ):
        assert other != seed


def id_of(address: str = "ali@a.example", step: str = "invitation", word: str = "a word") -> str:
    """The id of a letter as it is made from a list."""
    seed = tokens.seed_of(link_word=word, address=address)
    token = personal_links.token(purpose=Purpose.INVITATION, source=seed)
    return tokens.letter_id(token_hash=personal_links.token_hash(token), step=step)


def test_a_letter_made_again_has_its_id_and_each_other_letter_another() -> None:
    ids = {id_of(), id_of("bo@a.example"), id_of(step="reminder_1"), id_of(word="another")}
    assert len(ids) == 4
    assert id_of() == id_of(" Ali@A.example ")
    with ANOTHER:
        assert id_of() not in ids, "without the key nobody can try an address"


def test_a_letters_id_is_good_in_a_header_and_names_its_row() -> None:
    for number in range(200):
        made = id_of(f"{number}@a.example", "closes_tomorrow")
        assert re.fullmatch(r"[\w-]+\.[\w]+", made, re.ASCII), "RFC 5322, a dot-atom"
        found = tokens.letter_named(made)
        assert found is not None
        assert tokens.letter_id(token_hash=found[0], step=found[1]) == made


@pytest.mark.parametrize(
    "text",
    ["", "0123456789abcdef.17", f"{'a' * 42}.invitation", f"{'a' * 44}.invitation", "a" * 43],
)
def test_what_is_no_letters_id_names_none(text: str) -> None:
    assert tokens.letter_named(text) is None


def test_without_the_key_nobody_can_make_a_token_or_its_hash() -> None:
    def made() -> list[object]:
        return [
            tokens.opt_out_token(row=1, source="1"),
            tokens.address_hash(organisation=1, address="ali@a.example"),
            *tokens.slip_codes(survey_unit=1, batch="a batch", number=2),
        ]

    kept = made()
    assert made() == kept
    with ANOTHER:
        assert not set(made()) & set(kept)


@given(numbers, st.text(max_size=30))
def test_an_opt_out_names_its_row_and_is_proved_by_its_source(row: int, source: str) -> None:
    token = tokens.opt_out_token(row=row, source=source)
    assert re.fullmatch(rf"{row}-[\w-]{{8}}", token)
    assert tokens.opt_out_row(token) == row
    assert tokens.is_opt_out(token, row=row, source=source)
    assert not tokens.is_opt_out(token, row=row + 1, source=source)
    assert not tokens.is_opt_out(token, row=row, source=f"{source} ")
    assert not tokens.is_opt_out(f"{token}x", row=row, source=source)


def test_an_opt_outs_token_is_found_in_an_address_and_nothing_else_is() -> None:
    token = tokens.opt_out_token(row=7, source="a seed")
    assert tokens.stop_token(token) == token
    assert [tokens.stop_token(text) for text in ("", "7", f"{token}!", f" {token}")] == [""] * 4


@pytest.mark.parametrize("text", ["", "-", "x-abcdefgh", "²-abcdefgh", "-1-abcdefgh"])
def test_what_is_no_opt_out_names_no_row(text: str) -> None:
    assert tokens.opt_out_row(text) is None


def test_an_address_is_known_again_however_it_is_typed_and_only_in_its_organisation() -> None:
    kept = tokens.address_hash(organisation=1, address="ali@a.example")
    assert tokens.address_hash(organisation=1, address=" Ali@A.example ") == kept
    assert tokens.address_hash(organisation=2, address="ali@a.example") != kept
    assert tokens.address_hash(organisation=1, address="bo@a.example") != kept


def test_a_batch_of_slips_can_be_printed_again_and_no_code_is_in_two() -> None:
    codes = tokens.slip_codes(survey_unit=1, batch="a batch", number=200)
    assert len(set(codes)) == 200
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{12}", code) for code in codes)
    assert tokens.slip_codes(survey_unit=1, batch="a batch", number=20) == codes[:20]
    for other in (
        tokens.slip_codes(survey_unit=2, batch="a batch", number=200),
        tokens.slip_codes(survey_unit=1, batch="another", number=200),
    ):
        assert not set(other) & set(codes)


def test_codes_are_readable_and_forgive_how_they_are_typed() -> None:
    codes = {tokens.new_answer_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{10}", code) for code in codes)
    assert tokens.typed_code(" 7kd4-mp2x ") == "7KD4MP2X"


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("ABCDEFGHJK", "ABCDE-FGHJK"),
        ("ABCDEFGHJKLM", "ABCD-EFGH-JKLM"),
        ("ABCDEFGH", "ABCD-EFGH"),
        ("ABCDE", "ABCDE"),
    ],
)
def test_codes_are_printed_in_groups_of_five_or_four(code: str, printed: str) -> None:
    assert tokens.printed_code(code) == printed
    assert tokens.typed_code(printed) == code


def test_ward_pages_cannot_be_guessed() -> None:
    assert len({tokens.new_ward_page_code() for _ in range(100)}) == 100
    assert len(tokens.new_ward_page_code()) == 22
