"""The fields of a debrief.

Over 300 lines: every step's form, in the order of the steps.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from debriefs.models import Debrief
from debriefs.rules.steps import DISCARDED_BECAUSE
from initiatives.models import Decision
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words
from organisations.forms.typed_fields import DateField, WholeNumberField

CHOICES = [
    (Decision.Choice.GO_AHEAD, "Go ahead. We have what it takes, or can get it on the way."),
    (
        Decision.Choice.STRENGTHEN,
        "Strengthen first. We are for it. Something must be in place before.",
    ),
    (Decision.Choice.HOLD, "Put on hold. Now is not the time, or this is not the change."),
]
OF_LEADERS = (Debrief.Kind.PREPARATION, Debrief.Kind.REPLY)


def _choice(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=CHOICES,
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose how you continue"),
    )


def _reason() -> forms.CharField:
    return words(
        "Why? One sentence the team will read", 240, "Enter a reason", rows=2, is_sent=True
    )


class StartForm(NhsForm):
    """Which kind of debrief, and what it is called."""

    submit = "Start the debrief"
    kind = forms.ChoiceField(
        label="Which debrief?",
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a debrief"),
    )
    name = words(
        "Which team is this debrief for?",
        60,
        "Say who is meeting, for example Day team.",
        "For example, “Day team”. Hold one for each team. Their notes stay apart.",
        required=False,
        is_sent=True,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        kinds: list[tuple[str, str]],
        name: str = "",
        kind: str = "",
    ) -> None:
        given = kind if any(kind == one for one, _ in kinds) else kinds[0][0] if kinds else ""
        super().__init__(data, initial={"name": name, "kind": given})
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if any(one in OF_LEADERS for one, _ in kinds):
            self.fields["name"].help_text += " Leaders can leave this blank."

    def clean_name(self) -> str:
        """A team says which it is; leaders are the only ones of their kind."""
        name: str = self.cleaned_data["name"]
        if not name and self.cleaned_data.get("kind") in OF_LEADERS:
            return "Leaders"
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name


class PeopleForm(forms.Form):
    """How many are there."""

    people = WholeNumberField(
        label="How many of us are here?",
        least=1,
        most=500,
        wanted="Enter how many people are here, from 1 to 500",
    )


class PromiseForm(forms.Form):
    """What leaders do, who by role, and by which day."""

    what = words("What do we promise?", 160, "Say what you promise", "")
    owner = words("Who is the owner? A role is enough", 80, "Enter the owner’s role", "")
    due_on = DateField(wanted="Enter a date, like 30/11/2026", label="Due")

    def clean_due_on(self) -> date:
        """A promise is about a day that is still to come."""
        due_on: date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError("Enter a day that has not passed")
        return due_on


class CountForm(forms.Form):
    """A count of the team's own."""

    counted = words("What did we count?", 120, "Say what you counted", "")
    count_result = words("What did we find?", 120, "Say what you found", "")


class NoteForm(forms.Form):
    """What the team said."""

    text = words("Note", 400, "Enter a note", rows=3)
    step = forms.CharField(max_length=12)
    code = forms.CharField(max_length=40, required=False)


class PriorityForm(NhsForm):
    """What should be different, in the team's words, and the statement that stays beside it."""

    submit = "Add this priority"
    title = words(
        "What do we want to be different? In our words",
        80,
        "Say it in your own words. The statement is kept beside it.",
        "For example, “Pharmacy knows by 6pm who goes home”.",
        is_sent=True,
    )
    code = forms.ChoiceField(
        label="Which statement is it about?",
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose what it is about from the list."
        ),
    )
    needs_help = forms.BooleanField(label="We cannot do this alone", required=False)
    help_from = words("Who could help? (optional)", 80, "", "A role is enough.", required=False)

    def __init__(self, data: QueryDict | None = None, *, about: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            ("", "Choose what it is about"),
            *about,
        ]


class PictureForm(NhsForm):
    """A picture and what it shows."""

    submit = "Add picture"
    caption = words(
        "What does it show?",
        120,
        "Enter a description for people who cannot see the picture",
        "One sentence. Screen readers read it out.",
    )
    file = forms.FileField(
        label="A chart of ours, or a story",
        help_text="A PNG or JPEG picture, up to 10MB. It must show no patient and no name.",
        error_messages={
            "required": "Choose a picture.",
            "missing": "Choose a picture.",
            "empty": "The selected file is empty.",
            "invalid": "Choose a picture.",
        },
    )


class ShownForm(NhsForm):
    """Which notes and pictures of a debrief the team page shows."""

    submit = "Save what the team page shows"
    notes = forms.MultipleChoiceField(
        label="Which of our notes may the team page show?",
        help_text="Only what the team agrees to. The others stay with the manager and the "
        "improvement lead.",
        required=False,
        widget=forms.CheckboxSelectMultiple(
            attrs={"class": "nhsuk-checkboxes--small", "label_class": "nhsuk-label--s"}
        ),
        error_messages={"invalid_choice": "Choose notes from the list."},
    )
    pictures = forms.MultipleChoiceField(
        label="Which pictures can the team page show?",
        required=False,
        widget=forms.CheckboxSelectMultiple(
            attrs={"class": "nhsuk-checkboxes--small", "label_class": "nhsuk-label--s"}
        ),
        error_messages={"invalid_choice": "Choose pictures from the list."},
    )

    def __init__(self, data: QueryDict | None = None, *, debrief: Debrief) -> None:
        super().__init__(data)
        notes, pictures = debrief.notes.all(), debrief.attachments.all()
        for name, rows in (("notes", notes), ("pictures", pictures)):
            field = self.fields[name]
            field.choices = [(str(row.pk), str(row)) for row in rows]  # type: ignore[attr-defined]
            field.initial = [str(row.pk) for row in rows if row.is_shown]
            if not rows:
                del self.fields[name]

    def chosen(self, name: str) -> list[int]:
        """The ids that were ticked."""
        return [int(key) for key in self.cleaned_data.get(name, [])]


class Replies:
    """Fields that ask what becomes of what each other debrief said."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def ask(self, ended: Collection[Debrief]) -> None:
        """One field for each debrief that said how to continue; needed where it says another."""
        self._ended = ended
        for one in ended:
            said = one.get_choice_display().lower()
            self.fields[f"reply-{one.pk}"] = words(
                f"What becomes of what {one.name} said ({said})?",
                240,
                "",
                "Not needed where it says the same. The team reads this beside the decision.",
                rows=2,
                required=False,
                is_sent=True,
            )

    def require_replies(self) -> None:
        """An error at each that is missing."""
        choice = self.cleaned_data.get("choice")
        for one in self._ended:
            name = f"reply-{one.pk}"
            if choice and one.choice != choice and self.cleaned_data.get(name) == "":
                self.add_error(name, f"Say what becomes of what {one.name} said")  # type: ignore[attr-defined]

    def replies(self) -> dict[int, str]:
        """The replies by debrief."""
        return {one.pk: str(self.cleaned_data.get(f"reply-{one.pk}", "")) for one in self._ended}


class DecideForm(Replies, ShownForm):
    """How to continue, why, who tells the others, and what of the notes is shown."""

    submit = "Keep what this debrief says"
    choice = _choice("Our decision")  # the page’s heading asks how to continue
    reason = _reason()
    teller = words(
        "Who tells those who are not here, and when?",
        160,
        "Say who tells those who are not here, and when",
        "For example, “The night sister, at each handover until Friday”.",
    )
    names_itself = forms.BooleanField(
        label="Show what our debrief says",
        help_text="With fewer than 5 people here, the team page names this debrief only if you "
        "agree.",
        required=False,
    )
    protected_time = forms.ChoiceField(
        label="Was this protected time? (optional)",
        help_text="Not taken from care or from a break. Senior reviewers only hear totals of "
        "5 or more debriefs.",
        choices=Debrief.ProtectedTime.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small nhsuk-radios--inline"}),
        error_messages={"invalid_choice": "Choose yes, all, some or no, or leave it out"},
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        debrief: Debrief,
        others: Collection[Debrief] = (),
    ) -> None:
        super().__init__(data, debrief=debrief)
        self.ask(others)
        replies = [name for name in self.fields if name.startswith("reply-")]
        self.order_fields(
            [
                "choice",
                "reason",
                *replies,
                "teller",
                "names_itself",
                "notes",
                "pictures",
                "protected_time",
            ]
        )

    def clean(self) -> dict[str, object]:
        """Each other view gets a reply."""
        super().clean()
        self.require_replies()
        return self.cleaned_data


class RecordForm(Replies, NhsForm):
    """One decision where debriefs differ."""

    submit = "Record our decision"
    choice = _choice("How do we continue?")
    reason = _reason()

    def __init__(self, data: QueryDict | None = None, *, others: Collection[Debrief]) -> None:
        super().__init__(data)
        self.ask(others)

    def clean(self) -> dict[str, object]:
        """Each other view gets a reply."""
        super().clean()
        self.require_replies()
        return self.cleaned_data


class DiscardForm(NhsForm):
    """Why a debrief that has begun is discarded."""

    submit = "Discard the debrief"
    why = forms.ChoiceField(
        label="Why are you deleting it?",
        choices=list(DISCARDED_BECAUSE.items()),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose why the debrief is discarded."
        ),
    )
