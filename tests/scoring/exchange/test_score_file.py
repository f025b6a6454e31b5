"""A file of answers: what stops it, and what comes out of awkward ones.

Over 300 lines: each awkward file stands beside what comes out.
"""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from scoring.exchange.answer_file import BadFile
from tests.scoring.worlds import layout_of, scored_file

LAYOUT = layout_of([3, 2])
HEAD = "respondent,round,unit,role,q01,q02,q03,q04,q05"
CASES = Path(__file__).parents[1] / "cases"


def scored(
    folder: Path, *lines: str, head: str = HEAD, roster: str | None = None, **options: Any
) -> dict[str, Any]:
    (folder / "answers.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    if roster is not None:
        (folder / "roster.csv").write_text(roster, encoding="utf-8")
        options["roster"] = folder / "roster.csv"
    return scored_file(folder / "answers.csv", options.pop("layout", LAYOUT), **options)


def find(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    (found,) = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return found


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("a,1,U,x,6,1,1,1,1", "q01", "“6” is not an answer"),
        ("a,1,U,x,1,-1,1,1,1", "q02", "“-1” is not an answer"),
        ("a,1,U,x,1,1,2.5,1,1", "q03", "“2.5” is not an answer"),
        ("a,1,U,x,1,1,1,often,1", "q04", "“often” is not an answer"),
        ("a,1,U,x,1,1,1,1,٣", "q05", "is not an answer"),
        ("a,1,U,x,1,1,1,1,03", "q05", "is not an answer"),
        (",1,U,x,1,1,1,1,1", "respondent", "empty"),
        ("a,1,,x,1,1,1,1,1", "unit", "empty"),
        ("a,1,U,x,1,1,1,1", "q05", "8 cells"),
        ("a,1,U,x,1,1,1,1,1,1", "10", "10 cells"),
    ],
)
def test_a_bad_cell_stops_it_with_line_column_and_reason(
    tmp_path: Path, row: str, column: str, reason: str
) -> None:
    with pytest.raises(BadFile) as stopped:
        scored(tmp_path, "first,1,U,x,1,1,1,1,1", row)
    assert f"answers.csv, line 3, column {column}: " in str(stopped.value)
    assert reason in str(stopped.value)


@pytest.mark.parametrize(
    ("head", "column", "reason"),
    [
        (HEAD + ",q06", "q06", "unknown column"),
        (HEAD + ",ward", "ward", "unknown column"),
        (HEAD + ",", "10", "unknown column"),
        (HEAD.replace("q05", "q04"), "q04", "twice"),
        (HEAD.replace("q05", "A1"), "A1", "twice"),
        (HEAD.replace(",q05", ""), "q05", "missing"),
        (HEAD.replace("role,", ""), "role", "missing"),
    ],
)
def test_a_bad_first_line_names_the_column(
    tmp_path: Path, head: str, column: str, reason: str
) -> None:
    with pytest.raises(BadFile, match=rf"line 1, column {column}: .*{reason}"):
        scored(tmp_path, "a,1,U,x,1,1,1,1,1", head=head)


def test_a_respondent_twice_in_a_round_is_refused_but_not_in_two_rounds(tmp_path: Path) -> None:
    rows = ["a,1,U,x,1,1,1,1,1", "b,1,U,x,1,1,1,1,1", "a,1,V,x,2,2,2,2,2"]
    with pytest.raises(BadFile, match=r"line 4, column respondent: “a” is already on line 2"):
        scored(tmp_path, *rows)
    rows[2] = "a,2,V,x,2,2,2,2,2"
    assert find(scored(tmp_path, *rows)["cells"], unit=None, role=None, round=None)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("résumé".encode("latin-1"), "line 1, column 1: the file is not in UTF-8"),
        (HEAD.encode("utf-16"), "UTF-16"),
        (b"", "empty"),
        (HEAD.encode(), "no answers"),
        (HEAD.encode() + b'\na,1,U,x,1,1,1,1,"1', "line 2"),
    ],
)
def test_a_file_that_is_no_file_of_answers(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes(data)
    with pytest.raises(BadFile, match=reason):
        scored_file(path, LAYOUT)


def test_a_byte_order_mark_spaces_and_blank_lines_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    text = f"{HEAD}\r\n a ,1,U,x, 1 ,dk,,1,1\r\n\r\n,,,,,,,,\r\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    items = scored_file(path, LAYOUT)["cells"][0]["items"]
    assert (items["q01"]["n"], items["q02"]["not_sure"], items["q03"]["skipped"]) == (1, 1, 1)


def test_capitals_and_whole_numbers_with_a_nought_are_taken(tmp_path: Path) -> None:
    plain = scored(tmp_path, "a,1,U,x,1,2,dk,,5", "b,1,V,x,0,2,3,4,5")
    assert scored(tmp_path, "a,1,U,x,1.0,2.0,DK,,5.0", "b,1,V,x,0.0,2,3,4,5") == plain
    for wrong in ("1.00", "6.0", "1,0", "Dk.", "NA"):
        with pytest.raises(BadFile, match="line 2, column q01"):
            scored(tmp_path, f'a,1,U,x,"{wrong}",2,3,4,5')


def test_a_file_without_roles_has_cells_of_units_only(tmp_path: Path) -> None:
    rows = ["a,1,U,,1,2,3,4,5", "b,1,U,,2,2,3,4,5", "c,1,V,,2,2,3,4,5"]
    with_roles = [row.replace(",,", ",x,", 1) for row in rows]
    roster = "unit,role,N\nU,x,3\nU,y,1\nV,x,2\n"
    result = scored(tmp_path, *rows, roster=roster)
    assert {cell["role"] for cell in result["cells"]} == {None}
    assert {row["role"] for row in result["icc"]} == {None}
    assert result["gaps"] == []
    assert find(result["cells"], unit="U", round=1)["headcount"] == 4
    pooled = [row for row in scored(tmp_path, *with_roles)["icc"] if row["role"] is None]
    assert result["icc"] == pooled
    with pytest.raises(BadFile, match=r"line 3, column role: a role in some rows"):
        scored(tmp_path, rows[0], with_roles[1])
    assert (
        find(
            scored(tmp_path, *rows, roster="unit,role,N\nU,,3\nV,,2\n")["cells"], unit=None, round=1
        )["headcount"]
        == 5
    )


def test_semicolons_and_quotes_change_nothing(tmp_path: Path) -> None:
    plain = scored(tmp_path, "a,1,U,x,1,2,dk,,5", "b,1,V,x,2,2,3,4,5")
    text = f"{HEAD}\na,1,U,x,1,2,dk,,5\nb,1,V,x,2,2,3,4,5\n"
    quoted = "\r\n".join(
        ";".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()
    )
    path = tmp_path / "semicolons.csv"
    path.write_text(quoted, encoding="utf-8", newline="")
    assert scored_file(path, LAYOUT) == plain
    path.write_text(quoted.replace('"4"', '"6"'), encoding="utf-8")
    with pytest.raises(BadFile, match="line 3, column q04"):
        scored_file(path, LAYOUT)


def test_a_comma_within_quotes_is_part_of_a_name(tmp_path: Path) -> None:
    units = {cell["unit"] for cell in scored(tmp_path, 'a,1,"Ward 3, east",x,1,2,3,4,5')["cells"]}
    assert units == {None, "Ward 3, east"}


def test_one_person_has_a_mean_and_no_spread(tmp_path: Path) -> None:
    result = scored(tmp_path, "a,1,U,x,1,2,3,4,5", roster="unit,role,N\nU,x,1\n")
    cell = find(result["cells"], unit="U", role="x", round=1)
    item, section = cell["items"]["q01"], cell["sections"]["S1"]
    assert (item["mean"], item["median"]) == (1, 1)
    assert (item["sd"], item["variance"], item["ad"], item["rwg"]) == (None,) * 4
    assert (section["mean"], section["n_listwise"]) == (2, 1)
    for name in ("sd", "rwg_j", "r_star", "ad", "alpha", "alpha_ci95", "interval", "interval_fpc"):
        assert section[name] is None
    assert find(result["icc"], round=1, role=None, section="S1") == {
        "round": 1, "role": None, "section": "S1", "n": 1, "groups": 1,
        "icc1": None, "icc2": None, "icc1_ci95": None, "icc2_ci95": None,
    }  # fmt: skip


def test_nobody_scored_is_not_available_and_never_zero(tmp_path: Path) -> None:
    cell = scored(tmp_path, "a,1,U,x,dk,,dk,,dk")["cells"][0]
    assert cell["respondents"] == 1
    assert cell["headcount"] is None
    assert cell["items"]["q01"]["mean"] is None
    assert cell["items"]["q01"]["percent_positive"] is None
    assert cell["sections"]["S1"]["n"] == 0
    assert cell["sections"]["S1"]["mean"] is None
    assert cell["total"]["mean"] is None


def test_half_rule_and_total(tmp_path: Path) -> None:
    cell = scored(tmp_path, "a,1,U,x,1,2,,4,", "b,1,U,x,5,,,3,3")["cells"][0]
    assert cell["sections"]["S1"]["n"] == 1
    assert cell["sections"]["S1"]["mean"] == 1.5
    assert cell["sections"]["S2"]["mean"] == 3.5
    assert cell["total"]["n"] == 1
    assert cell["total"]["mean"] == pytest.approx((3 * 1.5 + 2 * 4) / 5)


def test_everyone_answered_gives_an_interval_of_no_width_and_too_many_none(tmp_path: Path) -> None:
    rows = ["a,1,U,x,1,2,3,4,5", "b,1,U,x,2,2,3,4,5"]
    exact = scored(tmp_path, *rows, roster="unit,role,N\nU,x,2\n")["cells"][0]["sections"]["S1"]
    assert exact["interval_fpc"] == (exact["mean"], exact["mean"])
    assert exact["interval"][0] < exact["mean"] < exact["interval"][1]
    over = scored(tmp_path, *rows, roster="unit,role,N\nU,x,1\n")["cells"][0]
    assert over["headcount"] == 1
    assert over["sections"]["S1"]["interval_fpc"] is None


def test_a_headcount_is_unknown_where_someone_is_not_on_the_roster(tmp_path: Path) -> None:
    result = scored(
        tmp_path, "a,1,U,x,1,1,1,1,1", "b,1,V,x,1,1,1,1,1", roster="unit,role,N\nU,x,4\nW,x,5\n"
    )
    assert find(result["cells"], unit="U", role=None, round=1)["headcount"] == 4
    assert find(result["cells"], unit="V", role=None, round=1)["headcount"] is None
    assert find(result["cells"], unit=None, role=None, round=1)["headcount"] is None


@pytest.mark.parametrize(
    ("roster", "reason"),
    [
        ("unit,role,N\nU,x,many\n", "line 2, column N: “many” is not a whole number"),
        ("unit,role,N\nU,x,-3\n", "column N"),
        ("unit,role,N\nU,x,3\nU,x,4\n", "line 3, column unit"),
        ("unit,role,staff\nU,x,3\n", "line 1, column staff: unknown"),
        ("unit,role\nU,x\n", "column N: the column is missing"),
        ("unit,role,N\n", "no headcounts"),
    ],
)
def test_a_bad_roster_is_refused(tmp_path: Path, roster: str, reason: str) -> None:
    with pytest.raises(BadFile, match=reason):
        scored(tmp_path, "a,1,U,x,1,1,1,1,1", roster=roster)


def test_straight_liners_agree_fully_and_have_no_alpha(tmp_path: Path) -> None:
    section = scored(tmp_path, *[f"{name},1,U,x,3,3,3,3,3" for name in "abcd"])["cells"][0][
        "sections"
    ]["S1"]
    assert (section["sd"], section["rwg_j"], section["r_star"], section["ad"]) == (0, 1, 1, 0)
    assert (section["alpha"], section["alpha_ci95"]) == (None, None)
    assert section["interval"] == (3, 3)


def test_a_negative_alpha_and_a_negative_agreement_stay_negative(tmp_path: Path) -> None:
    section = scored(tmp_path, "a,1,U,x,0,5,1,1,1", "b,1,U,x,5,0,1,1,1", "c,1,U,x,0,4,5,1,1")[
        "cells"
    ][0]["sections"]["S1"]
    assert section["alpha"] < 0
    assert section["alpha_ci95"][0] < section["alpha"] < section["alpha_ci95"][1]
    assert section["r_star"] < 0
    assert section["rwg_j"] == 0


def test_units_of_one_person_have_no_icc(tmp_path: Path) -> None:
    result = scored(tmp_path, "a,1,U,x,1,2,3,4,5", "b,1,V,x,2,2,3,4,5")
    found = find(result["icc"], round=1, role=None, section="S1")
    assert (found["n"], found["groups"], found["icc1"], found["icc2"]) == (2, 2, None, None)


def test_rounds_are_compared_in_pairs_and_pooled(tmp_path: Path) -> None:
    rows = [
        f"p{person},{round_},U,x,{value},{value},{value},2,3"
        for round_, values in (("10", "1122"), ("2", "3344"), ("1", "2233"))
        for person, value in enumerate(values)
    ]
    result = scored(tmp_path, *rows)
    assert find(result["cells"], unit=None, role=None, round=None)["respondents"] == 12
    pairs = {(row["from"], row["to"]) for row in result["changes"]}
    assert pairs == {(1, 2), (1, 10), (2, 10)}
    row = find(result["changes"], unit="U", role="x", to=10, section="S1", **{"from": 2})
    assert row["difference"] == -2
    assert row["word"] == "clear fall"
    flat = find(result["changes"], unit="U", role="x", to=10, section="S2", **{"from": 2})
    assert (flat["difference"], flat["p"], flat["p_holm"]) == (0, None, None)
    assert {row["section"] for row in result["changes"]} == {"S1", "S2", "total"}


def test_named_rounds_keep_their_names_and_the_order_of_the_file(tmp_path: Path) -> None:
    result = scored(
        tmp_path, "a,before,U,x,1,1,1,1,1", "b,before,U,x,2,2,2,2,2", "a,after,U,x,3,3,3,3,3"
    )
    assert {(row["from"], row["to"]) for row in result["changes"]} == {("before", "after")}


def test_gaps_are_between_roles_in_the_order_of_the_file(tmp_path: Path) -> None:
    rows = ["a,1,U,boss,4,4,4,4,4", "b,1,U,boss,5,5,5,5,4", "c,1,U,ward,1,1,1,1,1"]
    rows += ["d,1,U,ward,2,2,2,2,1", "e,1,V,ward,2,2,2,2,1"]
    result = scored(tmp_path, *rows)
    gap = find(result["gaps"], unit="U", round=1, section="S1")
    assert (gap["a"], gap["b"], gap["difference"]) == ("boss", "ward", 3)
    assert not [row for row in result["gaps"] if row["unit"] == "V"]


def test_other_scales_count_their_own_top_two_and_their_own_maximum(tmp_path: Path) -> None:
    layout = layout_of([2], 1, 11)
    head = "respondent,round,unit,role,A1,A2"
    result = scored(tmp_path, "a,1,U,x,11,10", "b,1,U,x,9,1", head=head, layout=layout,
                    by_number=False)  # fmt: skip
    cell = result["cells"][0]
    assert list(cell["items"]) == ["A1", "A2"]
    assert cell["items"]["A1"]["histogram"] == (0,) * 8 + (1, 0, 1)
    assert cell["items"]["A1"]["percent_positive"] == 50
    assert cell["sections"]["A"]["mean"] == 7.75
    assert cell["sections"]["A"]["percent_of_maximum"] == pytest.approx(67.5)


def test_the_command_prints_json_alone_and_touches_no_database() -> None:
    # Without the database mark a query would fail the test.
    out, note = StringIO(), StringIO()
    call_command("score_file", CASES / "ffit_a.csv", "--json", stdout=out, stderr=note)
    assert set(json.loads(out.getvalue())) == {"cells", "icc", "changes", "gaps"}
    assert "Do not share" in note.getvalue()


def test_the_command_takes_any_instrument_in_the_exchange_format(tmp_path: Path) -> None:
    items = [{"code": f"A{number}", "text": "Is it so?"} for number in (1, 2)]
    scale = {"min": 1, "max": 7, "labels": [f"label {number}" for number in range(1, 8)]}
    sections = [{"code": "A", "stem": "To what extent:", "items": items}]
    bare = {"code": "TST", "title": "Test", "scale": scale, "sections": sections}
    (tmp_path / "own.json").write_text(json.dumps({"instrument": bare}), encoding="utf-8")
    answers = tmp_path / "answers.csv"
    answers.write_text("respondent,round,unit,role,A1,A2\na,1,U,x,7,2\n", encoding="utf-8")

    def run() -> Any:
        out = StringIO()
        instrument = f"--instrument={tmp_path / 'own.json'}"
        call_command("score_file", answers, instrument, "--json", stdout=out, stderr=StringIO())
        return json.loads(out.getvalue())

    assert run()["cells"][0]["sections"]["A"]["mean"] == 4.5
    del scale["labels"]
    (tmp_path / "own.json").write_text(json.dumps({"instrument": bare}), encoding="utf-8")
    with pytest.raises(CommandError, match=r"own\.json: line 1, labels: "):
        run()


def test_the_command_without_json_prints_means() -> None:
    out = StringIO()
    call_command("score_file", CASES / "ffit_a.csv", stdout=out, stderr=StringIO())
    assert "U10, manager, 1: 7 answered" in out.getvalue()
    assert "  S1: 2.57 (n 166)" in out.getvalue()


def test_the_command_stops_with_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^nowhere.csv: cannot be read"):
        call_command("score_file", tmp_path / "nowhere.csv", "--json")


def test_the_columns_figures_stand_beside_those_of_peoples_scores(tmp_path: Path) -> None:
    # Two statements: 0, 2 and 4; and 1, 3 and nothing. Variances 4 and 2, of three and two people.
    rows = ["p1,1,U1,a,0,1", "p2,1,U1,a,2,3", "p3,1,U1,a,4,", "p4,2,U1,a,4,4", "p5,2,U1,a,4,5"]
    text = "respondent,round,unit,role,q01,q02\n" + "\n".join(rows) + "\n"
    (tmp_path / "made.csv").write_text(text)
    (tmp_path / "roster.csv").write_text("unit,role,N\nU1,a,4\n")
    found = scored_file(tmp_path / "made.csv", layout_of([2]), roster=tmp_path / "roster.csv")
    (cell,) = [
        one for one in found["cells"] if (one["unit"], one["role"], one["round"]) == ("U1", "a", 1)
    ]
    columns = cell["sections"]["S1"]["by_columns"]
    assert (columns["n_least"], columns["n_most"]) == (2, 3)
    assert columns["mean"] == 2.0
    assert columns["agreement"] == pytest.approx(1 - 3 / (35 / 12))
    error = ((4 / 3) ** 0.5 + 1) / 2
    assert columns["standard_error"] == pytest.approx(error)
    left = ((4 / 3 * (1 - 3 / 4)) ** 0.5 + (1 - 2 / 4) ** 0.5) / 2
    half = 6.313751514675 * left
    assert columns["interval_fpc"] == pytest.approx((2 - half, 2 + half))
    assert cell["sections"]["S1"]["mean"] == pytest.approx((0.5 + 2.5 + 4) / 3)
    assert cell["total"]["note"] == "not defined by the authors"
    (change,) = [
        one
        for one in found["changes"]
        if (one["unit"], one["role"], one["section"]) == ("U1", "a", "S1")
    ]
    assert change["by_columns"]["difference"] == 2.3
    assert change["by_columns"]["word"] == "too few answers to tell"
