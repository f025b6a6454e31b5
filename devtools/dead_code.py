"""Code that nothing names: neither Python nor a template nor the settings. Tests do not count.

vulture reads Python alone; what a template or a dotted path in the settings calls is told to it.
It is asked of functions, classes, methods and properties: a field may be there to be kept, and
ruff knows the imports.
"""

import re
import sys

from vulture import Vulture
from vulture.config import make_config

from devtools import ROOT

KINDS = {"class", "function", "method", "property", "unreachable_code"}


def names_elsewhere() -> set[str]:
    """What templates name inside their marks, and settings in strings."""
    marks = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
    told = [
        mark
        for page in (ROOT / "templates").rglob("*.*")
        for mark in marks.findall(page.read_text("utf-8"))
    ]
    told += re.findall(r'"[\w.]+"', (ROOT / "ffit_site/settings.py").read_text("utf-8"))
    return {name for text in told for name in re.findall(r"[A-Za-z_]\w*", text)}


def main() -> int:
    """A line for each; 1 if there is one."""
    config = make_config(argv=["--config", str(ROOT / "pyproject.toml")])
    vulture = Vulture(
        ignore_names=config["ignore_names"], ignore_decorators=config["ignore_decorators"]
    )
    vulture.scavenge([str(ROOT / path) for path in config["paths"]], exclude=config["exclude"])
    known = names_elsewhere()
    dead = [
        item for item in vulture.get_unused_code() if item.typ in KINDS and item.name not in known
    ]
    for item in dead:
        print(f"{item.filename.relative_to(ROOT)}:{item.first_lineno}: {item.typ} {item.name}")
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
