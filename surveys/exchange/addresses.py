"""How to reach one person, and leaders as they are pasted. No Django models here."""

import re
from dataclasses import dataclass, field

from organisations.exchange.addresses import Entry, entries_in
from organisations.rules.plain_text import one_line
from surveys.exchange.staff_headings import staff_columns

MOST = 500
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Address:
    """Where to write to one person: e-mail in small letters, mobile as +44…, or both."""

    email: str = ""
    name: str = ""
    mobile: str = ""
    language: str = ""
    works_nights: bool = False


@dataclass(slots=True)
class Pasted:
    """What a paste holds: each address once, and a sentence for each line that is wrong."""

    addresses: list[Address] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_pasted(text: str) -> Pasted:
    """E-mail addresses with their names, however the lines are written; a repeated one once.

    Two names at one address, and what an e-mail has no use for, are problems: nothing is dropped.
    """
    found: dict[str, Address] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not found and not problems and staff_columns(re.split(r"[\t,;|]", line)):
            continue  # the headings of a spreadsheet
        for one in entries_in(line):
            if not one.email:
                wrote = one.broken or one_line(line)
                better = (
                    f"Did you mean {one.better}?" if one.better else "Write it like ann.lee@nhs.net"
                )
                problems.append(f"Line {number}: “{wrote[:60]}” is not an email address. {better}")
                continue
            problems += [f"Line {number}: remove “{extra[:60]}”" for extra in _unused(one)]
            before = found.get(one.email)
            if before and before.name and one.name and before.name != one.name:
                problems.append(
                    f"Line {number}: {one.email} is there with the name {before.name}. "
                    "Remove one of them"
                )
            if before is None or not before.name:
                found[one.email] = Address(one.email, one.name[:LONGEST_NAME])
    if len(found) > MOST:
        problems.append(f"You can paste up to {MOST} email addresses. You have pasted {len(found)}")
    return Pasted(list(found.values()), problems)


def _unused(one: Entry) -> list[str]:
    return [*one.mobiles, *one.numbers, *one.rest]
