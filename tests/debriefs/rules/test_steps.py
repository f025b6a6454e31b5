"""The steps of each kind of debrief, and the minutes they are given."""

import pytest

from debriefs.rules.steps import (
    COURSES,
    DISCARDED_BECAUSE,
    JOINT,
    MOST_NOTES,
    MOST_PRIORITIES,
    TEAM,
    course_of,
)


def test_each_kind_takes_the_minutes_it_says() -> None:
    minutes = {kind: course.minutes for kind, course in COURSES.items()}
    assert minutes == {
        "preparation": 15, "team": 30, "no_figures": 20, "together": 20, "reply": 15
    }  # fmt: skip
    assert (JOINT.minutes, course_of("team", "joint")) == (20, JOINT)
    assert course_of("team", "small") is TEAM
    assert course_of("preparation", "joint") is COURSES["preparation"]


def test_the_teams_own_meetings_end_with_a_decision_and_leaders_do_not_decide_for_it() -> None:
    assert {kind for kind, course in COURSES.items() if course.decides} == {
        "team", "no_figures", "together"
    }  # fmt: skip
    assert JOINT.decides
    for course in (*COURSES.values(), JOINT):
        assert (course.step("decide") is not None) is course.decides


def test_a_step_is_found_by_its_word() -> None:
    found = TEAM.step("discuss")
    assert found is not None
    assert found.name == "What to discuss"
    assert TEAM.step("views") is None


def test_steps_without_anything_to_show_fall_away() -> None:
    shorter = TEAM.without(frozenset({"fits", "views"}))
    assert [step.slug for step in shorter.steps] == [
        "rules",
        "moment",
        "discuss",
        "first",
        "decide",
    ]
    assert (shorter.minutes, shorter.decides) == (27, True)


@pytest.mark.parametrize(
    ("slug", "part", "parts", "left"),
    [
        *(("rules", 0, 1, 30), ("moment", 0, 1, 28), ("discuss", 0, 1, 20), ("decide", 0, 1, 5)),
        *(
            ("discuss", 0, 4, 20),
            ("discuss", 1, 4, 18),
            ("discuss", 2, 4, 15),
            ("discuss", 3, 4, 12),
        ),
    ],
)
def test_the_time_left_shrinks_with_each_part_of_a_step(
    slug: str, part: int, parts: int, left: int
) -> None:
    step = TEAM.step(slug)
    assert step is not None
    if parts == 1:
        assert TEAM.minutes_left(step) == left
    assert TEAM.minutes_left(step, part=part, parts=parts) == left


def test_without_parts_a_step_takes_all_its_minutes() -> None:
    assert TEAM.minutes_left(TEAM.steps[0]) == TEAM.minutes == 30
    assert TEAM.minutes_left(TEAM.steps[-1]) == TEAM.steps[-1].minutes


def test_a_debrief_keeps_to_what_a_team_can_do() -> None:
    assert MOST_PRIORITIES == 3
    assert MOST_NOTES == {"bring": 3}
    notes = {step.slug for course in COURSES.values() for step in course.steps}
    assert notes >= MOST_NOTES.keys()


def test_each_reason_for_discarding_a_meeting_is_a_sentence_of_its_own() -> None:
    assert len(set(DISCARDED_BECAUSE.values())) == len(DISCARDED_BECAUSE) == 3
