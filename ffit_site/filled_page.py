"""A page's form with what somebody typed before, put into the HTML that the page would show anyway.

No form needs to know of this, and nothing that was typed is acted on: the page came by GET.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

Typed = Mapping[str, Sequence[str]]
_TICKED = ("checkbox", "radio")
_LEFT_ALONE = ("hidden", "file", "password", "submit", "button", "image", "reset")


@dataclass(slots=True)
class _Form:
    """A form of the page: its fields' names, and what would be written where."""

    action: str
    names: set[str] = field(default_factory=set)
    same: int = 0
    edits: list[tuple[int, int, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Finds the forms that post, and prepares the edits of each."""

    def __init__(self, page: str, typed: Typed) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[_Form] = []
        self.main = 0
        self._typed = typed
        self._form: _Form | None = None
        self._select = self._textarea = ""
        self._inside = 0
        self._lines = [0]
        for line in page.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self.feed(page)
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a field of a form, and how it would be with what was typed."""
        given = dict(attrs)
        start = self._at()
        end = start + len(self.get_starttag_text() or "")
        name = given.get("name") or ""
        if tag == "main":
            self.main = end
        elif tag == "form":
            posts = (given.get("method") or "").lower() == "post"
            self._form = _Form(given.get("action") or "") if posts else None
        elif self._form is None:
            return
        elif tag == "input" and name:
            self._input(self._form, given, name, start, end)
        elif tag == "textarea":
            self._textarea, self._inside = name, end
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select in self._typed:
            self._form.names.add(self._select)
            chosen = given.get("value") in self._typed[self._select]
            self._form.edits.append((start, end, _tag(tag, given, "selected", chosen)))

    def handle_endtag(self, tag: str) -> None:
        """Ends a field or a form."""
        if tag == "form" and self._form is not None:
            self.forms.append(self._form)
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._form is not None and self._textarea in self._typed:
            text = self._typed[self._textarea][-1]
            self._form.names.add(self._textarea)
            # A browser leaves out the first line break of a text area.
            self._form.edits.append((self._inside, self._at(), f"\n{escape(text)}"))

    def _input(
        self, form: _Form, given: dict[str, str | None], name: str, start: int, end: int
    ) -> None:
        kind = (given.get("type") or "text").lower()
        typed = self._typed.get(name)
        if kind in _LEFT_ALONE:
            form.same += bool(typed) and given.get("value") in (typed or ())
        elif kind in _TICKED:
            chosen = (given.get("value") or "on") in (typed or ())
            form.edits.append((start, end, _tag("input", given, "checked", chosen)))
            if typed:
                form.names.add(name)
        elif typed:
            form.names.add(name)
            form.edits.append((start, end, _tag("input", {**given, "value": typed[-1]})))


def _tag(name: str, attrs: Mapping[str, str | None], flag: str = "", is_set: bool = False) -> str:
    kept = {key: value for key, value in attrs.items() if key != flag}
    if is_set:
        kept[flag] = None
    inside = "".join(f" {k}" if v is None else f' {k}="{escape(v)}"' for k, v in kept.items())
    return f"<{name}{inside}>"


def filled(page: str, typed: Typed, *, address: str) -> tuple[str, set[str]]:
    """The page with its fitting form filled in, and the names of the fields that were found.

    The form fits best that posts to `address`, then the one with most of the fields, then the one
    whose hidden fields say the same.
    """
    found = _Reader(page, typed)
    fitting = [form for form in found.forms if form.names]
    if not fitting:
        return page, set()
    best = max(fitting, key=lambda one: (one.action == address, len(one.names), one.same))
    for start, end, text in sorted(best.edits, reverse=True):
        page = f"{page[:start]}{text}{page[end:]}"
    return page, best.names


def with_block(page: str, block: str) -> str:
    """The page with a block at the head of its main part."""
    at = _Reader(page, {}).main
    return f"{page[:at]}{block}{page[at:]}" if at else page
