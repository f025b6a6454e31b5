"""What a respondent's browser sends, and links for every kind of sheet."""

import re
import secrets
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from instruments.models import Item
from organisations.rules import personal_links
from surveys.models import NamedResponse, SurveyUnit

FORM = "application/x-www-form-urlencoded"


def codes() -> list[str]:
    return list(
        Item.objects.order_by("section__position", "position").values_list("code", flat=True)
    )


def body(secret: str | None = None, **answers: str) -> str:
    """A whole sheet of threes where no answers are given."""
    fields = answers or dict.fromkeys(codes(), "3")
    return urlencode({"secret": secret or secrets.token_urlsafe(32), **fields})


def send(
    client: Client, address: str, data: str, *, script: bool = True, content_type: str = FORM
) -> Any:
    """Posts like the script, or like the plain form."""
    headers = {"accept": "application/json" if script else "text/html"}
    return client.post(address, data, content_type=content_type, headers=headers)


def secret_in(response: Any) -> str:
    found = re.search(r'name=secret [^>]*value="([^"]*)"', response.content.decode())
    assert found
    return found[1]


def named_link(unit: SurveyUnit, kind: str = "leaders", name: str = "Ward manager") -> str:
    sheet = NamedResponse.objects.create(survey_unit=unit, kind=kind, name=name)
    token = personal_links.token(
        purpose=personal_links.Purpose.NAMED_RESPONSE, source=sheet.link_source
    )
    sheet.token_hash = personal_links.token_hash(token)
    sheet.save()
    return f"/l/{token}"


def page_text(client: Client, address: str) -> str:
    return client.get(address).content.decode()
