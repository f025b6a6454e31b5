"""Names as short as a text message needs them, cut to whole words. No Django here."""

from collections.abc import Sequence

LONGEST_TEXT_NAME = 24
_OF_ITS_KIND = frozenset({"nhs", "foundation", "trust"})
_NO_END = frozenset({"of", "and", "the", "for", "to"})


def short_name(name: str) -> str:
    """A trust's name as people say it: `Merrowfield Hospitals` without `NHS Foundation Trust`."""
    words = [one for one in name.split() if one.strip(",()").lower() not in _OF_ITS_KIND]
    words = without_loose_end(words) or name.split()
    while len(words) > 1 and len(" ".join(words)) > LONGEST_TEXT_NAME:
        words = without_loose_end(words[:-1]) or words[:1]
    return " ".join(words)[:LONGEST_TEXT_NAME].strip(" ,")


def without_loose_end(words: Sequence[str]) -> list[str]:
    """Without a number or a small word at their end: `Ward 7 and` and `Bay 2` would mislead."""
    kept = list(words)
    while kept and (kept[-1].strip(",").lower() in _NO_END or kept[-1].strip(",").isdecimal()):
        kept.pop()
    return kept
