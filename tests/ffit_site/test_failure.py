"""What stands outside a page and fails: text that no database may be asked about."""

import pytest
from django.db import DataError
from django.test import Client, RequestFactory

from ffit_site.failure import FailureMiddleware, failed
from ffit_site.gate import UNREADABLE
from organisations.models import Role
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        *("/o/{slug}/units?q=%00", "/o/{slug}/units?q=a%00b", "/o/{slug}/audit?action=%00"),
        *("/o/{slug}/actions?show=%00", "/account/login/?next=%00", "/w/abc?lang=%00"),
        "/o/{slug}/people?%00=1",
    ],
)
def test_nul_in_an_address_is_refused(client: Client, address: str) -> None:
    held = MembershipFactory.create(role=Role.ADMINISTRATOR)
    client.force_login(held.user)
    answer = client.get(address.format(slug=held.organisation.slug))
    assert (answer.status_code, answer.text) == (400, UNREADABLE)


def test_nul_that_reaches_the_database_is_refused() -> None:
    middleware = FailureMiddleware(lambda request: pytest.fail("not called"))
    request = RequestFactory().post("/")
    told = DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    answer = middleware.process_exception(request, told)
    assert answer is not None
    assert answer.status_code == 400
    assert middleware.process_exception(request, DataError("value too long")) is None


def test_a_fault_is_said_in_letters_that_a_browser_reads(rf: RequestFactory) -> None:
    answer = failed(rf.get("/"))
    assert (answer.status_code, answer["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert "there’s a problem" in answer.content.decode()
