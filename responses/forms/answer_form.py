"""Reading a sent form: strict, small, and without Django's form machinery.

The body is `secret=…&ENV01=3&ENV02=%3F`: the option's index, or `?` for "I can't say"; a skipped
statement is left out or empty. A comment is a field of its own, left out or empty where nothing is
written.
`as_sent` reads leniently, to show a person once more what they sent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, unquote_plus

from responses.rules.answer_string import NOT_SURE, BadAnswers, check, from_choices
from surveys.rules import comments

FORM = "application/x-www-form-urlencoded"
MOST_SHOWN_AGAIN = 262_144
_LARGEST_ANSWERS = 16_384
_ESCAPED = 12  # bytes of the largest character in a body: %F0%9F%92%9A
SECRET = re.compile(r"[A-Za-z0-9_-]{22,43}")  # at least 128 random bits
_MISFIT = "These answers do not match this survey. Open the link again."
_DAMAGED = "Something went wrong while sending your answers. Send them again."
_NO_SECRET = "This page did not load fully. Open the link again."  # noqa: S105 (a sentence)


@dataclass(frozen=True)
class SentForm:
    """What a person sent: the send secret, one character an item in the version's order, and a text
    for each comment field, empty where nothing is written.
    """

    secret: str
    answers: str
    written: tuple[str, ...] = ()


def largest_body(ask: str, *, fields: int) -> int:
    """The bytes that a sheet can have."""
    return _LARGEST_ANSWERS + fields * _ESCAPED * (comments.LONGEST[ask] + 20 if fields else 0)


def _field(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals:
        raise ValueError("A field has no value.")
    if "%" in pair or "+" in pair:
        return unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")
    return name, value


def _fields(body: bytes) -> dict[str, str]:
    """What `parse_qsl` reads strictly, which unquotes every part; of an answer a few need it."""
    try:
        pairs = [_field(pair) for pair in body.decode("ascii").split("&")]
    except ValueError as error:
        raise BadAnswers(_DAMAGED) from error
    said = [(name, value) for name, value in pairs if value]
    fields = dict(said)
    if len(fields) != len(said):
        raise BadAnswers(_MISFIT)
    return fields


def as_sent(body: bytes) -> dict[str, str]:
    """Every field of a body as it was sent, whatever it is; nothing of one that is no form."""
    if len(body) > MOST_SHOWN_AGAIN:
        return {}
    try:
        return dict(parse_qsl(body.decode("ascii", errors="replace"), max_num_fields=2000))
    except ValueError:
        return {}


def sent_secret(body: bytes) -> str:
    """The send secret of a body, so that a second try counts once; empty where there is none."""
    secret = as_sent(body).get("secret", "")
    return secret if SECRET.fullmatch(secret) else ""


@cache
def _choices(options: int) -> dict[str, int | str | None]:
    """What a field may say; nothing for a skipped statement."""
    return {str(option): option for option in range(options)} | {NOT_SURE: NOT_SURE, "": None}


def _comment(text: str, ask: str) -> str:
    try:
        return comments.checked(text, ask)
    except comments.TooLong as error:
        raise BadAnswers(f"{error} Make your comment shorter.") from error


def read_form(
    body: bytes,
    *,
    codes: Sequence[str],
    options: int,
    ask: str = comments.NONE,
    fields: Sequence[str] = (),
) -> SentForm:
    """The sheet in a body; `BadAnswers` carries the sentence for whatever is wrong with it."""
    sent = _fields(body)
    secret = sent.pop("secret", "")
    if not SECRET.fullmatch(secret):
        raise BadAnswers(_NO_SECRET)
    written = tuple(_comment(sent.pop(name, ""), ask) for name in fields)
    if not set(sent).issubset(codes):
        raise BadAnswers(_MISFIT)
    known = _choices(options)
    try:
        answers = from_choices([known[sent.get(code, "")] for code in codes])
    except KeyError as error:
        raise BadAnswers(_MISFIT) from error
    check(answers, items=len(codes), options=options)
    return SentForm(secret, answers, written)
