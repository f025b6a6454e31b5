"""The order in which units are read."""

import re


def reading_order(name: str) -> list[tuple[int, str]]:
    """A key that puts Ward 7 before Ward 10."""
    parts = re.findall(r"[0-9]{1,9}|[^0-9]+", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
