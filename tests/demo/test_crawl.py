"""What a seed draws it draws again, whatever keys and codes the demonstration has that time."""

import os
import subprocess
import sys

from django.http import HttpResponse

from devtools import ROOT
from tests.demo.crawl import MOST_OF_A_KIND, crawl


class Site:
    """Wards with the keys and codes of one run; each page says what it is."""

    def __init__(self, keys: list[int], codes: list[str]) -> None:
        links = "".join(f'<a href="/o/merrowfield/units/{key}/"></a>' for key in keys)
        links += "".join(f'<a href="/w/{code}"></a>' for code in codes)
        self.pages = {"/": links}
        self.pages |= {f"/o/merrowfield/units/{key}/": f"unit {n}" for n, key in enumerate(keys)}
        self.pages |= {f"/w/{code}": f"ward {n}" for n, code in enumerate(codes)}

    def get(self, address: str) -> HttpResponse:
        return HttpResponse(self.pages[address])


def opened(site: Site) -> list[str]:
    found = crawl(site, start="/", most_of_a_kind=MOST_OF_A_KIND)  # type: ignore[arg-type]
    return [site.pages[address] for address, *_ in found if address != "/"]


def test_the_same_pages_whatever_their_keys_and_codes() -> None:
    codes = ["b-" + letter for letter in "abcdefgh"]
    one = opened(Site(list(range(1, 10)), codes))
    assert len(one) == 2 * MOST_OF_A_KIND
    assert opened(Site(list(range(94, 103)), codes[::-1])) == one


def test_a_seed_that_is_given_is_the_one_of_the_test() -> None:
    asked = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import django; django.setup()\nfrom tests.demo.crawl import SEED\nprint(SEED)",
        ],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "FFIT_TEST_SEED": "again"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.splitlines()[-1] == "again"
