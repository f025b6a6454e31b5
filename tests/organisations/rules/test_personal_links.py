"""Personal links: derived from a key, each for one source and one purpose."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from organisations.rules import personal_links
from organisations.rules.personal_links import Purpose

ANOTHER = override_settings(TOKEN_KEY="another key of enough characters, please")


@pytest.fixture(scope="module", autouse=True)
def key() -> Iterator[None]:
    if not settings.configured:  # `./dev mutate` starts no Django
        settings.configure()
    with override_settings(TOKEN_KEY="the key of these tests, long enough to be one"):
        yield


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_token_belongs_to_one_source_and_one_purpose(one: str, other: str) -> None:
    token = personal_links.token(purpose=Purpose.INVITATION, source=one)
    assert token == personal_links.token(purpose=Purpose.INVITATION, source=one)
    assert token != personal_links.token(purpose=Purpose.NAMED_RESPONSE, source=one)
    assert (token == personal_links.token(purpose=Purpose.INVITATION, source=other)) is (
        one == other
    )


def test_a_token_is_safe_in_an_address_and_holds_at_least_128_bits() -> None:
    token = personal_links.token(purpose=Purpose.INVITATION, source="1")
    assert re.fullmatch(r"[\w-]{24}", token)
    assert personal_links.TOKEN_BYTES * 8 >= 128


@pytest.mark.parametrize("purpose", Purpose)
def test_without_the_key_nobody_can_make_a_token_or_its_hash(purpose: Purpose) -> None:
    def made() -> list[object]:
        return [
            personal_links.token(purpose=purpose, source="1"),
            personal_links.token_hash("a token"),
        ]

    kept = made()
    assert made() == kept
    with ANOTHER:
        assert not set(made()) & set(kept)
