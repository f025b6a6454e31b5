"""`./dev mutate`: breaks the rules one place at a time and names each break no test notices.

A break is a comparison, an `and` or `or`, a condition, a sum, a number or a truth value turned
into its neighbour. The nearest tests of a rule module are those in `tests/*/rules` that import it;
rules are plain Python, so neither Django nor a database starts and a break takes under a second.
Each one is tried in a fork of this process, whose import of the module gives the broken text.
"""

import ast
import contextlib
import importlib.abc
import importlib.util
import os
import select
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import hypothesis
import pytest

from devtools import ROOT

MOST_SURVIVORS = 0.05
# A break may make a loop endless: it is noticed when its tests take this much longer than whole.
SLOWER, AT_LEAST = 5, 10.0
AT_ONCE = 2

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}


class Breaker(ast.NodeTransformer):
    """Goes through a module's places in a fixed order and breaks the one with this number."""

    def __init__(self, chosen: int | None = None) -> None:
        self.chosen, self.places, self.said = chosen, 0, ""

    def _place(self, whole: ast.expr, broken: ast.expr) -> ast.expr:
        self.places += 1
        if self.places - 1 != self.chosen:
            return whole
        self.said = f"{whole.lineno}: {ast.unparse(whole)}  ->  {ast.unparse(broken)}"
        return ast.copy_location(broken, whole)

    def visit(self, node: ast.AST) -> Any:
        # What is said to readers and to the type checker changes nothing when it runs.
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            node.body = [self.visit(one) for one in node.body]
            if isinstance(node, ast.FunctionDef):
                node.args = self.visit(node.args)
            return node
        if isinstance(node, ast.arg):
            return node
        if isinstance(node, ast.AnnAssign):
            node.value = node.value and self.visit(node.value)
            return node
        if isinstance(node, ast.keyword) and node.arg == "strict":
            return node
        node = self.generic_visit(node)
        if isinstance(node, ast.If | ast.IfExp | ast.While):
            node.test = self._condition(node.test)
        if isinstance(node, ast.comprehension):
            node.ifs = [self._condition(one) for one in node.ifs]
        return self._broken(node) if isinstance(node, ast.expr) else node

    def _condition(self, test: ast.expr) -> ast.expr:
        if isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp):
            return test  # broken already
        return self._place(test, ast.UnaryOp(ast.Not(), test))

    def _broken(self, node: ast.expr) -> ast.expr:
        match node:
            case ast.Compare(left, [op, *more], comparators) if type(op) in COMPARED:
                return self._place(
                    node, ast.Compare(left, [COMPARED[type(op)](), *more], comparators)
                )
            case ast.BoolOp(ast.And(), values):
                return self._place(node, ast.BoolOp(ast.Or(), values))
            case ast.BoolOp(ast.Or(), values):
                return self._place(node, ast.BoolOp(ast.And(), values))
            case ast.UnaryOp(ast.Not(), operand):
                return self._place(node, operand)
            case ast.BinOp(left, op, right) if type(op) in COUNTED:
                return self._place(node, ast.BinOp(left, COUNTED[type(op)](), right))
            case ast.Constant(bool() as value):
                return self._place(node, ast.Constant(not value))
            case ast.Constant(int() as value):
                return self._place(node, ast.Constant(value + 1))
            case ast.Constant(float() as value):
                return self._place(node, ast.Constant(value + 0.01))
        return node


def broken(source: str, place: int) -> tuple[ast.Module, str]:
    """The module with that place broken, and what was done as "line: before -> after"."""
    breaker = Breaker(place)
    tree = ast.fix_missing_locations(breaker.visit(ast.parse(source)))
    return tree, breaker.said


def places(source: str) -> int:
    """How many breaks a module has room for."""
    breaker = Breaker()
    breaker.visit(ast.parse(source))
    return breaker.places


class Broken(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the import of one module its broken text."""

    def __init__(self, name: str, file: Path, tree: ast.Module) -> None:
        self.name, self.file, self.tree = name, file, tree

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        return (
            importlib.util.spec_from_file_location(name, self.file, loader=self)
            if (name == self.name)
            else None
        )

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.tree, self.file, "exec"), module.__dict__)  # noqa: S102 (our own text)


def imported(file: Path) -> set[str]:
    """The dotted names a file imports, both of modules and of what is taken from them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return found


@dataclass
class Attempt:
    """One broken module whose tests run in a process of their own."""

    said: str
    pid: int
    pidfd: int
    until: float


def begin(tests: Sequence[Path], finder: Broken | None, *, seconds: float, said: str) -> Attempt:
    """Fork, and run the tests in the child; it ends with pytest's own code."""
    pid = os.fork()
    if pid == 0:
        code = 3
        with contextlib.suppress(BaseException):
            os.setsid()
            os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
            silence = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(silence, stream)
            if finder is not None:
                sys.meta_path.insert(0, finder)
            code = int(pytest.main(_arguments(tests)))
        os._exit(code)
    return Attempt(said, pid, os.pidfd_open(pid), time.monotonic() + seconds)


def _arguments(tests: Sequence[Path]) -> list[str]:
    ours = ["--noconftest", "-c", os.devnull, f"--rootdir={ROOT}", "-p", "no:cacheprovider"]
    return ["-x", "-q", "-m", "not long", *ours, *map(str, tests)]


def end(attempt: Attempt) -> int | None:
    """The child's code, or None if it had to be stopped."""
    ready, _, _ = select.select([attempt.pidfd], [], [], max(0, attempt.until - time.monotonic()))
    if not ready:
        os.killpg(attempt.pid, signal.SIGKILL)
    _, status = os.waitpid(attempt.pid, 0)
    os.close(attempt.pidfd)
    return os.waitstatus_to_exitcode(status) if ready else None


def attempts(file: Path, name: str, tests: Sequence[Path], seconds: float) -> Iterator[str]:
    """The breaks that these tests do not notice."""
    source = file.read_text(encoding="utf-8")
    running: list[Attempt] = []
    for place in range(places(source)):
        tree, said = broken(source, place)
        running.append(begin(tests, Broken(name, file, tree), seconds=seconds, said=said))
        if len(running) == AT_ONCE:
            yield from _survived(running.pop(0))
    for one in running:
        yield from _survived(one)


def _survived(attempt: Attempt) -> list[str]:
    return [attempt.said] if end(attempt) == 0 else []


def chosen(arguments: Sequence[str]) -> list[Path]:
    """The rule modules under these paths, or all but the demonstration's, which promise nothing."""
    wanted = [(ROOT / one).resolve() for one in arguments] or [ROOT]
    return [
        file
        for file in sorted(ROOT.glob("*/rules/*.py"))
        if file.stat().st_size
        and (arguments or file.parts[-3] != "demo")
        and any(file.is_relative_to(one) for one in wanted)
    ]


def main(arguments: list[str]) -> int:
    hypothesis.settings.register_profile(
        "mutate",
        deadline=None,
        derandomize=True,
        database=None,
        max_examples=50,
        # That a break is noticed is enough: nobody reads the smallest example of it.
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    hypothesis.settings.load_profile("mutate")
    tests = {file: imported(file) for file in sorted(ROOT.glob("tests/*/rules/test_*.py"))}
    total = missed = 0
    untested = False
    for file in chosen(arguments):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        there = places(file.read_text(encoding="utf-8"))
        if not there:
            continue
        nearest = [test for test, names in tests.items() if name in names]
        started = time.monotonic()
        if not nearest or end(begin(nearest, None, seconds=600, said="")) != 0:
            what = "no test in tests/*/rules" if not nearest else "its tests fail unbroken"
            print(f"{file.relative_to(ROOT)}: {what}", flush=True)
            untested = True
            continue
        seconds = max(AT_LEAST, SLOWER * (time.monotonic() - started))
        survivors = list(attempts(file, name, nearest, seconds))
        total, missed = total + there, missed + len(survivors)
        print(f"{file.relative_to(ROOT)}: {there - len(survivors)} of {there} noticed", flush=True)
        for said in survivors:
            print(f"  {file.relative_to(ROOT)}:{said}", flush=True)
    print(f"{missed} of {total} breaks were noticed by no test.")
    return 1 if untested or missed > MOST_SURVIVORS * total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
