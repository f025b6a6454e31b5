"""What a tagged PDF says to somebody who listens."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject


def elements(content: bytes) -> list[Any]:
    """Every structure element, in the order in which it is read."""

    def below(element: Any) -> Iterator[Any]:
        for kid in kids_of(element):
            found = kid.get_object()
            if isinstance(found, DictionaryObject) and "/S" in found:
                yield found
                yield from below(found)

    root: Any = PdfReader(io.BytesIO(content)).trailer["/Root"]
    return list(below(root["/StructTreeRoot"]))


def kids_of(element: Any) -> list[Any]:
    """What stands right below an element."""
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, ArrayObject) else [kids]


def of_kind(found: list[Any], kind: str) -> list[Any]:
    """Those of one kind, such as `/Figure`."""
    return [one for one in found if one["/S"] == kind]
