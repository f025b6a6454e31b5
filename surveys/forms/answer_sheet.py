"""Reading a sent sheet: strict, small, and without Django's form machinery (nothing is re-shown).

The body is `secret=…&ENV01=3&ENV02=%3F`: the option's index, or `?` for "I can't say"; a skipped
statement is left out. A comment is a field of its own, left out or empty where nothing is written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from surveys import comments
from surveys.answer_string import NOT_SURE, BadSheet, check, from_choices

_LARGEST_ANSWERS = 16_384
_ESCAPED = 12  # bytes of the largest character in a body: %F0%9F%92%9A
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_OPTION = re.compile(r"0|[1-9][0-9]?")
_MISFIT = "These answers do not fit this survey. Please open the link again."
_DAMAGED = "These answers were damaged on the way. Please send them again."
_NO_SECRET = "This page was not complete. Please open the link again."  # noqa: S105 (a sentence)


@dataclass(frozen=True)
class SentSheet:
    """What a person sent: the send secret, one character an item in the version's order, and a text
    for each comment field, empty where nothing is written.
    """

    secret: str
    answers: str
    written: tuple[str, ...] = ()


def largest_body(ask: str, *, fields: int) -> int:
    """The bytes that a sheet can have."""
    return _LARGEST_ANSWERS + fields * _ESCAPED * (comments.LONGEST[ask] + 20 if fields else 0)


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


def _comment(text: str, ask: str) -> str:
    try:
        return comments.checked(text, ask)
    except comments.TooLong as error:
        raise BadSheet(f"{error} Please go back and make it shorter.") from error


def read_sheet(
    body: bytes,
    *,
    codes: Sequence[str],
    options: int,
    ask: str = comments.NONE,
    fields: Sequence[str] = (),
) -> SentSheet:
    """The sheet in a body; `BadSheet` carries the sentence for whatever is wrong with it."""
    sent = _fields(body)
    secret = sent.pop("secret", "")
    if not SECRET.fullmatch(secret):
        raise BadSheet(_NO_SECRET)
    written = tuple(_comment(sent.pop(name, ""), ask) for name in fields)
    if not set(sent).issubset(codes):
        raise BadSheet(_MISFIT)
    answers = from_choices([_choice(sent.get(code), options=options) for code in codes])
    check(answers, items=len(codes), options=options)
    return SentSheet(secret, answers, written)
