"""Whose browser most of these tests use."""

import pytest
from django.test import Client

from organisations.models import Role
from tests.published_house import House


@pytest.fixture
def manager(house: House, client: Client) -> Client:
    """The manager of Ward 7, signed in."""
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    return client
