"""What staff lists call their columns, read by meaning: “Mobile No.” and “Contact number” alike."""

import re
from collections.abc import Sequence
from dataclasses import replace

from organisations.exchange.tables import LONGEST_HEADING, Columns, Table
from organisations.rules.plain_text import word_set

# Whose address it is not, or what is said of it.
_ELSE = word_set(
    "manager managers supervisor leader lead kin emergency sent date bleep ext extension fax "
    "line partner agency reference ref count total"
)
_EMAIL = word_set("email emails mail nhsmail ebost smtp courriel")
_MOBILE = word_set("mobile mobiles mob cell cellphone sms symudol")
_PHONE = word_set("phone phones telephone tel tels ffôn ffon")
_FIRST = word_set("first forename forenames given known christian")
_LAST = word_set("last surname surnames family")
_NAME = word_set("name names enw fullname display llawn colleague nurse")
_UNIT = word_set("unit ward department dept team area uned adran")
_LANGUAGE = word_set("language lang iaith")
_NIGHTS = word_set("night nights nos nosau")
_SHIFT = word_set("shift shifts shiftpattern rota roster")
_DAYS = word_set("day days")
# “D/N”, “E/L/N”.
_LETTERS = word_set("d e l n ld")
# Whoever has a yes here works no nights.
_NO_NIGHTS = re.compile(
    r"\bno nights?\b|\b(?:not|without|exempt|excused|excluded|except|cannot|can'?t|never|unable)\b"
)
# What a column says of addresses that stand in another.
_OF_ADDRESSES = word_set("type kind label consent verified valid opt preference status")
# Words that are about no column in particular.
_FILLER = word_set(
    "address addresses the your of no number numbers nos staff member members employee work "
    "works personal home preferred full current main nhs uk contact details at in pattern "
    "working type group messages message s name first last mobile phone email duty worked for nos "
    "primary and or org organisational"
)


def staff_columns(heads: Sequence[str]) -> Columns:
    """By our names the places of a row's headings; empty if the row is no heading.

    Of two columns of one kind the likelier comes first; the other fills what is empty there.
    """
    ranked: dict[str, list[tuple[int, int]]] = {}
    for place, head in enumerate(heads):
        if "@" in head or re.search(r"\d{5}", head):
            return {}
        column, rank = _meaning(head)
        if column:
            ranked.setdefault(column, []).append((rank, place))
    found = {column: [place for _, place in sorted(them)] for column, them in ranked.items()}
    days = found.pop("days", [])
    if days and not found.keys() & {"nights", "shift"}:
        found["shift"] = days  # a tick there says nothing of nights, so it is asked about
    has_address = found.keys() & {"email", "mobile", "contact"}
    is_title = sum(1 for head in heads if head) == 1 and _is_sentence(heads)
    return found if has_address and not is_title else {}


def side_by_side(table: Table) -> list[Table]:
    """Lists that stand beside each other under the same headings, each as a table of its own."""
    heads = [head.casefold() for head in table.heads]
    first = next(filter(None, heads))
    starts = [place for place, head in enumerate(heads) if head == first]
    ends = [*starts[1:], len(heads)]
    blocks = [list(filter(None, heads[a:b])) for a, b in zip(starts, ends, strict=True)]
    if len(blocks[0]) < 2 or any(block != blocks[0] for block in blocks):
        return [table]
    return [
        replace(
            table,
            rows=[(number, row[start:end]) for number, row in table.rows],
            heads=table.heads[start:end],
            columns=staff_columns(table.heads[start:end]),
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _is_sentence(heads: Sequence[str]) -> bool:
    only = next(head for head in heads if head)
    return len(only.split()) > 3 or only.endswith((".", ":", "?"))


def _meaning(head: str) -> tuple[str, int]:
    """Our name for a heading and how far it is from saying just that; or nothing."""
    if len(head) > LONGEST_HEADING:
        return "", 0
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", head.replace("_", " "))  # PrimarySmtpAddress
    plain = re.sub(r"\be[\s–-]+(?=mail|bost)", "e", parted.casefold())
    said = frozenset(re.findall(r"[^\W\d]+", plain))
    if said & (_MOBILE | _PHONE | _NAME | {"contact", "staff"}):
        said -= {"nos"}  # numbers, not Welsh for night
    if not said or said & _ELSE:
        return "", 0
    if said & _OF_ADDRESSES and said & (_EMAIL | _MOBILE | _PHONE):
        return "", 0
    # Under “Days / nights” an N is no “no”, and under “Exempt from nights” a yes is none.
    is_either = said & _NIGHTS and (said & _DAYS or _NO_NIGHTS.search(plain))
    if is_either or ("n" in said and len(said) > 1 and said <= _LETTERS):
        return "shift", 0
    if said & _SHIFT and said & _DAYS:
        return "days", 0
    for column, wanted in (
        ("nights", _NIGHTS), ("shift", _SHIFT), ("language", _LANGUAGE), ("email", _EMAIL),
        ("mobile", _MOBILE), ("phone", _PHONE), ("unit", _UNIT),
    ):  # fmt: skip
        if said & wanted and (column != "unit" or said <= _UNIT | _FILLER):
            far = len(said - wanted - _FILLER) + (2 if {"personal", "home"} & said else 0)
            return ("mobile", 4 + far) if column == "phone" else (column, far)
    if said <= _FIRST | _LAST | _NAME | _FILLER and said & _FIRST and said & _LAST:
        return "name", 0
    if said <= _FIRST | _NAME | _FILLER and said & _FIRST:
        return "first", 0
    if said <= _LAST | _NAME | _FILLER and said & _LAST:
        return "last", 0
    if said & _NAME and said <= _NAME | _FILLER | {"person"}:
        return "name", 0
    if "contact" in said and said <= _FILLER:
        return ("mobile", 6) if said & {"number", "no", "numbers"} else ("contact", 0)
    if plain.strip() in {"staff", "staff member", "employee", "person", "member of staff"}:
        return "name", 1
    return "", 0
