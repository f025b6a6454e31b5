"""The answer page in WebKit, which is the engine of every iPhone."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.browser.answering import ALL
from tests.browser.test_answer_layout import EVERY, FEW, LOOK, MORE, document, everything_fits
from tests.browser.webkit import PACKAGES, WebKit, missing, webkit

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db,
    pytest.mark.skipif(missing(), reason=f"WebKit is missing: apt-get install {PACKAGES}"),
]
__all__ = ["document"]


@pytest.fixture(scope="module")
def browser() -> Iterator[WebKit]:
    with webkit() as found:
        yield found


@pytest.mark.parametrize("document", EVERY, indirect=True, ids=lambda one: "-".join(one))
def test_in_every_wording_and_window(browser: WebKit, document: str, client: Client) -> None:
    helps = document.count("<details><summary>Help</summary>")
    for size in (*FEW, *MORE):
        browser.frame(document, *size)
        assert browser.run(f"return ({LOOK})()") == everything_fits(helps), size


@pytest.mark.parametrize("document", EVERY[:1], indirect=True)
def test_right_to_left(browser: WebKit, document: str) -> None:
    for size in FEW:
        browser.frame(document.replace("<html ", "<html dir=rtl ", 1), *size)
        found = browser.run(f"return ({LOOK})()")
        assert (found["shown"], found["faults"]) == (ALL, []), size
