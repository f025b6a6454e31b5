"""Any file that people bring: JSON, XLSX, an XLSForm or LimeSurvey's structure, told by content.

What we do not read is named by `other_programs`, with what to bring instead.

No Django here.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from instruments.exchange.faults import Faults
from instruments.exchange.limesurvey_rows import Record, read_table, structure_of
from instruments.exchange.limesurvey_xml import read_survey_xml
from instruments.exchange.other_programs import QUALTRICS, named_text, named_zip
from instruments.exchange.read_json import read_json
from instruments.exchange.read_xlsx import read_xlsx
from instruments.exchange.survey_version import version_of
from instruments.rules.version_text import Found

SHIPPED_FFIT = Path(__file__).resolve().parents[1] / "data" / "ffit.json"
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
        return _refused(name, "larger than 4MB. An instrument file must be smaller.")
    if not content.strip():
        return _refused(name, "the file is empty.")
    if content.startswith(ZIP):
        other = named_zip(content)
        return _refused(name, other) if other else read_xlsx(content, name)
    if content.startswith(OLD_EXCEL):
        return _refused(
            name, "saved by an old Excel, or locked. Save it as .xlsx, without password."
        )
    text, reason = decoded(content)
    if reason:
        return _refused(name, reason)
    start = text.lstrip()
    if start.startswith(("{", "[")) and not start.startswith(("{\\", "[[")):
        return _json(content, text, name)
    if start.startswith("<") and "<LimeSurveyDocType>" in start[:2000]:
        return _survey(read_survey_xml, text, name)
    if name.lower().endswith(".json"):
        return _json(content, text, name)
    head = text.lstrip("\n\r").split("\n", 1)[0].lower()
    is_structure = "\t" in head and "class" in (cell.strip('" \r') for cell in head.split("\t"))
    if not is_structure and (other := named_text(text)):
        return _refused(name, other)
    if "\t" in head:
        return _survey(read_table, text, name)
    return _refused(
        name,
        "neither JSON, nor a spreadsheet (.xlsx), nor LimeSurvey’s structure (.lss or "
        "tab-separated values).",
    )


def _json(content: bytes, text: str, name: str) -> Found:
    if len(content) > LARGEST_JSON and '"SurveyEntry"' in text[:2000]:
        return _refused(name, QUALTRICS)
    if len(content) > LARGEST_JSON:
        return _refused(name, "larger than 1 MB, so it is no instrument.")
    return read_json(text, name)


def _survey(read: Callable[[str, Faults], Iterator[Record]], text: str, name: str) -> Found:
    faults = Faults(name)
    return version_of(structure_of(read(text, faults), faults), name, faults)


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
