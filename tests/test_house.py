"""The rules of the house that no linter knows.

Over 300 lines: the rules are read as one list.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from devtools import ROOT
from devtools.floors import APPS

# From the ground up: a floor may use what lies below it.
FLOORS = APPS[::-1]
MODULES = [
    path
    for folder in ["ffit_site", *FLOORS]
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
TOOLS = ("devtools", "bench", "tests")
LONGEST_MODULE = 400
MOST_ANY = 38


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


# Who may name what is sealed: the rule that seals, the submission that stores it and cannot read it
# back, the model, the count that opens it, and the proof that nothing was lost.
SEALED = (
    "responses.rules.ballot_box",
    "responses.actions.submission",
    "responses.models.",
    "surveys.models.survey",
    "responses.actions.count",
    "responses.actions.keys",
    "responses.queries.verify",
    "ffit_site.management.commands.grant_roles",
)


def test_only_the_ballot_box_and_the_count_know_what_is_sealed() -> None:
    strangers = [
        name_of(path)
        for path in MODULES
        if "sealed" in names_and_attributes(path) and not name_of(path).startswith(SEALED)
    ]
    assert strangers == []


# A survey's version is asked how many surveys ask it, below the floor of surveys.
KNOWN_FROM_BELOW = {("instruments.access", "surveys")}


def test_no_floor_uses_a_reverse_name_of_a_floor_above() -> None:
    owners: dict[str, str] = {}
    for model in apps.get_models():
        if model._meta.app_label not in FLOORS:
            continue
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.remote_field:
                name = getattr(field.remote_field, "related_name", None)
                if name and not name.endswith("+"):
                    lowest = min(owners.get(name, "demo"), model._meta.app_label, key=FLOORS.index)
                    owners[name] = lowest
    upwards = {
        (name_of(path), name)
        for path in MODULES
        if (floor := path.relative_to(ROOT).parts[0]) in FLOORS
        for name in relations_walked(path) & owners.keys()
        if FLOORS.index(owners[name]) > FLOORS.index(floor)
    }
    assert upwards == KNOWN_FROM_BELOW


def test_presenters_import_only_types_from_queries_and_access() -> None:
    asking = [
        f"{name_of(path)} <- {node.module}.{alias.name}"
        for path in MODULES
        if "presenters" in path.relative_to(ROOT).parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module
        and (parts := node.module.split("."))[0] in FLOORS
        for alias in node.names
        if {"queries", "access"} & {*parts, alias.name} and not alias.name[0].isupper()
    ]
    assert asking == []


def test_presenters_name_no_manager() -> None:
    asking = [
        f"{name_of(path)}: {node.value.id}.objects"
        for path in MODULES
        if "presenters" in path.relative_to(ROOT).parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("objects", "_default_manager", "_base_manager")
        and isinstance(node.value, ast.Name)
        and node.value.id[0].isupper()
    ]
    assert asking == []


OF_A_MANAGER = {
    "all",
    "count",
    "exclude",
    "exists",
    "filter",
    "first",
    "order_by",
    "select_related",
}


@cache
def relations_walked(path: Path) -> frozenset[str]:
    """Names that walk a relation: `row.name.filter(…)`, `name__field=…` and `Count("name")`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in OF_A_MANAGER:
            found.add(getattr(node.value, "attr", ""))
        elif isinstance(node, ast.keyword) and "__" in (node.arg or ""):
            found.update((node.arg or "").split("__"))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in {"Count", "Exists", "F", "Max", "Min", "Prefetch", "prefetch_related"}:
                found.update(
                    word
                    for argument in node.args
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                    for word in argument.value.split("__")
                )
    return frozenset(found)


def test_views_ask_access_and_queries_never_the_manager() -> None:
    views = [path for path in MODULES if "views" in path.relative_to(ROOT).parts]
    assert [name_of(path) for path in views if "objects" in names_and_attributes(path)] == []


def test_a_module_is_named_for_its_noun() -> None:
    nameless = {"utils", "helpers", "common", "services", "misc"}
    assert [name_of(path) for path in MODULES if path.stem in nameless] == []


WRITTEN = [
    *MODULES,
    ROOT / "dev",
    *(file for folder in TOOLS for file in sorted((ROOT / folder).rglob("*.py"))),
    *(
        file
        for file in sorted((ROOT / "assets").rglob("*"))
        if file.suffix in {".scss", ".js", ".cjs"}
    ),
]


def test_no_file_of_code_or_style_is_too_long_to_read() -> None:
    long = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in WRITTEN
    }
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_any_is_for_what_others_leave_untyped() -> None:
    """Each switches the checker off; the import of the name counts too. Never raise the number."""
    found = {name_of(path): [*_names(path)].count("Any") for path in MODULES}
    assert sum(found.values()) <= MOST_ANY, {name: n for name, n in found.items() if n}


def test_a_long_file_says_why_in_its_first_lines() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in WRITTEN
        if len(lines := path.read_text("utf-8").splitlines()) > 300
        and not any("Over 300 lines: " in line for line in lines[:10])
    ]
    assert silent == []


# What may be said in pixels: lines, which stay thin when letters grow.
LINES = re.compile(r"\s*(border|outline|box-shadow|text-(decoration|underline)|stroke)[\w-]*:")


def test_styles_say_pixels_in_tokens_and_borders_only() -> None:
    literal = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in WRITTEN
        if path.suffix == ".scss" and path.name != "_tokens.scss"
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"\dpx", line.split("//")[0])
        and (not LINES.match(line) or "border-radius" in line)
    ]
    assert literal == []


def test_no_room_holds_more_than_a_fifth_of_the_house() -> None:
    """Python, templates, styles and scripts of an app together, against all of them."""
    lines = dict.fromkeys(FLOORS, 0)
    for app in FLOORS:
        for folder in (ROOT / app, ROOT / "templates" / app, ROOT / "assets" / app):
            for path in folder.rglob("*"):
                if (
                    path.suffix in {".py", ".html", ".scss", ".js"}
                    and path.parent.name != "migrations"
                ):
                    lines[app] += len(path.read_text("utf-8").splitlines())
    whole = sum(lines.values())
    assert {app: n for app, n in lines.items() if n > whole / 5} == {}


def test_every_setting_is_explained() -> None:
    asked = {
        name
        for path in MODULES
        for name in re.findall(
            r"(?:text|secret|given|flag|number|words|environ\.get|getenv)\(\s*\"((?:FFIT_|DATABASE_|REDIS_)\w+)\"",
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


def test_what_the_settings_name_is_declared() -> None:
    """What deptry cannot see: a name in the settings is imported too."""
    named = [
        *settings.INSTALLED_APPS,
        *settings.MIDDLEWARE,
        *settings.AUTHENTICATION_BACKENDS,
        *(place["BACKEND"] for place in [*settings.CACHES.values(), *settings.TEMPLATES]),  # type: ignore[index]
    ]
    ours = {"ffit_site", "django", *FLOORS, "tests", "zeal"}
    declared = pins("requirements.txt").keys()
    distributions = packages_distributions()
    undeclared = {
        name
        for name in named
        if (package := name.partition(".")[0]) not in ours
        and not {found.lower() for found in distributions.get(package, [])} & declared
    }
    assert not undeclared, "declare it in pyproject.toml or take it out of the settings"


@pytest.mark.parametrize(
    "file", [*(path.name for path in ROOT.glob("requirements*.txt")), "package-lock.json"]
)
def test_pins_name_no_registry_and_no_folder(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert not re.search(r"index-url|find-links|file:|\"resolved\"|registry\.npmjs|pypi\.org", text)


# "²" is a digit to Python and no number; a bound form's value is whatever was sent.
LOOSE = re.compile(
    r"\.is(digit|numeric)\(|\bint\(.*(\.value\(\)|\.data\b|\.POST\b|\.GET\b|\.META\b)"
)


def test_what_people_type_is_read_by_one_strict_reader() -> None:
    """`organisations.rules.typed` reads numbers; elsewhere digits are asked to be ASCII."""
    loose = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in MODULES
        for line in path.read_text("utf-8").splitlines()
        if LOOSE.search(line) and "isascii()" not in line
    ]
    assert loose == []


# Fields of words that nobody reads as a name: pasted lists, codes, hidden state, what is searched.
NO_NAMES = {
    "debriefs.forms.debrief",
    "fieldwork.forms.cancel",
    "fieldwork.forms.date_fields",
    "fieldwork.forms.launch",
    "fieldwork.forms.slips",
    "initiatives.forms.measures",
    "instruments.forms.question_bank",
    "organisations.forms.list_fields",
    "organisations.forms.people",
    "overview.forms.register",
    "overview.forms.review",
    "surveys.forms.contact",
}


def test_a_field_of_words_hides_nothing() -> None:
    """A name comes by `LineField` or `WordsField`, so nothing invisible and no U+202E gets in."""
    plain = {
        name_of(path)
        for path in MODULES
        if re.search(r"\bforms\.CharField\(", path.read_text("utf-8"))
        and not re.search(r"class \w+\(forms\.CharField\)", path.read_text("utf-8"))
    }
    assert plain == NO_NAMES
