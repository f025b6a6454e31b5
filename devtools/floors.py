"""The floors as the import contract names them: the one list that tools and tests read."""

import tomllib

from devtools import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]
# From the top; apps that share a line do not know each other.
FLOORS = [tuple(line.split(" | ")) for line in CONTRACTS[0]["layers"] if line != "ffit_site"]
APPS = [app for floor in FLOORS for app in floor]
# From the top; the names that share a line do not know each other.
LAYERS = [tuple(name.strip("() ") for name in line.split(":")) for line in CONTRACTS[1]["layers"]]
