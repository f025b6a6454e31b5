"""Every link that a page of the demonstration shows opens for who sees it."""

import pytest

from tests.demo.crawl import DRAWN, NOBODY, ROLES, SEED, opened_by
from tests.demo.sample import sample, seeded

__all__ = ["sample", "seeded"]

EACH_ROLE = pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=[] if role in {DRAWN, NOBODY} else [pytest.mark.long])
        for role in (*ROLES, NOBODY)
    ],
)


@pytest.mark.usefixtures("seeded")
@EACH_ROLE
def test_every_link_opens_for_who_sees_it(role: str) -> None:
    opened = list(opened_by(role)[1])
    refused = [
        f"{answer.status_code} {address}, shown on {shown_on}"
        for address, shown_on, answer, _ in opened
        if answer.status_code >= 400
    ]
    assert not refused, "\n".join([f"FFIT_TEST_SEED={SEED}", *refused])
    assert len(opened) > 20
