"""What the result's page names first: what the debrief would, each with its reason and question."""

import pytest

from results.presenters.begin_here import begin_here
from results.queries.questions import AskedSection, Questions
from results.rules.talking_points import points_of
from scoring.rules.payload import Tier
from tests.results.payloads import change, payload

QUESTIONS = Questions({"RES01": "Think of a shift."}, (AskedSection("RES", "Resourcing", "What?"),))


@pytest.mark.parametrize("tier", ["figures", "small", "joint"])
def test_it_names_what_the_debrief_discusses(tier: Tier) -> None:
    said = payload(tier)
    found = begin_here(said, QUESTIONS)
    assert found is not None
    texts = [point.item["text"].removesuffix("?") for point in points_of(said) if point.item]
    assert [point.text for point in found.points] == texts
    assert found.title == f"Begin here: {len(texts)} statements to discuss"


def test_reasons_are_said_once_and_each_statement_has_its_question() -> None:
    said = payload("small")
    for section in said["sections"]:
        for item in section["items"]:
            low = item["code"] in ("RES01", "RES02")
            change(item, level="low" if low else "high", cant_say_often=item["code"] == "MGR01")
    found = begin_here(said, QUESTIONS)
    assert found is not None
    assert found.title == "Begin here: 3 statements to discuss"
    assert found.about == "It scored low · many can’t say"
    assert [point.question for point in found.points][:2] == ["Think of a shift.", "What?"]
    assert found.points[0].and_then == "And then: what was missing?"


def test_one_low_statement_is_said_to_be_the_only_one() -> None:
    said = payload("small")
    for section in said["sections"]:
        for item in section["items"]:
            change(item, level="low" if item["code"] == "RES01" else "high", cant_say_often=False)
    found = begin_here(said, QUESTIONS)
    assert found is not None
    assert found.title == "Begin here: 1 statement to discuss"
    assert found.about == "The one statement that scored low"


def test_in_words_it_names_sections() -> None:
    found = begin_here(payload("words"), QUESTIONS)
    assert found is not None
    assert (found.title, found.about) == (
        "Begin here: 1 section to discuss",
        "Further down than our other sections",
    )
    assert [(point.title, point.text, point.question) for point in found.points] == [
        ("", "Resourcing", "What?")
    ]


def test_without_a_result_there_is_nothing_to_begin_with() -> None:
    assert begin_here(payload("too_few"), QUESTIONS) is None


def test_nothing_is_asked_twice() -> None:
    asked = Questions({}, (AskedSection("RES", "Resourcing", "What was done? What was missing?"),))
    said = payload("words")
    found = begin_here(said, asked)
    assert found is not None
    point = next(one for one in found.points if one.text == "Resourcing")
    assert point.question == "What was done? What was missing?"
    assert point.and_then == ""
