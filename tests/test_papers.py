"""What the papers say of the house is still so."""

import ast
import re
import subprocess
import tomllib
from fnmatch import fnmatch
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

from devtools import ROOT, architecture
from devtools.floors import APPS, LAYERS

DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
# CHANGELOG.md tells of what was, so it may name what is gone.
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FILE = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*\.(?:html|js|json|md|py|scss|toml|txt|yml)")
FOLDER = re.compile(r"(?:[a-z_]+/)+")
NAME = re.compile(
    rf"({'|'.join(APPS)})\.({'|'.join(name for line in LAYERS for name in line)})((?:\.\w+)*)"
)
MODEL = re.compile(rf"({'|'.join(APPS)})\.([A-Z]\w+)")


@cache
def tracked() -> frozenset[str]:
    """Every file of the repository, and every folder, by its way from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    files = [file for file in listed.stdout.splitlines() if (ROOT / file).exists()]
    return frozenset(files) | {
        f"{folder}/" for file in files for folder in map(str, Path(file).parents)
    }


def quoted(paper: Path) -> list[str]:
    """What stands in backticks, code blocks aside."""
    text = re.sub(r"```.*?```", "", paper.read_text("utf-8"), flags=re.DOTALL)
    return re.findall(r"`([^`\n]+)`", text)


def is_there(name: str) -> bool:
    """Whether a file or folder exists; where only its own name is given, anywhere."""
    if "/" not in name.rstrip("/"):
        return any(fnmatch(Path(file).name, name.rstrip("/")) for file in tracked())
    return name in tracked() or ("*" in name and any(ROOT.glob(name)))


def is_defined(app: str, layer: str, rest: str) -> bool:
    """Whether `app.layer.module.name` can be found in the source."""
    place, names = ROOT / app / layer, rest.removeprefix(".").split(".") if rest else []
    while names and (place / names[0]).is_dir():
        place /= names.pop(0)
    if names and place.with_suffix("").joinpath(f"{names[0]}.py").exists():
        place /= f"{names.pop(0)}.py"
    elif place.with_suffix(".py").exists():
        place = place.with_suffix(".py")
    if not names:
        return place.exists()
    if not place.is_file():
        return False
    tree = ast.parse(place.read_text("utf-8"))
    return names[0] in {getattr(node, "name", None) for node in tree.body}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_what_a_paper_names_exists(paper: Path) -> None:
    said = quoted(paper)
    assert [w for w in said if FILE.fullmatch(w) and not is_there(w)] == []
    assert [w for w in said if FOLDER.fullmatch(w) and not is_there(w)] == []
    assert [
        w for w in said if (found := NAME.fullmatch(w)) and not is_defined(*found.groups())
    ] == []
    models = {model._meta.label for model in apps.get_models()}
    assert [w for w in said if MODEL.fullmatch(w) and w not in models] == []


CODE = [
    ROOT / name
    for name in sorted(tracked())
    if name.endswith((".html", ".js", ".py", ".scss", "dev", "Dockerfile"))
    and not name.startswith("tests/test_papers")
]


def test_files_and_modules_that_the_code_tells_of_exist() -> None:
    gone = []
    for file in CODE:
        app = file.relative_to(ROOT).parts[0]
        for said in re.findall(r"`([^`\n]+)`", file.read_text("utf-8")):
            places = said, f"{app}/{said}", f"templates/{said}"
            found = NAME.fullmatch(said)
            is_gone = (FILE.fullmatch(said) and "/" in said and not any(map(is_there, places))) or (
                found and not is_defined(*found.groups())
            )
            if is_gone:
                gone.append((file.name, said))
    assert gone == []


IDENTIFIER = re.compile(r"\b(?:[A-Z][a-z]+(?:[A-Z][a-z]+)*|[a-z]+(?:_[a-z]+)+)\b")
OF_CODE = (".py", ".js", ".html", ".toml", ".yml", "dev")


@cache
def words_of_the_code() -> frozenset[str]:
    files = [ROOT / name for name in tracked() if name.endswith(OF_CODE)]
    names = {word for file in files for word in re.findall(r"\w+", file.read_text("utf-8"))}
    return frozenset(names | {file.stem for file in files})


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_name_in_a_paper_is_one_of_the_code(paper: Path) -> None:
    # What bench prints is named while it runs.
    told = [said for said in quoted(paper) if not re.match(r"(answer|run|scoring)\.", said)]
    names = {name for said in told for name in IDENTIFIER.findall(said)}
    assert names - words_of_the_code() == set()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_what_a_paper_links_to_exists(paper: Path) -> None:
    linked = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", paper.read_text("utf-8"))
    assert [link for link in linked if not (paper.parent / link).exists()] == []


def test_the_picture_of_the_house_is_the_house() -> None:
    page = architecture.PAGE.read_text("utf-8")
    assert re.findall(r"<!-- from the code: (\w+) -->", page) == list(architecture.PARTS)
    assert page == architecture.renewed(page), "write it anew: ./dev architecture"


STATUS = re.compile(
    r"Status: (?:proposed|accepted|accepted, (?:with the exception of|in part superseded by) LINK"
    r"|superseded by LINK)\. Date: 20\d\d-[01]\d-[0-3]\d\.".replace(
        "LINK", r"\[ADR \d+\]\([\w-]+\.md\)"
    )
)


def test_each_test_that_shows_a_security_requirement_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / "asvs.md").read_text())
    assert named
    for file, test in named:
        text = (ROOT / file).read_text("utf-8")
        assert not test or f"def {test}(" in text, f"{file}::{test}"


def test_each_decision_has_a_number_of_its_own_and_is_found_by_it() -> None:
    numbers = [int(file.name[:4]) for file in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    titles = [file.read_text(encoding="utf-8").split("\n", 1)[0] for file in DECISIONS]
    assert [title.split(". ")[0] for title in titles] == [f"# {number}" for number in numbers]
    for paper in PAPERS:
        for number, file in re.findall(
            r"\[ADR (\d+)\]\((?:docs/)?(?:adr/)?([^)]+)\)", paper.read_text("utf-8")
        ):
            assert file.startswith(f"{int(number):04}-"), f"{paper.name}: {file}"


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda file: file.stem)
def test_each_decision_says_its_status_and_its_day(decision: Path) -> None:
    third = decision.read_text("utf-8").splitlines()[2]
    assert STATUS.fullmatch(third), "Write: Status: accepted. Date: 2026-11-29."


def test_the_newest_changes_are_those_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = re.findall(r"^## ([^,\n]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert versions[0] == project["version"]


@cache
def commands_of_dev() -> frozenset[str]:
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    spec = spec_from_loader("dev", loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return frozenset(module.COMMANDS)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_the_commands_that_a_paper_gives_exist(paper: Path) -> None:
    text = paper.read_text("utf-8")
    assert set(re.findall(r"\./dev ([a-z]\w*)", text)) <= commands_of_dev()
    assert (
        set(re.findall(r"(?:\./dev manage|manage\.py) ([a-z]\w*)", text)) <= get_commands().keys()
    )
