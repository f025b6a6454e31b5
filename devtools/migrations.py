"""`./dev migrations`: writes each app's first migration anew, as long as none is released.

Until 0.9.0 a changed model changes the first migration in place. Django writes it, app by app from
the ground up (all at once it would cut some in two); what is written by hand stays as it is.
"""

import importlib
import sys
import tomllib
from pathlib import Path

from devtools import ROOT
from devtools.floors import APPS
from devtools.offline import apps_loaded
from devtools.steps import Refused, step

FIRST = "0001_initial.py"


def refuse_if_released(version: str) -> None:
    """What somebody's data was made by is never rewritten."""
    if not version.startswith("0.9.0.dev"):
        raise Refused(
            f"{version} is released, so its migrations stay. "
            "Add one: ./dev manage makemigrations APP"
        )


def folders() -> list[Path]:
    """Where the migrations of each app that keeps rows are, from the ground up."""
    kept = [ROOT / app / "migrations" for app in reversed(APPS)]
    return [folder for folder in kept if folder.exists()]


def written_in(place: list[Path]) -> dict[Path, bytes]:
    """Every migration in these folders."""
    return {file: file.read_bytes() for folder in place for file in folder.glob("0*.py")}


def write(place: list[Path]) -> None:
    """Writes the first of each folder anew; where Django refuses, everything is put back."""
    from django.core.management import call_command

    before = written_in(place)
    try:
        for file in before:
            file.unlink()
        for folder in place:
            app = folder.parent.name
            importlib.invalidate_caches()
            with step(app):
                call_command("makemigrations", app, verbosity=0, include_header=False)
    except BaseException:
        for file in written_in(place):
            file.unlink()
        for file, content in before.items():
            file.write_bytes(content)
        raise
    for file, content in before.items():
        if file.name != FIRST:
            file.write_bytes(content)


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    try:
        refuse_if_released(project["version"])
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    with apps_loaded():
        write(folders())
    print("Where they changed, data of before is refused: move it away and start again.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
