"""What pages, mails and documents promise is held by a test that is there."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from devtools import ROOT
from tests.promises import NO_PROMISE, PROMISES

TESTS = ROOT / "tests"
PROMISING = re.compile(
    r"\b(?:never|nobody|no one|always|delete[sd]?|erased|same moment|at the same time|once a day|"
    r"unopened|unread|automatically|immediately|straight away|for good|only show|show only|"
    r"permanently|cannot undo|cannot be undone|cannot show|you get an e-?mail|we write to|"
    r"not saved|"
    r"nothing is (?:saved|sent|added))\b",
    re.IGNORECASE,
)
WRITTEN_IN = ("words", "presenters", "forms", "views", "actions")


def files() -> Iterator[Path]:
    yield from (file for file in (ROOT / "templates").rglob("*") if file.is_file())
    for layer in WRITTEN_IN:
        yield from (
            file
            for place in sorted([*ROOT.glob(f"*/{layer}.py"), *ROOT.glob(f"*/{layer}/**/*.py")])
            if (file := place).relative_to(ROOT).parts[0] not in {"tests", "devtools", "bench"}
        )


@cache
def texts(file: Path) -> tuple[str, ...]:
    """What a file says: a template without its comments; of a module its strings, in pages' words.

    A text in pieces, with names between them, is one.
    """
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        found = [re.sub(r"\{#.*?#\}|<!--.*?-->", "", source, flags=re.DOTALL)]
    else:
        found = list(_strings(ast.parse(source)))
    return tuple(" ".join(text.split()) for text in found)


def _strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{…}" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        else:
            yield from _strings(node)


def place(file: Path) -> str:
    return str(file.relative_to(ROOT)).removeprefix("templates/")


def unheld(said: str, pieces: list[str]) -> list[str]:
    """The promising words of a text that stand in none of the pieces, with what is around them."""
    spans = [
        (match.start(), match.end())
        for piece in pieces
        for match in re.finditer(re.escape(piece), said)
    ]
    return [
        said[max(0, word.start() - 70) : word.end() + 50]
        for word in PROMISING.finditer(said)
        if not any(start <= word.start() and word.end() <= end for start, end in spans)
    ]


def test_each_promise_has_its_test() -> None:
    found = {}
    for file in files():
        where = place(file)
        pieces = [*PROMISES.get(where, ()), *NO_PROMISE.get(where, ())]
        missing = [one for said in texts(file) for one in unheld(said, pieces)]
        if missing:
            found[where] = missing
    assert found == {}


def test_a_promise_without_a_test_is_found() -> None:
    said = "We delete them. Nobody sees it, and we delete it unread."
    assert unheld(said, ["We delete them.", "Nobody sees it"]) == [said, said]
    assert unheld(said, ["We delete them.", "Nobody sees it", "we delete it unread"]) == []


@pytest.mark.parametrize("table", [PROMISES, NO_PROMISE])
def test_what_is_listed_still_stands_there(table: Mapping[str, Iterable[str]]) -> None:
    said = {place(file): texts(file) for file in files()}
    gone = [
        (where, piece)
        for where, pieces in table.items()
        for piece in pieces
        if not any(piece in text for text in said.get(where, ()))
    ]
    assert gone == []


def test_the_tests_are_there() -> None:
    named = {test for pieces in PROMISES.values() for test in pieces.values()}
    assert [test for test in sorted(named) if not _is_there(test)] == []


def _is_there(test: str) -> bool:
    """In its file, or in one beside it: tests are split by subject now and then."""
    file, _, name = test.partition("::")
    return any(name in _tests_of(beside) for beside in (TESTS / file).parent.glob("test_*.py"))


@cache
def _tests_of(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
