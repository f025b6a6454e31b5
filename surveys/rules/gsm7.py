"""The letters of a text message (GSM 03.38). Outside them a message costs more than twice as much.

No Django here.
"""

import unicodedata

MOST = 160
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("^{}\\[~]|€")
_PLAIN = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}


def plain(text: str) -> str:
    """The text on one line in those letters: `â` becomes `a`, a dash a hyphen, else `?`."""
    letters = "".join(_letter(one) for one in " ".join(text.split()))
    return " ".join(letters.split())  # an accent of its own leaves a space


def _letter(letter: str) -> str:
    if letter in _BASIC or letter in _DOUBLE:
        return letter
    if letter in _PLAIN:
        return _PLAIN[letter]
    base = "".join(one for one in unicodedata.normalize("NFKD", letter) if one in _BASIC)
    return base or "?"


def strange(text: str) -> str:
    """The letters of a text that no text message has and that would be lost, each once."""
    return "".join(
        dict.fromkeys(
            one for one in text if _letter(one) == "?" and one != "?" and not one.isspace()
        )
    )


def length(text: str) -> int:
    """How much of the 160 a text takes; a few signs count twice."""
    return sum(2 if one in _DOUBLE else 1 for one in text)
