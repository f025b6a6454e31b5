"""The API's addresses as a page lists them."""

from dataclasses import dataclass
from typing import Any

# A part of the OpenAPI description, whose shape the library decides.
Described = dict[str, Any]


@dataclass(frozen=True)
class Address:
    """One address: what it answers, its parameters and the fields of one item."""

    path: str
    about: str
    parameters: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]


def addresses(schema: Described) -> list[Address]:
    """Read off the OpenAPI description, in its order."""
    return [
        _address(path, answers["get"], schema["components"]["schemas"])
        for path, answers in schema["paths"].items()
    ]


def _address(path: str, asked: Described, schemas: Described) -> Address:
    parameters = tuple(
        (parameter["name"], parameter["schema"].get("description", ""))
        for parameter in asked["parameters"]
        if parameter["in"] == "query"
    )
    answer = asked["responses"][200]["content"]["application/json"]["schema"]
    item = _named(answer, schemas)
    if "items" in item["properties"]:
        item = _named(item["properties"]["items"]["items"], schemas)
    return Address(path, asked.get("description", ""), parameters, tuple(item["properties"]))


def _named(reference: Described, schemas: Described) -> Described:
    found: Described = schemas[reference["$ref"].rsplit("/", 1)[1]]
    return found
