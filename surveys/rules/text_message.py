"""One text message of at most 160 letters: who, what it is about, what to do, one link.

Where names are long it gives up what matters least first. No Django here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from organisations.rules.short_name import without_loose_end
from surveys.rules import gsm7

SHORTEST_UNIT = 12
_SENTENCES = re.compile(r"(?<=[.?!]) ")


@dataclass(frozen=True, slots=True)
class TextMessage:
    """The parts of a text message; `ask_less` and `said_less` take the places of `ask` and `said`
    where nothing else is left to give way.
    """

    organisation: str
    unit: str
    said: str
    ask: str
    ask_less: str
    link: str
    said_less: str = ""

    def fitted(self) -> str:
        """The whole text if it fits, else the first shorter one that does; the link stays whole."""
        for organisation, unit, said, ask in self._shorter():
            text = _joined(organisation, unit, said, ask, self.link)
            if gsm7.length(text) <= gsm7.MOST:
                return text
        said = self.said_less or self.said
        return _cut(self.unit, _sentences(said)[0], self.ask_less, self.link)

    def over(self) -> int:
        """By how much it is too long with all its sentences, whatever else gives way."""
        text = _joined("", shortest(self.unit), gsm7.plain(self.said), self.ask_less, self.link)
        return max(0, gsm7.length(text) - gsm7.MOST)

    def _shorter(self) -> Iterator[tuple[str, str, str, str]]:
        organisation, said = gsm7.plain(self.organisation), gsm7.plain(self.said)
        names = [short_unit(self.unit), *_fewer_words(short_unit(self.unit))]
        yield organisation, names[0], said, self.ask
        said = _sentences(said)[0]
        yield from ((organisation, one, said, self.ask) for one in _long(names))
        yield from (("", one, said, self.ask) for one in [*_long(names), *names])
        yield from (("", one, said, self.ask_less) for one in names)
        if self.said_less:
            said = gsm7.plain(self.said_less)
            yield from (("", one, said, self.ask_less) for one in names)


def short_unit(name: str) -> str:
    """`Ward 7` for `Ward 7 – care of older people`, in the letters of a text message."""
    return gsm7.plain(re.split(r" [–—-] |[,(]", name)[0]).strip() or gsm7.plain(name).strip()


def shortest(name: str) -> str:
    """A unit's name with as few words as it may have."""
    return [short_unit(name), *_fewer_words(short_unit(name))][-1]


def _fewer_words(name: str) -> list[str]:
    """The name with one word less each time."""
    found, words = [], name.split()
    while len(words) > 1:
        words = without_loose_end(words[:-1]) or words[:1]
        found.append(" ".join(words))
    return found


def _long(names: Sequence[str]) -> list[str]:
    """The name itself, and its shorter ones that are not shorter than a dozen letters."""
    return [one for one in names if one == names[0] or len(one) >= SHORTEST_UNIT]


def _sentences(said: str) -> list[str]:
    return _SENTENCES.split(gsm7.plain(said))


def _joined(organisation: str, unit: str, said: str, ask: str, link: str) -> str:
    who = ", ".join(one for one in (organisation, unit) if one)
    return f"{who}: {_spaced(said, gsm7.plain(ask), link)}"


def _spaced(*parts: str) -> str:
    return " ".join(one for one in parts if one)


def _cut(unit: str, said: str, ask: str, link: str) -> str:
    """What no rule foresaw, such as a name of one long word: letters go, the link never does."""
    end = _spaced(gsm7.plain(ask), link)
    said = _first(said, gsm7.MOST - gsm7.length(end) - SHORTEST_UNIT - 3)
    what = _spaced(said, end)
    return f"{_first(short_unit(unit), gsm7.MOST - gsm7.length(what) - 2)}: {what}"


def _first(text: str, room: int) -> str:
    """As many of its first letters as take this room."""
    while gsm7.length(text) > max(room, 0):
        text = text[:-1]
    return text.rstrip()
