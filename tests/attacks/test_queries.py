"""Odd text in the address of every page that is only read."""

from collections.abc import Callable

import pytest

from ffit_site.attacks import LINKS, ODD_PARTS, ODD_QUERIES
from organisations.models import Role, User
from tests.access_matrix import MATRIX
from tests.attacks.conftest import Attacker, unchanged
from tests.factories import MembershipFactory, published_ffit
from tests.test_access_matrix import World, world


@pytest.fixture
def ours(transactional_db: None) -> World:
    return world(published_ffit())


@pytest.fixture
def everything(ours: World, signed_in: Callable[[User], Attacker]) -> Attacker:
    """Somebody with every role."""
    user = MembershipFactory.create(organisation=ours.organisation, role=Role.ADMINISTRATOR).user
    for role in set(Role) - {Role.ADMINISTRATOR}:
        MembershipFactory.create(organisation=ours.organisation, user=user, role=role)
    return signed_in(user)


@pytest.mark.parametrize("kind", ODD_QUERIES)
def test_each_page_answers_an_odd_query(kind: str, ours: World, everything: Attacker) -> None:
    wrong = []
    query, refused = ODD_QUERIES[kind]
    addresses = [ours.address(route) for route, line in MATRIX.items() if line.method == "GET"]
    assert len(addresses) > 100
    with unchanged():
        for address in addresses:
            if address == "/account/logout":
                continue
            status = everything.get(f"{address}?{query}").status
            if (status != 400) if refused else (status >= 500 or status == 429):
                wrong.append(f"{address}: {status}")
    assert not wrong, "\n".join(wrong)


def test_odd_text_in_the_address_itself(
    ours: World, everything: Attacker, attacker: Attacker
) -> None:
    slug = ours.organisation.slug
    wrong = []
    with unchanged():
        for odd, wanted in ODD_PARTS.items():
            pages = (
                f"/o/{odd}/units/", f"/o/{slug}/surveys/{odd}/", f"/o/{slug}/units/{odd}/",
                f"/o/{slug}/results/{odd}/", f"/o/{slug}/question-bank/{odd}/",
            )  # fmt: skip
            answers = {page: everything.get(page).status for page in pages}
            answers |= {
                link: attacker.get(link).status for link in (f"/{kind}/{odd}" for kind in LINKS)
            }
            wrong += [f"{page}: {got}" for page, got in answers.items() if got != wanted]
    assert not wrong, "\n".join(wrong)
