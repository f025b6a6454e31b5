import re
from html import unescape

import pytest
from django.test import Client

from tests.instruments.shipped import shipped_document


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", "", response.content.decode())).split())


def test_about_quotes_the_source_verbatim(client: Client) -> None:
    ffit = shipped_document()["instrument"]
    page = text_of(client, "/about")
    assert ffit["notice"] in page
    assert ffit["purpose"] in page
    assert ffit["source"] in page


def test_privacy_promises_what_the_design_promises_and_no_more(client: Client) -> None:
    page = text_of(client, "/privacy")
    assert "Your answers stay locked until the survey closes" in page
    assert "How someone might still be able to tell" in page
    assert "anonym" not in page.lower()


@pytest.mark.parametrize("address", ["/privacy", "/accessibility", "/about", "/help"])
def test_public_pages_set_no_cookie_and_take_no_post(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert client.post(address).status_code == 405
