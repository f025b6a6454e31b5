"""The README's pictures, of a demonstration that `./dev run` has started.

`./dev pictures http://127.0.0.1:8000`; look at them before they are committed.
"""

import sys

from playwright.sync_api import Browser, Page, sync_playwright

from devtools import ROOT
from devtools.chromium import launch_options

PHONE, DESK = (390, 664), (1040, 1720)
# The statement that is shown, and after which the first section has ended.
STATEMENT, SECTION_ENDS = 14, 11


def _opened(browser: Browser, address: str, size: tuple[int, int], unit: str, link: str) -> Page:
    """What the newest survey of this unit has behind this link of the demonstration's page."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{address}/demo")
    page.locator("li", has_text=unit).get_by_role("link", name=link).first.click()
    return page


def _statement(browser: Browser, address: str) -> Page:
    page = _opened(browser, address, PHONE, "Ward 7", "answer using the poster link")
    page.get_by_role("button", name="Start on my own phone or device").click()
    for number in range(1, STATEMENT):
        page.wait_for_function("(title) => document.title.startsWith(title)", arg=f"{number} of ")
        page.wait_for_timeout(400)  # nobody reads faster, and a late tap is none
        page.locator("#rows input[value='3']").click(force=True)
        page.mouse.move(0, 0)
        if number == SECTION_ENDS:
            page.get_by_role("button", name="Continue").click(delay=400)
    page.wait_for_function("(title) => document.title.startsWith(title)", arg=f"{STATEMENT} of ")
    return page


def main() -> int:
    """Takes them; 2 without an address."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    address = sys.argv[1].rstrip("/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        pages = {
            "phone": _statement(browser, address),
            "result": _opened(browser, address, DESK, "Ward 9", "team page"),
        }
        for name, page in pages.items():
            page.screenshot(path=ROOT / "docs" / "pictures" / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
