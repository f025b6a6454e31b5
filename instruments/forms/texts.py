"""The many text fields of the editor: read without Django's form machinery, one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from instruments.actions.wording import NewText
from instruments.presenters.section_editor import place_named

MOST_FIELDS = 1500


@dataclass(frozen=True)
class Typed:
    """A text that was sent, and the name of its field."""

    name: str
    new: NewText


def typed_texts(post: Mapping[str, str]) -> Iterator[Typed]:
    """The texts that differ from what was shown; `seen-NAME` holds that."""
    for number, (name, text) in enumerate(post.items()):
        place = place_named(name)
        if place is None or number > 2 * MOST_FIELDS:
            continue
        seen = post.get(f"seen-{name}", "")
        if " ".join(text.split()) != " ".join(seen.split()):
            yield Typed(name, NewText(place, seen, text))
