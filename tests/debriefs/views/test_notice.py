"""The FFIT's notice stands on each step and page of a debrief where its figures or words do."""

import pytest
from django.test import Client

from initiatives.models import Action, Priority
from tests.debriefs.meetings import start, text
from tests.initiatives.asking import in_days
from tests.published_house import House
from tests.results.payloads import payload

NOTICE = payload()["notice"]


@pytest.mark.parametrize(
    ("step", "has_figures"),
    [
        ("rules", True), ("moment", False), ("fits", True), ("discuss", True),
        ("discuss?at=1", True), ("first", False), ("decide", False),
    ],
)  # fmt: skip
def test_each_step_with_figures_has_it_once(
    house: House, manager: Client, step: str, has_figures: bool
) -> None:
    meeting = start(manager, house)
    assert text(manager, f"{meeting}steps/{step}").count(NOTICE) == has_figures


def test_the_pages_of_one_action_have_it(house: House, manager: Client) -> None:
    meeting = start(manager, house)
    manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Answer ideas"})
    manager.post(
        f"{meeting}steps/decide",
        {"choice": "strengthen", "reason": "Nights.", "teller": "Sister", "names_itself": "on"},
    )
    new = f"{house.address()}plan/priorities/{Priority.objects.get().pk}/act"
    assert NOTICE in text(manager, new)
    manager.post(new, {"what": "Ask", "owner": "Sister", "due_on": in_days(14)})
    for one in Action.objects.all():
        assert NOTICE in text(manager, f"{house.address()}plan/actions/{one.pk}")
