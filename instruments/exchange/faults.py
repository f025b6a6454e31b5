"""Collects every fault of a file, each with its place, and checks single texts. No Django here."""

import re
import unicodedata
from collections.abc import Iterator

from instruments.rules.version_text import MOST_SECTIONS, MOST_STATEMENTS
from organisations.rules.plain_text import without_turns

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# Names of other fields on the answer page.
TAKEN = frozenset({"secret", "language", "device", "comment"})
MOST_FAULTS = 100
NO_TEXT = "expected some text."
_SPACES = re.compile(r"\s+")


def odd_character(text: str) -> str | None:
    """Why a text cannot be stored or shown, or None."""
    for character in text:
        if character == "\ufffd":
            return "holds � where a letter was lost: the file was saved in another encoding."
        if character in "\n\r\t":
            continue
        if unicodedata.category(character) in {"Cc", "Cs"} or character in "\ufffe\uffff":
            return f"holds a character that is no text (U+{ord(character):04X})."
    return None


def one_line(text: str) -> str:
    """The text with one space between words, none around them, and nothing that turns it."""
    return _SPACES.sub(" ", without_turns(text)).strip()


def on_lines(text: str) -> str:
    """The text with its lines ended in one way and no spaces around it."""
    return without_turns(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def too_long(text: str, longest: int) -> str:
    """The sentence about a text of more than `longest` characters."""
    return f"longer than {longest} characters ({len(text)})."


def code_fault(code: str) -> str | None:
    """Why a text is no code, or None."""
    if not CODE.fullmatch(code):
        return f"{code!r}: a code is letters, digits, dot, hyphen and underscore."
    if code.lower() in TAKEN:
        return f"{code} is taken by the answer page. Choose another code."
    return None


def language_fault(language: str) -> str | None:
    """Why a text is no language code, or None."""
    if LANGUAGE.fullmatch(language):
        return None
    return f"{language!r} is no language code such as en-GB or cy."


def scale_fault(minimum: int, maximum: int, labels: int) -> str | None:
    """Why this is no scale, or None: from 2 to 11 points near 0, and a label for each."""
    if not 1 <= maximum - minimum <= 10:
        return "a scale has from 2 to 11 points."
    if not -100 <= minimum <= 100:
        return "a scale begins between -100 and 100."
    if labels != maximum - minimum + 1:
        return f"expected {maximum - minimum + 1} labels, found {labels}."
    return None


def size_faults(sections: int, statements: int) -> Iterator[tuple[str, str]]:
    """What is wrong with these numbers of sections and statements: the field and a sentence."""
    if not sections or not statements:
        yield "sections", "there are no statements in this file."
    if sections > MOST_SECTIONS:
        yield "sections", f"more than {MOST_SECTIONS} sections."
    if statements > MOST_STATEMENTS:
        yield "items", f"more than {MOST_STATEMENTS} statements."


def code_from(title: object, longest: int = 30) -> str:
    """A code made from a title, for a file that gives none."""
    letters = re.sub(r"[^A-Za-z0-9]+", "-", title if isinstance(title, str) else "")
    return letters[:longest].strip("-") or "instrument"


class Faults:
    """All that is wrong with one file, in order; further faults after the first 100 are counted."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._sentences: list[str] = []
        self._more = 0

    def add(self, where: str, reason: str) -> None:
        """One fault: `where` such as `line 31, code`."""
        if len(self._sentences) < MOST_FAULTS:
            self._sentences.append(f"{where}: {reason}")
        else:
            self._more += 1

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every fault in the order it was found."""
        more = (f"and {self._more} more.",) if self._more else ()
        return (*self._sentences, *more)

    def text(
        self, where: str, value: str, longest: int, *, required: bool = True, lines: bool = False
    ) -> str:
        """The text without outer spaces, on one line unless `lines`; its faults are noted."""
        odd = odd_character(value)
        if odd:
            self.add(where, odd)
            return ""
        text = on_lines(value) if lines else one_line(value)
        if required and not text:
            self.add(where, NO_TEXT)
        elif len(text) > longest:
            self.add(where, too_long(text, longest))
        return text

    def code(self, where: str, value: str, seen: set[str], longest: int = 20) -> str:
        """A code that no other row has."""
        code = self.text(where, value, longest)
        if not code:
            return code
        if fault := code_fault(code):
            self.add(where, fault)
        elif code.lower() in seen:
            self.add(where, f"{code} is used twice.")
        seen.add(code.lower())
        return code

    def language(self, where: str, value: str) -> str:
        """A language code such as en-GB or cy."""
        language = self.text(where, value, 12)
        if language and (fault := language_fault(language)):
            self.add(where, fault)
        return language

    def scale(self, where: str, minimum: int, maximum: int, labels: int) -> None:
        """The scale's fault, if it has one."""
        if fault := scale_fault(minimum, maximum, labels):
            self.add(where, fault)

    def size(self, sections: int, statements: int) -> None:
        """The faults of a file with so many sections and statements."""
        for where, reason in size_faults(sections, statements):
            self.add(where, reason)
