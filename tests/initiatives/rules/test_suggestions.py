"""The suggestions that come with the product: complete, cited, served where they belong."""

import re
from dataclasses import dataclass

import pytest

from initiatives.rules.suggestions import Shipped, catalogue, what_could_help
from tests.instruments.shipped import shipped_document

MAPS = shipped_document()["reading"]
ITEMS = MAPS["items"]
TASKS = {task["code"] for one in MAPS["sofft_sets"] for task in one["tasks"]}
CHALLENGES = {one["number"]: one["title"] for one in MAPS["challenges"]}


@dataclass(frozen=True)
class Own:
    """A local suggestion as far as the choice goes."""

    title: str
    tasks: tuple[str, ...]


def test_there_are_at_least_sixty_each_with_its_own_code_and_words() -> None:
    suggestions = catalogue().suggestions
    assert len(suggestions) >= 60
    for part in ("code", "title", "what", "achieves"):
        assert len({getattr(one, part) for one in suggestions}) == len(suggestions), part


def test_every_statement_task_and_challenge_is_served() -> None:
    suggestions = catalogue().suggestions
    assert {code for one in suggestions for code in one.items} == ITEMS.keys()
    assert {code for one in suggestions for code in one.tasks} == TASKS
    assert {number for one in suggestions for number in one.challenges} == CHALLENGES.keys()


def test_names_of_challenges_are_those_of_our_reading() -> None:
    assert catalogue().challenges == CHALLENGES


@pytest.mark.parametrize("one", catalogue().suggestions, ids=lambda one: one.code)
def test_each_is_tied_as_our_reading_says_and_cites_a_section_that_exists(one: Shipped) -> None:
    assert one.section in catalogue().documents[one.document].sections
    assert one.items and one.challenges
    tasks = {task for code in one.items for task in ITEMS[code]["sofft_tasks"]}
    challenges = {number for code in one.items for number in ITEMS[code]["challenges"]}
    assert set(one.tasks) <= tasks
    assert one.tasks or one.items == ("LRN04",), "only LRN04 has no exact task"
    assert set(one.challenges) <= challenges


@pytest.mark.parametrize("one", catalogue().suggestions, ids=lambda one: one.code)
def test_each_is_short_plain_and_one_thing(one: Shipped) -> None:
    assert len(one.title) <= 60 and len(one.what) <= 240 and len(one.achieves) <= 160
    for sentence in re.split(r"(?<=[.?!”])\s", f"{one.what} {one.achieves}"):
        assert len(sentence.split()) <= 28, sentence
    assert "anonym" not in f"{one.title} {one.what} {one.achieves}".lower()


def test_a_statement_gets_at_most_three_and_at_least_one() -> None:
    for code, read in ITEMS.items():
        found: list[Shipped] = what_could_help(
            instrument="FFIT", item=code, tasks=read["sofft_tasks"], local=[]
        )
        assert 1 <= len(found) <= 3, code
        assert code in found[0].items, code
        assert len({one.code for one in found}) == len(found), code


def test_an_organisations_own_come_first_where_they_serve_the_task() -> None:
    ours, other = Own("ours", ("1.5",)), Own("other", ("2.1",))
    found = what_could_help(instrument="FFIT", item="ENV07", tasks=["1.5"], local=[other, ours])
    assert found[0] == ours
    assert other not in found
    assert len(found) == 3


def test_another_instruments_code_is_not_taken_for_the_ffits() -> None:
    found: list[Shipped] = what_could_help(instrument="OWN", item="ENV07", tasks=["4.1"], local=[])
    assert found
    assert all("4.1" in one.tasks for one in found)
    assert what_could_help(instrument="OWN", item="ENV07", tasks=[], local=[]) == []
