"""On which line of a JSON text each object begins. No Django here."""

import json
import re

Path = tuple[str | int, ...]
_MARK = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],]|\n')


def object_lines(text: str) -> dict[Path, int]:
    """The line of each object by the names and places that lead to it, the outermost by ().

    The text must be JSON that was decoded without a fault.
    """
    found: dict[Path, int] = {}
    path: list[str | int] = []
    line, name_is_next = 1, False
    for mark in _MARK.findall(text):
        if mark == "\n":
            line += 1
        elif mark == "{":
            found[tuple(path)] = line
            path.append("")
            name_is_next = True
        elif mark == "[":
            path.append(0)
            name_is_next = False
        elif mark == ",":
            place = path[-1]
            name_is_next = isinstance(place, str)
            if isinstance(place, int):
                path[-1] = place + 1
        elif mark in "}]":
            path.pop()
            name_is_next = False
        elif name_is_next:
            path[-1] = json.loads(mark, strict=False)
            name_is_next = False
    return found
