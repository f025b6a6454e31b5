"""The FFIT as it is shipped."""

import json
from functools import cache
from typing import Any

from instruments.exchange.read_file import SHIPPED_FFIT, read_path
from instruments.rules.version_text import VersionText


@cache
def shipped_ffit() -> VersionText:
    """The whole file as a version."""
    found = read_path(SHIPPED_FFIT)
    assert found.version is not None
    assert (found.errors, found.not_carried) == ((), ())
    return found.version


def shipped_document() -> Any:
    """The file's JSON, to be changed."""
    return json.loads(SHIPPED_FFIT.read_text("utf-8"))
