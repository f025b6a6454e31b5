"""The demonstration's sample, made once for all tests of a module; each finds it as it was made."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests import servers
from tests.conftest import look_at_records


@pytest.fixture(scope="module")
def sample(
    _valkey: servers.Server, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """In the database until the module's tests have ended, who all need it."""
    _valkey.start()
    with django_db_blocker.unblock():
        try:
            look_at_records()
            call_command("load_instrument")
            call_command("seed_demo")
            yield
        finally:
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False)


@pytest.fixture
def seeded(sample: None, db: None) -> None:
    """What a test changes goes with it."""
