from datetime import time

import pytest
from django.test import Client

from organisations.models import AuditEntry, Organisation
from tests.organisations.conftest import House

FILLED = {
    "name": "Merrowfield Hospitals",
    "time_zone": "Europe/London",
    "quiet_from": "20:00",
    "quiet_until": "08:00",
    "front_line_by_default": "yes",
}


def test_settings_are_shown_and_saved(office: Client, house: House) -> None:
    body = office.get(house.url("settings/")).content.decode()
    assert 'value="Europe/London" selected' in body and 'value="00:00"' in body
    changed = {
        **FILLED, "time_zone": "Asia/Kolkata", "quiet_from": "21.30", "front_line_by_default": "no",
    }  # fmt: skip
    assert office.post(house.url("settings/"), changed).status_code == 302
    organisation = Organisation.objects.get()
    assert organisation.time_zone == "Asia/Kolkata"
    assert organisation.quiet_from == time(21, 30)
    assert not organisation.front_line_by_default
    assert organisation.name_in_texts == "Merrowfield Hospitals"
    office.post(house.url("settings/"), {**FILLED, "text_name": " The  Merrow "})
    assert Organisation.objects.get().name_in_texts == "The Merrow"


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"name": ""}, "Enter the name of the organisation."),
        ({"name": "x" * 121}, "Name must be 120 characters or fewer"),
        ({"text_name": "x" * 25}, "Name in text messages must be 24 characters or fewer"),
        ({"time_zone": "Mars/Base"}, "Choose a time zone from the list."),
        ({"quiet_from": "25:00"}, "Enter a time, like 8pm"),
        ({"front_line_by_default": "perhaps"}, "Choose a wording."),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    office: Client, house: House, posted: dict[str, str], sentence: str
) -> None:
    before = Organisation.objects.values().get()
    response = office.post(house.url("settings/"), {**FILLED, **posted})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Organisation.objects.values().get() == before
    assert not AuditEntry.objects.exists()
