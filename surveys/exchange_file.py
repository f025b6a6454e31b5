"""Any file that people bring: JSON, XLSX or LimeSurvey's structure, told apart by content.

No Django here.
"""

from pathlib import Path

from surveys.exchange_faults import Faults
from surveys.exchange_json import read_json
from surveys.exchange_limesurvey import read_limesurvey
from surveys.exchange_version import Found
from surveys.exchange_xlsx import read_xlsx

LARGEST = 4_000_000
LARGEST_JSON = 1_000_000
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def _refused(name: str, reason: str) -> Found:
    return Found(None, (), (f"{name}: {reason}",))


def _is_utf16(content: bytes) -> bool:
    start = content[:200]
    return content.startswith((b"\xff\xfe", b"\xfe\xff")) or (
        len(start) > 3 and start.count(0) >= len(start) // 3
    )


def decoded(content: bytes) -> tuple[str, str]:
    """The text, or the reason why there is none."""
    if _is_utf16(content):
        return "", "saved in UTF-16. Save it as UTF-8 and try again."
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return "", f"line {line}: not in UTF-8 (byte {error.start + 1}). Save it as UTF-8."


def read_content(content: bytes, name: str) -> Found:
    """What the file `name` with this content holds."""
    if len(content) > LARGEST:
        return _refused(name, "larger than 4 MB, so it is no instrument.")
    if not content.strip():
        return _refused(name, "the file is empty.")
    if content.startswith(ZIP):
        return read_xlsx(content, name)
    if content.startswith(OLD_EXCEL):
        return _refused(
            name, "saved by an old Excel, or locked. Save it as .xlsx, without password."
        )
    text, reason = decoded(content)
    if reason:
        return _refused(name, reason)
    head = text.lstrip()[:1]
    if head in "{[" or name.lower().endswith(".json"):
        if len(content) > LARGEST_JSON:
            return _refused(name, "larger than 1 MB, so it is no instrument.")
        return read_json(text, name)
    first = text.lstrip("\n\r").split("\n", 1)[0]
    if "\t" in first:
        return read_limesurvey(text, name)
    return _refused(
        name, "neither JSON, nor a spreadsheet (.xlsx), nor LimeSurvey’s tab-separated structure."
    )


def read_path(path: Path) -> Found:
    """What the file at a path holds; never reads more than 4 MB."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        faults = Faults(path.name)
        faults.add(path.name, f"cannot be read ({error.strerror}).")
        return Found(None, (), faults.sentences)
    return read_content(content, path.name)
