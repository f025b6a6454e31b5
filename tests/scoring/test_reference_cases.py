"""`score_file` agrees with answers computed by R packages (multilevel, psych, psychometric, survey)
to nine digits, wherever its output names the figure."""

import json
from pathlib import Path
from typing import Any

import pytest

from scoring.rules.layout import Layout
from tests.instruments.shipped import shipped_ffit
from tests.scoring.worlds import scored_file

CASES = Path(__file__).parent / "cases"
SECTIONS = [f"S{number}" for number in range(1, 8)]
SCORES = [*SECTIONS, "total"]


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return json.loads((CASES / "ffit_a.json").read_text())


@pytest.fixture(scope="module")
def scored() -> dict[str, Any]:
    layout = Layout.of(shipped_ffit().instrument)
    return scored_file(CASES / "ffit_a.csv", layout, roster=CASES / "ffit_a_roster.csv")


def near(value: Any) -> Any:
    """Nine digits relative; R printed 13, so a true zero may differ in the last ones."""
    return None if value is None else pytest.approx(value, rel=1e-9, abs=1e-12)


def cell(scored: dict[str, Any], unit: str | None, role: str | None, round_: Any = 1) -> Any:
    (found,) = [
        each
        for each in scored["cells"]
        if (each["unit"], each["role"], each["round"]) == (unit, role, round_)
    ]
    return found


def of_score(cell: Any, name: str) -> Any:
    return cell["total"] if name == "total" else cell["sections"][name]


def check_items_and_scores(ours: Any, theirs: Any) -> None:
    items = list(ours["items"].values())
    for index, item in enumerate(items):
        theirs_item = {name: values[index] for name, values in theirs["items"].items()}
        assert item["n"] == theirs_item["n"]
        assert item["mean"] == near(theirs_item["mean"])
        assert item["sd"] == near(theirs_item["sd"])
        assert list(item["histogram"]) == theirs_item["hist_0_to_5"]
        assert item["percent_positive"] == near(theirs_item["pct_positive_4_5"])
    for name in SCORES:
        score, theirs_score = of_score(ours, name), theirs["scores"][name]
        assert score["n"] == theirs_score["n"]
        assert score["mean"] == near(theirs_score["mean"])
        assert score["sd"] == near(theirs_score["sd"])
        assert score["percent_of_maximum"] == near(theirs_score["pct_of_max"])


@pytest.mark.parametrize("round_", [1, None])
def test_the_whole_file(scored: Any, expected: Any, round_: int | None) -> None:
    ours = cell(scored, None, None, round_)
    check_items_and_scores(ours, expected["overall"])
    for name in SECTIONS:
        alpha = expected["alpha"][name]
        score = ours["sections"][name]
        assert score["n_listwise"] == alpha["n_listwise"]
        assert score["alpha"] == near(alpha["alpha_listwise"])
        assert score["alpha_ci95"] == near(alpha["alpha_ci95_feldt"])
    assert ours["total"]["alpha"] == near(expected["alpha"]["all45"]["alpha_listwise"])
    assert ours["total"]["alpha_ci95"] == near(expected["alpha"]["all45"]["alpha_ci95_feldt"])


def test_every_unit(scored: Any, expected: Any) -> None:
    for unit, theirs in expected["units"].items():
        ours = cell(scored, unit, None)
        assert ours["respondents"] == theirs["respondents"]
        assert ours["headcount"] == theirs["roster"]
        check_items_and_scores(ours, theirs)
        for name in SECTIONS:
            percent = ours["sections"][name]["percent_positive"]
            assert percent == near(theirs["mean_of_item_pct_positive"][name])
        for name in SCORES:
            interval = of_score(ours, name)["interval_fpc"]
            assert interval == near(theirs["ci_fpc"][name]["ci95_fpc_t"])


def test_alpha_in_one_unit(scored: Any, expected: Any) -> None:
    ours = cell(scored, "U10", None)
    for name, theirs in expected["alpha_unit_U10"].items():
        assert ours["sections"][name]["n_listwise"] == theirs["n_listwise"]
        assert ours["sections"][name]["alpha"] == near(theirs["alpha_listwise"])
        assert ours["sections"][name]["alpha_ci95"] == near(theirs["alpha_ci95_feldt"])


def test_agreement_in_sections(scored: Any, expected: Any) -> None:
    names = {"n_listwise": "n_listwise", "rwg_j": "rwg_j", "rwg_j_lindell": "r_star"}
    names["ad_median"] = "ad"
    for block in ("agreement_sections", "agreement_sections_by_role"):
        for section, theirs in expected[block].items():
            for figure in theirs.keys() & names.keys():
                for key, value in theirs[figure].items():
                    unit, _, role = key.partition("|")
                    ours = cell(scored, unit, role or None)["sections"][section]
                    assert ours[names[figure]] == near(value), (block, section, figure, key)


def test_agreement_in_items(scored: Any, expected: Any) -> None:
    names = {"variance": "variance", "rwg": "rwg", "ad_median": "ad"}
    for item, theirs in expected["agreement_items"].items():
        for figure, name in names.items():
            for unit, value in theirs[figure].items():
                assert cell(scored, unit, None)["items"][item][name] == near(value)


def test_differences_between_units(scored: Any, expected: Any) -> None:
    names = {"n": "n", "groups": "groups", "icc1_anova_meank": "icc1", "icc2_anova": "icc2"}
    names |= {"icc1_ci95": "icc1_ci95", "icc2_ci95": "icc2_ci95"}
    for section, theirs in expected["icc"].items():
        for round_ in (1, None):
            (ours,) = [
                each
                for each in scored["icc"]
                if (each["round"], each["role"], each["section"]) == (round_, None, section)
            ]
            for figure, name in names.items():
                assert ours[name] == near(theirs[figure]), (section, figure)


def test_roles_and_the_gap_between_them(scored: Any, expected: Any) -> None:
    for section, theirs in expected["roles_overall"].items():
        for role in ("manager", "frontline"):
            ours = of_score(cell(scored, None, role), section)
            assert ours["n"] == theirs[role]["n"]
            assert ours["mean"] == near(theirs[role]["mean"])
            assert ours["sd"] == near(theirs[role]["sd"])
            assert ours["percent_of_maximum"] == near(theirs[role]["pct_of_max"])
        (gap,) = [
            each
            for each in scored["gaps"]
            if (each["unit"], each["round"], each["section"]) == (None, 1, section)
        ]
        assert (gap["a"], gap["b"]) == ("manager", "frontline")
        assert gap["difference"] == near(theirs["diff_manager_minus_frontline"])
        assert gap["t"] == near(theirs["welch_t"])
        assert gap["df"] == near(theirs["welch_df"])
        assert gap["p"] == near(theirs["welch_p"])
        assert gap["ci95"] == near(theirs["welch_ci95"])
