"""What the fold that explains a result's figures says it is about, and that it is never empty."""

import pytest
from django.test import Client

from results.presenters.section_rows import section_rows
from results.words.explanations import explanations, what_is_explained
from scoring.rules.payload import Tier
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish


@pytest.mark.parametrize(
    ("tier", "said"),
    [
        ("figures", "The marks, “I can’t say” and what is not shown"),
        ("small", "The marks, “I can’t say” and what is not shown"),
        ("words", "“I can’t say” and what is not shown"),
        ("joint", ""),
    ],
)
def test_it_names_what_it_explains(tier: Tier, said: str) -> None:
    found = {**payload(tier), "leaders": None}
    assert what_is_explained(explanations(found)) == said  # type: ignore[arg-type]


def test_with_leaders_a_joint_form_has_marks_to_explain() -> None:
    assert payload("joint")["leaders"] is not None
    assert section_rows(payload("joint")).what_is_explained == "The marks"


@pytest.mark.parametrize(("tier", "times"), [("words", 1), ("joint", 0)])
def test_no_fold_is_empty(house: House, client: Client, tier: Tier, times: int) -> None:
    found = {**payload(tier), "leaders": None}
    publish(
        organisation=house.organisation, unit=house.ward_9, payload=found,  # type: ignore[arg-type]
        ward_page_code="nine",
    )  # fmt: skip
    page = client.get("/w/nine").text
    assert page.count("How to read this") == times
