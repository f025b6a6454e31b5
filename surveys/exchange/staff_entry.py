"""One person found in a line, as the cells of a row. No Django here."""

import re
from collections.abc import Iterator, Sequence

from organisations.exchange.addresses import Entry, is_remark
from surveys.exchange.staff_words import (
    ALONE,
    YES_ALONE,
    is_shift,
    language_of,
    shift_behind,
)

_NO_NAMES = frozenset(("", "work", "home", "personal", "nhs", "mobile", "private", "new"))


def one_of_two_addresses(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Ann’s address at work and another Ann’s beside it without a name: one person, to be asked."""
    kept: Entry | None = None
    for one in entries:
        local = one.email.split("@")[0]
        if kept and kept.name and local and not one.name and kept.email.startswith(f"{local}@"):
            kept.email = f"{kept.email} / {one.email}"
            kept.mobiles += one.mobiles
            kept.numbers += one.numbers
            kept.rest += one.rest
            continue
        if kept:
            yield kept
        kept = one
    if kept:
        yield kept


def cells_of(one: Entry) -> dict[str, str]:
    """The cells of a row that is only this; without an address its words are to be corrected."""
    cells = {"email": one.email or one.broken, "name": one.name}
    if one.mobiles:
        cells["mobile"] = " / ".join(one.mobiles)
    elif not cells["email"] and one.numbers:
        cells["mobile"] = " / ".join(one.numbers)
    elif not cells["email"]:
        cells = {"email": " ".join([one.name, *one.rest])}
    return {column: text for column, text in cells.items() if text}


def read_rest(one: Entry, cells: dict[str, str]) -> list[str]:
    """Language and nights from the words beside a name; what else there is, is not used."""
    unused = list(one.numbers) if one.email or one.mobiles else []
    if not (one.email or one.mobiles or one.broken):
        return unused
    name = [part.strip() for part in cells.pop("name", "").split(",")]
    said = [part for part in name if _says_something(part)]
    name = [part for part in name if part not in said]
    for text in [*said, *(part.strip() for rest in one.rest for part in rest.split(","))]:
        if language_of(text) and "language" not in cells:
            cells["language"] = text
        elif YES_ALONE.fullmatch(text) and "nights" not in cells:
            cells["nights"] = f"“{text}”"  # it may be about anything, so it is asked about
        elif is_shift(text) and "nights" not in cells:
            cells["nights"] = text
        elif not any(name) and _may_be_name(text):
            name = [text]
        elif text:
            unused.append(text)
    if ", ".join(name).casefold() in _NO_NAMES:
        unused, name = [*unused, *filter(None, name)], []
    cells["name"], shift = shift_behind(", ".join(name))
    if shift:
        cells.setdefault("nights", shift)
    elif "nights" not in cells and re.search(r"\bnights?\b", cells["name"], re.IGNORECASE):
        cells["nights"] = f"“{cells['name']}”"
    return unused


def _may_be_name(text: str) -> bool:
    is_none = text.casefold() in _NO_NAMES or re.search(r"\d", text) or is_remark(text)
    return not is_none


def _says_something(text: str) -> bool:
    return bool(text) and bool(language_of(text) or is_shift(text) or ALONE.fullmatch(text))
