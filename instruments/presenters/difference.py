"""Two texts word by word: what was taken out, what was put in. No Django here."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")


@dataclass(frozen=True)
class Piece:
    """Words that stayed ("same"), were taken out ("out") or put in ("in")."""

    kind: str
    text: str


def _tokens(text: str) -> list[str]:
    return _WORDS.findall(text)


def word_by_word(before: str, after: str) -> list[Piece]:
    """The later text with what was taken out and put in, in reading order."""
    old, new = _tokens(before), _tokens(after)
    found: list[Piece] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            _put(found, "same", "".join(new[j1:j2]))
            continue
        _put(found, "out", "".join(old[i1:i2]))
        _put(found, "in", "".join(new[j1:j2]))
    return _joined(found)


def _put(found: list[Piece], kind: str, text: str) -> None:
    if text:
        found.append(Piece(kind, text))


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Only a space between two changes is no island: one change reads better than two."""
    joined: list[Piece] = []
    place = 0
    while place < len(pieces):
        out, put = "", ""
        while place < len(pieces):
            piece = pieces[place]
            island = (
                piece.kind == "same"
                and not piece.text.strip()
                and (out or put)
                and place + 1 < len(pieces)
            )
            if piece.kind == "same" and not island:
                break
            out += piece.text if piece.kind in ("out", "same") else ""
            put += piece.text if piece.kind in ("in", "same") else ""
            place += 1
        _put(joined, "out", out)
        _put(joined, "in", put)
        if place < len(pieces):
            joined.append(pieces[place])
            place += 1
    return joined
