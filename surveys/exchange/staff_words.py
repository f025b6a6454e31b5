"""What cells of a staff list say about language and nights. No Django here."""

import re

from organisations.rules.plain_text import one_line, word_set

LANGUAGES = {
    "en-GB": ("en", "en-gb", "eng", "english", "saesneg"),
    "cy": ("cy", "cy-gb", "welsh", "cymraeg"),
}
_LANGUAGE_OF = {word: tag for tag, words in LANGUAGES.items() for word in words}
_YES = word_set("yes y true 1 x ✓ ✔ ydw ie always")  # words: quote
_NO = frozenset(
    ("", "no", "n", "false", "0", "-", "–", "—", "na", "n/a", "nac ydw", "never", "nil")
)
_BOTH = word_set("mixed rotating rotational rotation rotates rotate internal both")
_NIGHT = word_set("night nights nos nosau nightshift nightshifts")
_DAY = word_set("day days early earlies late lates morning mornings evening evenings")
_BESIDE = word_set(
    "shift shifts staff duty duties only permanent perm long working worker works work and or "
    "full time part twilight weekday weekdays pattern & the on"
)
_NOT = word_set("no not never without non except")
# Without a heading these say nothing of nights; the first few might.
YES_ALONE = re.compile(r"(?:y|yes|x|true|1|✓|✔|ydw|ie|always)", re.IGNORECASE)
ALONE = re.compile(
    rf"(?:{YES_ALONE.pattern}|no?|false|0|-|–|—|na|n/a|nac ydw|nil|never)", re.IGNORECASE
)
_BEHIND_NAME = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(.+?)[\s,]*[(\[]([^()\[\]]+)[)\]]",
        r"(.+?)\s+[–—-]\s+([^–—-]+)",
        r"(.+?)[\s,(–-]+((?:(?:works?|on|perm(?:anent)?|only) )*nights?"
        r"(?: shifts?| staff| duty| only)?)\)?",
    )
)
_ABOUT_NIGHTS = re.compile(r"\b(?:nights?|night-?shifts?|nosau)\b", re.IGNORECASE)


def language_of(text: str) -> str:
    """The tag of a language that messages are in; nothing for any other text."""
    return _LANGUAGE_OF.get(text.casefold().strip(" .()"), "")


def only_language_in(text: str) -> str:
    """The one language that a longer text names, such as `Welsh please`; or nothing."""
    tags = {language_of(word) for word in re.findall(r"[^\W\d]+", text)} - {""}
    return tags.pop() if len(tags) == 1 else ""


def nights_of(text: str) -> bool | None:
    """Whether somebody works nights; None where that cannot be read, or is quoted to be asked."""
    plain = text.casefold().strip(" .()")
    if plain.startswith("“"):
        return None
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    words = set(re.findall(r"[^\W\d]+|&", plain))
    known = _NIGHT | _DAY | _BOTH | _BESIDE | _NOT | _YES
    if not words or words - known or any(map(str.isdigit, plain)):
        return None
    if words & _NOT:
        return None if words & _DAY else False if words & _NIGHT else None
    if words & (_NIGHT | _BOTH):
        return True
    return False if words & _DAY else None


def shift_behind(name: str) -> tuple[str, str]:
    """A name, and the shift that stands behind it: `Ann (perm nights)`, `Ann – days`; or none."""
    for pattern in _BEHIND_NAME:
        ends = pattern.fullmatch(name)
        if ends and is_shift(ends[2]):
            return ends[1].rstrip(" ,("), ends[2]
    return name, ""


def is_about_nights(text: str) -> bool:
    """Whether a text speaks of nights, whatever it says of them."""
    return bool(_ABOUT_NIGHTS.search(text))


def is_shift(text: str) -> bool:
    """Whether a text says by itself that somebody works nights, or that they do not."""
    return nights_of(text) is not None and not ALONE.fullmatch(text.strip())


def nights_of_title(text: str) -> str:
    """What a title says of nights for the rows below it, in quotes if only a person can tell."""
    if is_shift(text):
        return text if nights_of(text) else ""
    return f"“{one_line(text)[:60]}”" if is_about_nights(text) else ""
