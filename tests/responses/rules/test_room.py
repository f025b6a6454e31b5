"""How many answers a poster takes."""

import pytest

from responses.rules.room import poster_room
from surveys.rules import minimum_group

SIZES = range(8, 401)


@pytest.mark.parametrize(
    ("posts", "issued", "room"),
    [(12, 0, 14), (12, 12, 8), (40, 0, 44), (40, 40, 24), (40, 19, 25), (40, 20, 24), (40, 21, 24)],
)
def test_examples(posts: int, issued: int, room: int) -> None:
    assert poster_room(posts=posts, issued=issued, minimum_group=5) == room


def test_both_parts_are_rounded_up() -> None:
    assert poster_room(posts=11, issued=11, minimum_group=5) == 6 + 2


def test_all_together_stay_within_their_bound() -> None:
    for posts in SIZES:
        for issued in range(posts + 1):
            room = poster_room(posts=posts, issued=issued, minimum_group=5)
            assert 10 * (issued + room) <= 16 * posts + 20


def test_a_poster_alone_is_always_enough_for_a_result() -> None:
    for posts in SIZES:
        for k in range(5, posts + 1):
            if minimum_group.is_allowed(headcount=posts, minimum_group=k):
                assert poster_room(posts=posts, issued=2 * posts, minimum_group=k) >= k
