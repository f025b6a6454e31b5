"""What a change takes: in released words, tier by tier, as far as our reading goes."""

import re

import pytest

from initiatives.rules.soffts import soffts
from instruments.queries.item_mappings import StatementMapping
from results.presenters.soffts import SofftView, sofft_view
from results.queries.suggestions import Helps
from scoring.rules.payload import SnapshotPayload, Tier
from tests.instruments.shipped import shipped_document
from tests.results.payloads import change, payload

READ = {
    code: StatementMapping(tuple(one["sofft_tasks"]), tuple(one["pyramid_sides"]))
    for code, one in shipped_document()["reading"]["items"].items()
}


def takes(shown: SnapshotPayload, helps: Helps | None = None) -> SofftView:
    found = sofft_view(shown, READ, helps)
    assert found is not None
    return found


def every_task(found: SofftView) -> dict[str, tuple[bool, dict[str, str]]]:
    return {
        row.task.code: (row.stands_out, {said.code: said.word for said in row.heard})
        for one in found.sets
        for row in one.tasks
    }


@pytest.mark.parametrize("tier", ["figures", "small", "joint", "words"])
def test_all_twenty_tasks_are_there_with_their_statements(tier: Tier) -> None:
    rows = every_task(takes(payload(tier)))
    assert rows.keys() == soffts().tasks.keys()
    assert {code for _, heard in rows.values() for code in heard} == READ.keys() - {"LRN04"}
    assert takes(payload(tier)).beside.startswith("“")


def test_a_task_stands_out_by_a_low_statement_or_by_many_who_cannot_say() -> None:
    shown = payload()
    for section in shown["sections"]:
        for item in section["items"]:
            change(item, level="middle", withheld=None, cant_say_often=False)
    assert not any(out for out, _ in every_task(takes(shown)).values())
    items = {item["code"]: item for section in shown["sections"] for item in section["items"]}
    change(items["MGR04"], level="low")
    change(items["CTX01"], cant_say_often=True)
    change(items["ENV06"], level="high")
    rows = every_task(takes(shown))
    assert {code for code, (out, _) in rows.items() if out} == {"2.1", "6.1"}
    assert rows["2.1"][1]["MGR04"] == "low"
    assert rows["6.1"][1] == {"CTX01": "middle, often “I can’t say”"}
    sentences = [one.sentence for one in takes(shown).sets]
    assert sentences[1] == (
        "“Not too many changes at once” needs attention. "
        "Low: “protect staff from too many improvement projects at once”."
    )
    assert sentences[3] == "No statements about this scored low."


def test_a_set_whose_statements_all_lie_high_is_something_to_build_on() -> None:
    shown = payload()
    for item in shown["sections"][4]["items"]:
        change(item, level="high", cant_say_often=False)
    assert takes(shown).sets[3].sentence == (
        "All statements about this scored high. You can build on this."
    )


def test_what_is_withheld_has_its_reason_and_no_word() -> None:
    shown = payload()
    for item in shown["sections"][4]["items"]:
        change(item, level=None, mean=None, withheld="few_answers", cant_say_often=False)
    one = takes(shown).sets[3]
    assert one.sentence == "We cannot show any statements about this."
    assert {said.word for row in one.tasks for said in row.heard} == {
        "not shown: fewer than 5 scored it"
    }


def test_the_smallest_group_hears_sections_and_no_task_stands_out() -> None:
    found = takes(payload("words"))
    assert not found.has_words
    assert not any(out for out, _ in every_task(found).values())
    assert found.sets[3].sentence == ("Communicating the message: some to a moderate extent.")
    assert all(
        "do not show single statements" in said for layer in found.layers for _, said in layer.said
    )


def test_a_joint_sheet_speaks_in_the_words_of_its_scale() -> None:
    assert every_task(takes(payload("joint")))["4.1"][1] == {"MSG01": "to some extent"}


def test_the_pyramid_quotes_statements_and_gives_no_score() -> None:
    found = takes(payload())
    technical = found.layers[0]
    assert technical.layer.side == "technical"
    base = dict(found.layers[3].said)
    assert base["Low:"].startswith("“enough staff where it will happen”,")
    words = " ".join(f"{strong} {said}" for layer in found.layers for strong, said in layer.said)
    assert not re.search(r"\d\.\d|%", words)
    assert "5 of its 45 statements" in found.no_scores


def test_help_comes_for_tasks_that_stand_out_and_no_others() -> None:
    helps = Helps("FFIT", READ, [])
    for one in takes(payload(), helps).sets:
        for row in one.tasks:
            assert bool(row.suggestions) is row.stands_out
            assert len(row.suggestions) <= 3


def test_without_a_reading_or_a_result_there_is_nothing() -> None:
    assert sofft_view(payload(), {}) is None
    assert sofft_view(payload(), {"ENV01": StatementMapping((), ("soft",))}) is None
    assert sofft_view(payload("too_few"), READ) is None
