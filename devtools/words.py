"""The words of our texts: none of `docs/banned-words.txt` in what a person can read.

Read are the text and the spoken attributes of templates with the strings of their expressions,
the strings of Python modules, the strings of scripts and the two files of suggestions. No text is
a string without a space, an address, the name of a file, SQL, a docstring or a line for the log.
Welsh, migrations and the wording of instruments are others' words.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment
from jinja2.lexer import TOKEN_DATA, TOKEN_STRING, TOKEN_VARIABLE_BEGIN

from devtools import ROOT
from devtools.floors import APPS

BANNED = ROOT / "docs" / "banned-words.txt"
# What was seen elsewhere is told of real wards.
STORY = re.compile(r'^\s*"seen":')
SPOKEN = {"alt", "aria-label", "content", "placeholder", "title", "value", "data-label"}
QUOTES = ("{# quote #}", "# words: quote", "// words: quote")
# Excel calls its pages sheets, and so do those who read and write them.
OTHERS = re.compile(
    r"/migrations/|_cy\.py$|instruments/data/"
    r"|instruments/exchange/(read_xlsx|xlsform|other_programs)|organisations/exchange/(workbook|tables)"
)
NO_TEXT = re.compile(
    r"\s*(?:<\w|app-|nhsuk-|(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|GRANT|REVOKE|ALTER|LOCK)\b)"
)
LOGS = {"debug", "info", "warning", "error", "exception", "critical", "log", "execute", "compile"}
SCRIPT_STRING = re.compile(
    r"""(?://[^\n]*|/\*.*?\*/)|("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`)""", re.DOTALL
)


class Text(NamedTuple):
    path: Path
    line: int
    words: str


class _Page(HTMLParser):
    """Text between tags and in spoken attributes, each with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.found += [(self.getpos()[0], v) for k, v in attributes if k in SPOKEN and v]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            first = self.getpos()[0]
            self.found += [(first + n, line) for n, line in enumerate(data.split("\n"))]


def in_template(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of a template: its markup with expressions left out, and their strings."""
    markup = []
    line = 1
    for number, kind, value in Environment(autoescape=True).lex(source):
        if kind == TOKEN_STRING:
            yield number, value[1:-1]
        elif kind == TOKEN_DATA:
            markup.append("\n" * (number - line))
            line = number + value.count("\n")
            markup.append(value)
        elif kind == TOKEN_VARIABLE_BEGIN:
            markup.append("…")
    page = _Page()
    page.feed("".join(markup))
    yield from page.found


class _Strings(ast.NodeVisitor):
    """Strings of a module but docstrings and what goes to the log or the database."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute) and node.func.attr in LOGS:
            return
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            last = node.end_lineno or node.lineno
            self.found += [
                (min(node.lineno + number, last), part)
                for number, part in enumerate(node.value.split("\n"))
            ]

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = (
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "…"
            for part in node.values
        )
        self.found.append((node.lineno, "".join(parts)))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)


def in_module(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of a Python module."""
    strings = _Strings()
    strings.visit(ast.parse(source))
    yield from strings.found


def in_script(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of a script's strings; comments are left out."""
    for found in SCRIPT_STRING.finditer(source):
        if found[1]:
            yield source.count("\n", 0, found.start()) + 1, found[1][1:-1]


def in_catalogue(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of a JSON file's values."""
    for number, line in enumerate(source.splitlines(), 1):
        for value, colon in re.findall(r'("(?:\\.|[^"\\])*")\s*(:?)', line):
            if not colon and not STORY.search(line):
                yield number, json.loads(value)


READERS = {
    "*.html": in_template,
    "*.txt": in_template,
    "*.xml": in_template,
    "*.py": in_module,
    "*.js": in_script,
    "*.json": in_catalogue,
}
PLACES = {
    "templates": ("*.html", "*.txt", "*.xml"),
    **dict.fromkeys(["ffit_site", *APPS], ("*.py", "*.json")),
    "assets": ("*.js",),
}


def texts() -> Iterator[Text]:
    """Every text of ours that a person can read."""
    for folder, patterns in PLACES.items():
        for pattern in patterns:
            for path in sorted((ROOT / folder).rglob(pattern)):
                place = path.relative_to(ROOT)
                if OTHERS.search(f"/{place}"):
                    continue
                source = path.read_text("utf-8")
                lines = source.splitlines()
                for line, words in READERS[pattern](source):
                    near = " ".join(lines[max(line - 2, 0) : line])
                    quoted = any(mark in near for mark in QUOTES)
                    if " " in words.strip() and not NO_TEXT.match(words) and not quoted:
                        yield Text(place, line, " ".join(words.split()))


def banned() -> list[tuple[re.Pattern[str], str]]:
    """The patterns and what to say in their place."""
    lines = BANNED.read_text("utf-8").splitlines()
    pairs = (line.rpartition(" = ") for line in lines if line and not line.startswith("#"))
    return [(re.compile(pattern, re.IGNORECASE), better) for pattern, _, better in pairs]


def faults(found: Text, patterns: list[tuple[re.Pattern[str], str]]) -> Iterator[str]:
    """A line for each banned word of a text."""
    for pattern, better in patterns:
        if hit := pattern.search(found.words):
            yield f"{found.path}:{found.line}: “{hit[0]}”: {better}. In: {found.words[:110]}"


def main() -> int:
    patterns = banned()
    lines = [line for text in texts() for line in faults(text, patterns)]
    print("\n".join(lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
