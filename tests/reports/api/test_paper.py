"""`docs/api.md` says what the API's own description says."""

import json
import re
from typing import Any

import jsonschema
import pytest
from django.test import RequestFactory

from devtools import ROOT
from organisations.forms.access_tokens import DAYS
from organisations.models import AccessToken
from reports.api import problems
from reports.api.v1 import api

PAPER = (ROOT / "docs" / "api.md").read_text("utf-8")
# In JSON's own terms: status codes as text, enumerations as values.
SCHEMA: Any = json.loads(json.dumps(api.get_openapi_schema()))
PATHS = list(SCHEMA["paths"])
TOLD = dict(re.findall(r"^### GET (\S+)\n+(.*?)(?=^##|\Z)", PAPER, re.DOTALL | re.MULTILINE))


def test_each_address_is_told_once_and_no_other() -> None:
    assert list(TOLD) == PATHS
    assert PAPER.count("\n### GET ") == len(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_an_example_has_every_field_that_is_answered_and_no_other(path: str) -> None:
    examples = re.findall(r"```json\n(.*?)```", TOLD[path], re.DOTALL)
    assert len(examples) == 1
    example = json.loads(examples[0])
    answer = SCHEMA["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    jsonschema.validate(example, {**answer["schema"], "components": SCHEMA["components"]})
    assert_whole(example, answer["schema"])


def assert_whole(example: Any, schema: dict[str, Any]) -> None:
    """Every field of what a schema names is in the example, at any depth."""
    if isinstance(example, list):
        assert example
        for one in example:
            assert_whole(one, schema["items"])
    elif "$ref" in schema:
        named = SCHEMA["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        assert example.keys() == named["properties"].keys()
        for name, value in example.items():
            assert_whole(value, named["properties"][name])


@pytest.mark.parametrize("path", PATHS)
def test_items_a_page_are_those_that_come_unasked(path: str) -> None:
    parameters = {one["name"]: one["schema"] for one in SCHEMA["paths"][path]["get"]["parameters"]}
    told = re.findall(r"(\d+) a page", TOLD[path])
    limit = parameters.get("limit")
    assert told == ([str(limit["default"])] if limit else [])
    if limit:
        assert f"{limit['minimum']} to {limit['maximum']} items a page" in PAPER


def test_scopes_days_and_refusals_are_told() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAPER, re.MULTILINE) == list(AccessToken.Scope.values)
    told = {int(status) for status in re.findall(r"^\| (\d{3}) \|", PAPER, re.MULTILINE)}
    assert told == set(problems.TITLES)
    *some, last = map(str, DAYS)
    assert f"{', '.join(some)} or {last} days" in PAPER
    shown = json.loads(re.findall(r"```json problem\n(.*?)```", PAPER, re.DOTALL)[0])
    assert shown == json.loads(problems.no_token(RequestFactory().get("/"), None).content)


@pytest.mark.parametrize("path", PATHS)
def test_every_refusal_is_described(path: str) -> None:
    described = SCHEMA["paths"][path]["get"]["responses"].keys() - {"200"}
    assert described == {str(status) for status in problems.TITLES}
