"""Reading a sent sheet: strict, small, and without Django's form machinery (nothing is re-shown).

The body is `secret=…&ENV01=3&ENV02=%3F`: the option's index, or `?` for "I can't say"; a skipped
statement is left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from surveys.answer_string import NOT_SURE, BadSheet, check, from_choices

LARGEST_BODY = 16_384
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_OPTION = re.compile(r"0|[1-9][0-9]?")
_MISFIT = "These answers do not fit this survey. Please open the link again."
_DAMAGED = "These answers were damaged on the way. Please send them again."
_NO_SECRET = "This page was not complete. Please open the link again."  # noqa: S105 (a sentence)


@dataclass(frozen=True)
class SentSheet:
    """What a person sent: the send secret, and one character an item in the version's order."""

    secret: str
    answers: str


def _fields(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode("ascii"), strict_parsing=True, errors="strict")
    except ValueError as error:
        raise BadSheet(_DAMAGED) from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadSheet(_MISFIT)
    return fields


def _choice(value: str | None, *, options: int) -> int | str | None:
    if value is None or value == NOT_SURE:
        return value
    if not _OPTION.fullmatch(value) or int(value) >= options:
        raise BadSheet(_MISFIT)
    return int(value)


def read_sheet(body: bytes, *, codes: Sequence[str], options: int) -> SentSheet:
    """The sheet in a body; `BadSheet` carries the sentence for whatever is wrong with it."""
    fields = _fields(body)
    secret = fields.pop("secret", "")
    if not SECRET.fullmatch(secret):
        raise BadSheet(_NO_SECRET)
    if not set(fields).issubset(codes):
        raise BadSheet(_MISFIT)
    answers = from_choices([_choice(fields.get(code), options=options) for code in codes])
    check(answers, items=len(codes), options=options)
    return SentSheet(secret, answers)
