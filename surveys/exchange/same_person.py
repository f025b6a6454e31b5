"""Whether two rows with one address can be one person. No Django here."""

import re
import unicodedata

from organisations.rules.plain_text import word_set
from surveys.exchange.addresses import Address

_TITLES = word_set("mr mrs ms miss mx dr prof sister sr matron nurse rn")


def clash(one: Address, other: Address) -> bool:
    """They differ in name, e-mail or mobile, where both say one: several people, or a slip."""
    return (
        _differ(one.email, other.email)
        or _differ(one.mobile, other.mobile)
        or not may_be_one_name(one.name, other.name)
    )


def may_be_one_name(one: str, other: str) -> bool:
    """`Lee, Ann`, `Ann Lee`, `A. Lee` and `Ann` may be one; `Ann Lee` and `Bob Lee` are two."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    left = list(longer)
    for word in shorter:
        match = next((w for w in left if w == word), None) or next(
            (w for w in left if len(w) == 1 or len(word) == 1 if w[0] == word[0]), None
        )
        if match is None:
            return False
        left.remove(match)
    return True


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’")
    return [word for word in re.findall(r"\w+", letters) if word not in _TITLES]
