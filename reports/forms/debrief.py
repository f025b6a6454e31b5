"""The fields of a debrief."""

from typing import Any

from django import forms

from initiatives.models import Decision
from organisations.nhs_forms import nhs_helper
from reports.debrief_steps import DISCARDED_BECAUSE
from reports.models import Debrief
from reports.talking_points import items_of
from scoring.payload import SnapshotPayload

INVISIBLE = "Type this again without invisible characters."


def words(
    label: str, most: int, empty: str, help_text: str = "", *, rows: int = 0, **options: Any
) -> forms.CharField:
    """A line of text, or some lines of it."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={
            "required": empty,
            "max_length": f"Use {most} letters at most here.",
            "null_characters_not_allowed": INVISIBLE,
        },
        **options,
    )


class StartForm(forms.Form):
    """What the meeting is called."""

    name = words(
        "Who is meeting?",
        60,
        "Say who is meeting, such as Day team.",
        "Hold one for each team. Their notes stay apart, their priorities come together.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = nhs_helper("Start the meeting")


class NoteForm(forms.Form):
    """What the team said."""

    text = words("What we said", 400, "Write what you said, in your own words.", rows=3)
    step = forms.CharField(max_length=12)
    code = forms.CharField(max_length=40, required=False)


class PriorityForm(forms.Form):
    """A statement, and what the team calls its priority."""

    code = forms.ChoiceField(
        label="Which statement is it about?",
        error_messages={
            "required": "Choose a statement from the list.",
            "invalid_choice": "Choose a statement from the list.",
        },
    )
    title = words(
        "In our own words",
        120,
        "",
        "Such as “Show our own figures on the board”. Empty: the statement as it is.",
        required=False,
    )

    def __init__(self, *args: Any, payload: SnapshotPayload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a statement"),
            *(
                (item["code"], f"{section['title']}: {item['text']}")
                for section, item in items_of(payload)
            ),
        ]
        self.helper = nhs_helper("Add it to our priorities")


class PictureForm(forms.Form):
    """A picture and what it shows."""

    caption = words(
        "What does it show?",
        120,
        "Say what it shows, for those who cannot see it.",
        "One sentence. It is read aloud to people who cannot see the picture.",
    )
    file = forms.FileField(
        label="A chart of ours, or a story",
        help_text="A PNG or JPEG picture of at most 10 MB. It must show no patient and no name.",
        error_messages={
            "required": "Choose a picture.",
            "missing": "Choose a picture.",
            "empty": "The file is empty.",
            "invalid": "Choose a picture.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = nhs_helper("Attach it")


class ShownForm(forms.Form):
    """Which notes and pictures of a meeting the ward's own page shows."""

    notes = forms.MultipleChoiceField(
        label="Which of our notes may the ward’s page show?",
        help_text="Only what the team agrees to. The others stay with the manager and the lead.",
        required=False,
        widget=forms.CheckboxSelectMultiple(
            attrs={"class": "nhsuk-checkboxes--small", "label_class": "nhsuk-label--s"}
        ),
        error_messages={"invalid_choice": "Choose notes from the list."},
    )
    pictures = forms.MultipleChoiceField(
        label="Which pictures may it show?",
        required=False,
        widget=forms.CheckboxSelectMultiple(
            attrs={"class": "nhsuk-checkboxes--small", "label_class": "nhsuk-label--s"}
        ),
        error_messages={"invalid_choice": "Choose pictures from the list."},
    )

    def __init__(self, *args: Any, debrief: Debrief, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        notes, pictures = debrief.notes.all(), debrief.attachments.all()
        for name, rows in (("notes", notes), ("pictures", pictures)):
            field: Any = self.fields[name]
            field.choices = [(str(row.pk), str(row)) for row in rows]
            field.initial = [str(row.pk) for row in rows if row.is_shown]
            if not field.choices:
                del self.fields[name]
        self.helper = nhs_helper("Save what is shown")

    def chosen(self, name: str) -> list[int]:
        """The ids that were ticked."""
        return [int(key) for key in self.cleaned_data.get(name, [])]


class DecideForm(ShownForm):
    """How it goes on, why, and what of the notes is shown."""

    word = forms.ChoiceField(
        label="How do we go on?",
        choices=[
            (Decision.Word.GO_AHEAD, "Go ahead. We can start."),
            (Decision.Word.STRENGTHEN, "Strengthen first. We work on our priorities, then start."),
            (Decision.Word.HOLD, "Hold. This is not the time for it."),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how you go on.",
            "invalid_choice": "Choose how you go on.",
        },
    )
    reason = words("Why? One sentence the ward will read", 240, "Say why, in a sentence.", rows=2)
    field_order = ("word", "reason", "notes", "pictures")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = nhs_helper("End the meeting")


class DiscardForm(forms.Form):
    """Why a meeting that has begun is discarded."""

    why = forms.ChoiceField(
        label="Why is it discarded?",
        choices=list(DISCARDED_BECAUSE.items()),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose why the meeting is discarded."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = nhs_helper("Discard the meeting")
