"""Pasted e-mail addresses: one a line, or separated by commas; wrong ones are named by line.

No Django models here.
"""

import re
from dataclasses import dataclass, field
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MOST = 500
_SEPARATORS = re.compile(r"[,;\t]|\s(?=\S+@)(?!.*<)")


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
    """Reads `ann@example.org` or `Ann Lee <ann@example.org>`; a repeated address counts once."""
    found: dict[str, Address] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        for part in filter(None, (piece.strip() for piece in _SEPARATORS.split(line))):
            name, email = parseaddr(part) if "<" in part else ("", part)
            email = email.strip().lower()
            try:
                validate_email(email)
            except ValidationError:
                problems.append(
                    f"Line {number}: “{part[:60]}” is not an e-mail address. "
                    "Write it like ann.lee@nhs.net"
                )
                continue
            found.setdefault(email, Address(email, " ".join(name.split())[:120]))
    if len(found) > MOST:
        problems.append(f"Paste at most {MOST} addresses. These are {len(found)}")
    return Pasted(list(found.values()), problems)
