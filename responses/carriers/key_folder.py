"""A folder of private keys: only the counting worker is given one, or two on two disks.

A key's file is named for its survey and its public half, so a survey number used again after a
restore can never meet another survey's key.
"""

import hashlib
import os
from pathlib import Path

from responses.rules import ballot_box


class KeyLost(Exception):
    """A survey's private key is missing, damaged or not its own; the text says which."""


def file_of(folder: Path, *, survey_id: int, public_key: bytes) -> Path:
    """Where this survey's key stands."""
    return folder / f"{survey_id}-{hashlib.sha256(public_key).hexdigest()[:24]}.key"


def keep(folder: Path, *, survey_id: int, private_key: bytes) -> Path:
    """Writes the key so that it is there whole after a power cut, for our user alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = file_of(folder, survey_id=survey_id, public_key=ballot_box.public_key_of(private_key))
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(private_key)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _settle(folder)
    return path


def read(folder: Path, *, survey_id: int, public_key: bytes) -> bytes:
    """The private key, read from disk and seen to be the survey's own; else `KeyLost`."""
    try:
        private_key = file_of(folder, survey_id=survey_id, public_key=public_key).read_bytes()
    except FileNotFoundError as error:
        raise KeyLost("its key is not in the key folder") from error
    except OSError as error:
        raise KeyLost(f"its key cannot be read ({error.strerror})") from error
    if len(private_key) != len(public_key) or ballot_box.public_key_of(private_key) != public_key:
        raise KeyLost("its key file is damaged")
    return private_key


def destroy(folder: Path, *, survey_id: int, public_key: bytes) -> None:
    """Removes the key; one that is gone already is no fault."""
    file_of(folder, survey_id=survey_id, public_key=public_key).unlink(missing_ok=True)
    if folder.exists():
        _settle(folder)


def destroy_strays(folder: Path, *, survey_id: int, keeping: Path) -> None:
    """Removes keys of preparations that died before the survey knew them: nothing was sealed."""
    for path in folder.glob(f"{survey_id}-*"):
        if path != keeping:
            path.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
