"""Going through a debrief by its pages."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests.published_house import House

DECIDED = {
    "choice": "strengthen",
    "reason": "Nights must know first.",
    "teller": "The night sister",
    "names_itself": "on",
}


def start(client: Client, house: House, name: str = "Day team") -> str:
    """The address under which the meeting lies."""
    answer = client.post(f"{house.address()}debrief/", {"kind": "team", "name": name})
    assert answer.status_code == 302
    return str(answer["Location"]).removesuffix("steps/rules")


def text(client: Client, address: str, status: int = 200) -> str:
    """A page's text."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def publish_long_ago(house: House) -> None:
    """A result that was published weeks ago."""
    house.result.published_at = timezone.now() - timedelta(days=20)
    house.result.save(update_fields=["published_at"])
