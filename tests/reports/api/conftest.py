"""A token and a client that sends it."""

from typing import Any

import pytest
from django.test import Client

from organisations.actions.access_tokens import make_token
from organisations.models import AccessToken, Role, User
from tests.published_house import House

ALL = list(AccessToken.Scope.values)


class Program:
    """Reads with a token, as another program does."""

    def __init__(self, house: House, user: User, *, scopes: list[str] = ALL, days: int = 30):
        self.base = f"/api/v1/organisations/{house.organisation.slug}"
        self.token, self.secret = make_token(
            organisation=house.organisation, name="R", scopes=scopes, days=days, by=user
        )
        self.client = Client(headers={"Authorization": f"Bearer {self.secret}"})

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(f"{self.base}{path}", **more)


@pytest.fixture
def program(house: House) -> Program:
    return Program(house, house.member(Role.LEAD))
