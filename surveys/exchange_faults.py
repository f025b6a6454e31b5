"""Collects every fault of a file, each with its place, and checks single texts. No Django here."""

import re
import unicodedata

from surveys.exchange_version import MOST_SECTIONS, MOST_STATEMENTS

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# Names of other fields on the answer page.
TAKEN = frozenset({"secret", "language", "device", "comment"})
MOST_FAULTS = 100
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
        text = value.strip() if lines else _SPACES.sub(" ", value).strip()
        if required and not text:
            self.add(where, "expected some text.")
        elif len(text) > longest:
            self.add(where, f"longer than {longest} characters ({len(text)}).")
        return text

    def code(self, where: str, value: str, seen: set[str], longest: int = 20) -> str:
        """A code that no other row has."""
        code = self.text(where, value, longest)
        if not code:
            return code
        if not CODE.fullmatch(code):
            self.add(where, f"{code!r}: a code is letters, digits, dot, hyphen and underscore.")
        elif code.lower() in TAKEN:
            self.add(where, f"{code} is taken by the answer page. Choose another code.")
        elif code.lower() in seen:
            self.add(where, f"{code} is used twice.")
        seen.add(code.lower())
        return code

    def language(self, where: str, value: str) -> str:
        """A language code such as en-GB or cy."""
        language = self.text(where, value, 12)
        if language and not LANGUAGE.fullmatch(language):
            self.add(where, f"{language!r} is no language code such as en-GB or cy.")
        return language

    def scale(self, where: str, minimum: int, maximum: int, labels: int) -> None:
        """A scale has from 2 to 11 points near 0, and a label for each."""
        if not 1 <= maximum - minimum <= 10:
            self.add(where, "a scale has from 2 to 11 points.")
        elif not -100 <= minimum <= 100:
            self.add(where, "a scale begins between -100 and 100.")
        elif labels != maximum - minimum + 1:
            self.add(where, f"expected {maximum - minimum + 1} labels, found {labels}.")

    def size(self, sections: int, statements: int) -> None:
        """An instrument has at least one section and one statement, and not too many."""
        if not sections or not statements:
            self.add("sections", "there is no statement in this file.")
        if sections > MOST_SECTIONS:
            self.add("sections", f"more than {MOST_SECTIONS} sections.")
        if statements > MOST_STATEMENTS:
            self.add("items", f"more than {MOST_STATEMENTS} statements.")
