"""Fields of words that people read on pages: nothing hidden gets in by any of them."""

from django import forms
from django.core.exceptions import ValidationError

from organisations.rules.plain_text import link_in, one_line, without_turns


class LineField(forms.CharField):
    """A name or a sentence: one line, nothing invisible. An empty one counts as missing."""

    def to_python(self, value: object) -> str:
        """The line as it is seen."""
        text = str(super().to_python(value) or "")
        return text if "\x00" in text else one_line(text)  # which is refused


class WordsField(forms.CharField):
    """Text of several lines or of any language, without signs that turn its direction."""

    def to_python(self, value: object) -> str:
        """The text without them."""
        return without_turns(str(super().to_python(value) or ""))


def no_links(text: str) -> None:
    """Refuses a link in what messages carry to people who trust the sender, not the writer."""
    if found := link_in(text):
        raise ValidationError(f"Remove the link “{found[:40]}”. This text is sent in messages")
