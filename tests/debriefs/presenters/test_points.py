"""What leaders see of their own forms before the team's debrief."""

import pytest

from debriefs.presenters.points import leaders_views, next_words, point_views
from debriefs.queries.leaders import LeaderForm
from results.queries.questions import Questions
from scoring.rules.payload import Tier
from tests.results.payloads import payload

CODES = [item["code"] for section in payload()["sections"] for item in section["items"]]


@pytest.mark.parametrize(
    ("left_blank", "caption", "fact"),
    [
        ((1,), "Front-line staff and environment. We could not score this: 1 of 1 to discuss",
         ("No score from A.",)),
        ((1, 0), "Front-line staff and environment. Not all of us could score this: 1 of 1 to "
         "discuss", ("No score from A.",)),
        ((1, 1, 0), "Front-line staff and environment. Not all of us could score this: 1 of 1 to "
         "discuss", ("No score from A and B.",)),
    ],
)  # fmt: skip
def test_who_did_not_score_it_is_said(
    left_blank: tuple[int, ...], caption: str, fact: tuple[str, ...]
) -> None:
    forms = [
        LeaderForm(f"Leader {place}", dict.fromkeys(CODES[blank:], 3))
        for place, blank in enumerate(left_blank)
    ]
    (view,), letters = leaders_views(payload(), forms, Questions({}, ()))
    assert view.caption == caption
    assert view.facts == fact
    assert len(letters) == len(left_blank)


@pytest.mark.parametrize(
    ("tier", "says"), [("figures", "Next statement"), ("words", "Next section")]
)
def test_the_button_says_what_comes_next(tier: Tier, says: str) -> None:
    views = point_views(payload(tier), Questions({}, ()))
    assert views
    assert {next_words(view) for view in views} == {says}
    assert next_words(None) == "Next: what our leaders ask"
