"""The SOFFTs that come with the product: all of them, each with a source that exists."""

import re

import pytest

from initiatives.rules.soffts import Task, soffts
from initiatives.rules.suggestions import catalogue
from tests.instruments.shipped import shipped_document

MAPS = shipped_document()["reading"]
SECTIONS = catalogue().documents[soffts().document].sections


def test_the_six_sets_and_twenty_tasks_are_those_of_our_reading() -> None:
    assert [(one.title, [task.code for task in one.tasks]) for one in soffts().sets] == [
        (one["title"], [task["code"] for task in one["tasks"]]) for one in MAPS["sofft_sets"]
    ]
    assert {code: task.title for code, task in soffts().tasks.items()} == {
        task["code"]: task["title"] for one in MAPS["sofft_sets"] for task in one["tasks"]
    }
    assert (len(soffts().sets), len(soffts().tasks)) == (6, 20)


def test_the_pyramid_has_its_sides_and_its_base() -> None:
    assert [layer.side for layer in soffts().pyramid] == MAPS["pyramid_sides"]
    assert all(layer.section in SECTIONS and layer.what for layer in soffts().pyramid)


@pytest.mark.parametrize("task", soffts().tasks.values(), ids=lambda task: task.code)
def test_each_task_says_what_it_achieved_and_names_a_source_that_exists(task: Task) -> None:
    assert task.section in SECTIONS
    assert task.achieved and task.seen
    assert len(task.plain) <= 40
    for sentence in re.split(r"(?<=[.?!])\s", f"{task.achieved} {task.seen}"):
        assert len(sentence.split()) <= 28, sentence
    assert "anonym" not in f"{task.plain} {task.achieved} {task.seen}".lower()


def test_no_two_tasks_say_the_same() -> None:
    for part in ("title", "plain", "achieved", "seen"):
        assert len({getattr(task, part) for task in soffts().tasks.values()}) == 20, part
