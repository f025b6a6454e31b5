"""HTML of another program as plain text: its words are kept, what only dressed them is named.

No Django here. What looks like a tag and is none of HTML's stays text, such as `<name of ward>`.
Python's own parser takes minutes over a hostile megabyte; this reads every text once.
"""

import html
import re

from organisations.rules.plain_text import without_turns

# Their content is no text for people.
_SILENT = frozenset({"script", "style", "template"})
# A text that stands in one of these loses nothing with it.
_WRAPPERS = frozenset({"p", "div", "span"})
_BLOCK_NAMES = "br div h1 h2 h3 h4 h5 h6 hr li ol p table td th tr ul"
_OTHER_NAMES = (
    "a abbr audio b big blockquote button caption center code col colgroup em embed fieldset font "
    "form i iframe img input label legend mark object option pre s select small strike strong sub "
    "sup svg tbody textarea tfoot thead tt u video"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_TAGS = _SILENT | _WRAPPERS | _BLOCKS | frozenset(_OTHER_NAMES.split())
_COMMENT = "<!-- -->"
_MARK = re.compile(r"<!--[^<]*?-->|<(/?)([a-z][a-z0-9]*)((?:[\s/][^<>]*)?)>", re.IGNORECASE)


def plain(text: str) -> tuple[str, tuple[str, ...]]:
    """The words of a text, without signs that turn them, and the tags whose meaning went too."""
    words: list[str] = []
    lost: dict[str, None] = {}
    silent, at, is_wrapped = "", 0, False
    for mark in _MARK.finditer(text):
        ends, tag, rest = mark[1], (mark[2] or "").lower(), mark[3]
        if mark[2] is not None and tag not in _TAGS:
            continue
        if not silent:
            words.append(text[at : mark.start()])
        at = mark.end()
        if mark[2] is None:
            lost[_COMMENT] = None
        elif silent:
            silent = "" if ends and tag == silent else silent
        elif not ends:
            if tag in _WRAPPERS and not rest.strip(" /") and not is_wrapped:
                is_wrapped = True
            else:
                lost[f"<{tag}>"] = None
            silent = tag if tag in _SILENT and not rest.endswith("/") else ""
        if tag in _BLOCKS:
            words.append(" ")
    if not silent:
        words.append(text[at:])
    return without_turns(html.unescape("".join(words))).strip(), tuple(lost)
