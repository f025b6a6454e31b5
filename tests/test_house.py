"""The rules of the house that no linter knows."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from devtools import ROOT

# From the ground up; a floor may use what lies below it.
FLOORS = ["organisations", "initiatives", "surveys", "scoring", "reports", "demo"]
MODULES = [
    path
    for folder in ["ffit_site", *FLOORS]
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
LONGEST_MODULE = 400


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def names_and_attributes(path: Path) -> frozenset[str]:
    """Every name, attribute, imported name, keyword and whole string in a module."""
    return frozenset(_names(path))


def _names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_foreign_keys_point_down_the_floors_or_stay_on_them() -> None:
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in FLOORS
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and isinstance(field.related_model, type)
        and field.related_model._meta.app_label in FLOORS
        and FLOORS.index(field.related_model._meta.app_label) > FLOORS.index(model._meta.app_label)
    ]
    assert upwards == []


# Who may name a counted sheet: the model itself, the count that writes it, the recount that proves
# it, the rights in the database, and scoring.
READERS = (
    "surveys.models.",
    "surveys.actions.count",
    "surveys.actions.keys",
    "surveys.queries.verify",
    "surveys.management.commands.grant_roles",
    "scoring.",
)

# Its descriptions call every answer of a web address a response.
OPENAPI = ("reports.api.v1", "reports.presenters.api_docs")


@pytest.mark.parametrize("word", ["Response", "responses", "sealed"])
def test_only_the_count_and_scoring_read_responses(word: str) -> None:
    more = {"sealed": ("surveys.ballot_box",), "responses": OPENAPI}
    allowed = (*READERS, *more.get(word, ()))
    strangers = [
        name_of(path)
        for path in MODULES
        if word in names_and_attributes(path) and not name_of(path).startswith(allowed)
    ]
    # Casting a sheet writes what is sealed and cannot read it back.
    assert [name for name in strangers if (word, name) != ("sealed", CASTING)] == []


CASTING = "surveys.actions.answering"


def test_views_ask_access_and_queries_never_the_manager() -> None:
    views = [path for path in MODULES if "views" in path.relative_to(ROOT).parts]
    assert [name_of(path) for path in views if "objects" in names_and_attributes(path)] == []


def test_a_module_is_named_for_its_noun() -> None:
    nameless = {"utils", "helpers", "common", "services", "misc"}
    assert [name_of(path) for path in MODULES if path.stem in nameless] == []


def test_no_module_is_too_long_to_read() -> None:
    long = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_each_decision_has_a_number_of_its_own_and_is_found_by_it() -> None:
    files = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [int(file.name[:4]) for file in files]
    assert numbers == list(range(1, len(files) + 1))
    titles = [file.read_text(encoding="utf-8").split("\n", 1)[0] for file in files]
    assert [title for title in titles if re.match(r"# \d", title)] == [
        title
        for number, title in zip(numbers, titles, strict=True)
        if title.startswith(f"# {number}. ")
    ]
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for number, file in re.findall(
            r"\[ADR (\d+)\]\((?:adr/)?([^)]+)\)", page.read_text("utf-8")
        ):
            assert file.startswith(f"{int(number):04}-"), f"{page.name}: {file}"
            assert (ROOT / "docs" / "adr" / file).exists(), f"{page.name}: {file}"


def test_every_setting_is_explained() -> None:
    asked = {
        name
        for path in MODULES
        for name in re.findall(
            r"(?:text|flag|number|words|environ\.get|getenv)\(\s*\"((?:FFIT_|DATABASE_|REDIS_)\w+)\"",
            path.read_text("utf-8"),
        )
    }
    explained = set(
        re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    )
    assert asked <= explained, "add a line for each to .env.example"
    asked |= set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text("utf-8")))
    assert explained <= asked, "no longer read by anything"


def pins(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))


def test_what_is_declared_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    production, development = pins("requirements.txt"), pins("requirements-dev.txt")

    def names(requirements: list[str]) -> set[str]:
        return {re.match(r"[\w.-]+", line)[0].lower() for line in requirements}  # type: ignore[index]

    assert names(project["dependencies"]) <= production.keys()
    assert names(project["optional-dependencies"]["dev"]) <= development.keys()
    assert production.items() <= development.items(), "one package, one version"


@pytest.mark.parametrize(
    "file", [*(path.name for path in ROOT.glob("requirements*.txt")), "package-lock.json"]
)
def test_pins_name_no_registry_and_no_folder(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert not re.search(r"index-url|find-links|file:|\"resolved\"|registry\.npmjs|pypi\.org", text)
