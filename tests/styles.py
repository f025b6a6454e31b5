"""Which looks the classes of a page have: asked of each page that the access matrix opens."""

import re
from functools import cache

from devtools import MADE

STATIC = MADE / "static"
SHEETS = ["forms", "site", "fieldwork", "instruments", "results", "debriefs"]


@cache
def classes_of(sheet: str) -> frozenset[str]:
    """The classes that a built sheet gives a look."""
    css = (STATIC / f"{sheet}.css").read_text("utf-8")
    return frozenset(re.findall(r"\.(-?[A-Za-z_][\w-]*)", css))


def unstyled(html: str) -> set[str]:
    """Classes of a page that only a sheet which it does not load gives a look."""
    loaded = set(re.findall(r'<link rel="stylesheet" href="[^"]*?(\w+)(?:\.\w+)?\.css"', html))
    if "site" not in loaded:
        return set()
    named = {name for value in re.findall(r'\bclass="([^"]*)"', html) for name in value.split()}
    styled: set[str] = set().union(*(classes_of(sheet) for sheet in loaded & set(SHEETS)))
    elsewhere: set[str] = set().union(*(classes_of(sheet) for sheet in SHEETS)) - styled
    return named & elsewhere
