"""What a page loads of styles: little, and all that it needs."""

import gzip
import json
import re

from devtools import ROOT
from tests.styles import STATIC, unstyled

# Marks that scripts, tests or addresses look for, or NHS.UK frontend's own script; not looks.
UNSTYLED = {"nhsuk-frontend-supported"}
OURS = re.compile(r"\.(app-[a-z][\w-]*)")


def test_what_every_page_loads_is_small() -> None:
    css = (STATIC / "site.css").read_bytes()
    assert len(css) <= 60_000
    assert len(gzip.compress(css, 9)) <= 10_000


def test_classes_of_nhs_frontend_that_we_name_are_built() -> None:
    listed = set(json.loads((ROOT / "assets" / "nhs_classes.json").read_text("utf-8")))
    sources = [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "organisations" / "forms").rglob("*.py"),
        *(file for file in (ROOT / "assets").rglob("*.js")),
    ]
    named = {
        name
        for source in sources
        for name in re.findall(r"nhsuk-[a-z][\w-]*[a-z0-9]", source.read_text("utf-8"))
    }
    assert named - listed - UNSTYLED == set(), "add them to assets/nhs_classes.json"


def test_no_template_names_a_class_that_nothing_styles() -> None:
    known = {name for sheet in STATIC.glob("*.css") for name in OURS.findall(sheet.read_text())}
    for script in (ROOT / "assets").rglob("*.js"):
        known |= set(re.findall(r"app-[a-z][\w-]*", script.read_text("utf-8")))
    named = {
        name
        for source in (ROOT / "templates").rglob("*.html")
        for value in re.findall(r'class="([^"{]*)"', source.read_text("utf-8"))
        for name in re.findall(r"app-[a-z][\w-]*", value)
    }
    assert named - known == set()


def test_a_class_of_its_own_has_its_looks_from_one_subject() -> None:
    """A page loads several subjects' sheets: one name for two things gives it the looks of both."""
    styled: dict[str, set[str]] = {}
    for source in (ROOT / "assets").rglob("*.scss"):
        subject = source.relative_to(ROOT / "assets").parts[0]
        for name in re.findall(r"^\.(app-[\w-]+)(?:,| \{)$", source.read_text("utf-8"), re.M):
            styled.setdefault(name, set()).add(subject)
    assert len(styled) > 200
    assert {name: found for name, found in styled.items() if len(found) > 1} == {}


def test_a_page_without_the_sheet_of_a_class_is_noticed() -> None:
    page = '<link rel="stylesheet" href="/static/site.css"><p class="{}">'
    assert unstyled(page.format("app-main")) == set()
    assert unstyled(page.format("app-statement")) == {"app-statement"}
    with_sheet = page.replace(
        "site.css", 'results.css"><link rel="stylesheet" href="/static/site.css'
    )
    assert unstyled(with_sheet.format("app-statement")) == set()


def test_what_is_hidden_stays_hidden_whatever_its_class() -> None:
    css = (STATIC / "site.css").read_text("utf-8")
    assert re.search(r"\[hidden\]\{display:none\s*!important", css)
