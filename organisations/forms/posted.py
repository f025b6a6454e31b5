"""What a request brings to a form."""

from django import forms
from django.http import HttpRequest, QueryDict

from organisations.forms.text_fields import LineField, WordsField, no_links

INVISIBLE = "Remove any hidden characters. Try typing the text instead of pasting it."


def posted(request: HttpRequest) -> QueryDict | None:
    """The fields of a POST, even when it has none; nothing for a page that is only read."""
    return request.POST if request.method == "POST" else None


def words(
    label: str,
    most: int,
    empty: str,
    help_text: str = "",
    *,
    rows: int = 0,
    required: bool = True,
    is_sent: bool = False,
) -> forms.CharField:
    """A line of text, or some lines of it; what messages carry (`is_sent`) holds no link."""
    field = WordsField if rows else LineField
    return field(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={
            "required": empty,
            "max_length": f"Use {most} characters or fewer",
            "null_characters_not_allowed": INVISIBLE,
        },
        required=required,
        validators=[no_links] if is_sent else [],
    )
