"""A copy of the site's tick beside the keys, which no backup has: older records lag behind it."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "clock"


@dataclass(frozen=True, slots=True, order=True)
class Clock:
    """How far the site was; later ones are greater."""

    generation: int
    tick: int


def read(folder: Path) -> Clock | None:
    """What the folder knows; None where it knows nothing that can be read."""
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Clock(int(kept["generation"]), int(kept["tick"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(folder: Path, clock: Clock) -> None:
    """Keeps it whole, also through a power cut."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{NAME}.{os.getpid()}"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(clock), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / NAME)
