"""The breaker of rules: which places it breaks, and that a test's silence is told."""

import ast
from pathlib import Path

import pytest

from devtools.mutate import Broken, begin, broken, end, places

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
