"""The breaker of rules: which places it breaks, and that a test's silence is told."""

import ast
from pathlib import Path

import pytest

from devtools import ROOT
from devtools.floors import APPS
from devtools.mutate import Broken, begin, broken, chosen, end, imported, places

RULE = '''"""Words 3."""

LEAST = 5


def enough(number: int, *, strictly: bool = False) -> bool:
    """At least five."""
    return number > LEAST if strictly else number >= LEAST
'''


@pytest.mark.parametrize(
    ("source", "breaks"),
    [
        ("x = 1 < y", ["1 <= y", "2 < y"]),
        ("x = a and not b", ["a or not b", "a and b"]),
        ("x = y if z else True", ["y if not z else True", "y if z else False"]),
        ("x = [one for one in y if one.is_there]", ["[one for one in y if not one.is_there]"]),
        ("x: int = y + 0.5", ["y - 0.5", "y + 0.51"]),
        ("x = zip(a, b, strict=True)", []),
        ('"""Words 3."""', []),
    ],
)
def test_each_place_is_broken_once(source: str, breaks: list[str]) -> None:
    values = []
    for place in range(places(source)):
        statement = broken(source, place)[0].body[0]
        assert isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value
        values.append(ast.unparse(statement.value))
    assert sorted(values) == sorted(breaks)


@pytest.mark.parametrize(
    ("number", "noticed"), [(4, False), (5, True)], ids=["beside the limit", "at the limit"]
)
def test_what_no_test_notices_ends_well(tmp_path: Path, number: int, noticed: bool) -> None:
    rule, test = tmp_path / "a_broken_rule.py", tmp_path / "test_it.py"
    rule.write_text(RULE, encoding="utf-8")
    test.write_text(
        "from a_broken_rule import enough\n\n\n"
        f"def test_it() -> None:\n    assert enough({number}) is {number >= 5}\n",
        encoding="utf-8",
    )
    found = [broken(RULE, place) for place in range(places(RULE))]
    tree = next(tree for tree, said in found if said.endswith("number > LEAST"))
    finder = Broken("a_broken_rule", rule, tree)
    code = end(begin([test], finder, seconds=60, said=""))
    assert (code != 0) is noticed


def test_every_rule_has_a_test_beside_it() -> None:
    tested = set().union(*(imported(file) for file in ROOT.glob("tests/*/rules/test_*.py")))
    names = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in chosen([])
        if places(file.read_text(encoding="utf-8"))
    }
    assert names - tested == set()


def test_tests_of_rules_need_no_models() -> None:
    """They run without Django, or a broken rule would take seconds to try."""
    upwards = [
        (str(file.relative_to(ROOT)), name)
        for file in sorted(ROOT.glob("tests/*/rules/*.py"))
        for name in imported(file)
        if name.split(".")[0] in APPS
        and name.split(".")[1] in {"models", "actions", "queries", "access", "views", "forms"}
    ]
    assert upwards == []
