"""What a senior reviewer is asked about an improvement: only what the chosen decision needs."""

from collections.abc import Sequence
from typing import NamedTuple

from django import forms
from django.http import QueryDict

from initiatives.models import Initiative, Review
from initiatives.queries.reviews import Seen
from organisations.forms.nhs_forms import NhsForm
from organisations.forms.posted import words
from organisations.forms.typed_fields import DateField, WholeNumberField
from organisations.models import Unit
from overview.actions.review import WEEKS, Verdict

CHOICES = Review.Decision
DROP, LEAVE = "drop", "leave"
IN_WEEKS = f"Enter a number of weeks from {WEEKS.start} to {WEEKS.stop - 1}"


class Wording(NamedTuple):
    """How a decision is said: as a choice, as a question, on the last button and afterwards."""

    name: str
    hint: str
    question: str
    submit: str
    done: str


WORDINGS = {
    CHOICES.CONTINUE: Wording(
        "Continue",
        "It stays as it is. You look at it again later.",
        "Continue it on {units}?",
        "Continue it",
        "The improvement continues.",
    ),
    CHOICES.START_LATER: Wording(
        "Start later",
        "It takes no staff hours until then.",
        "Start it later on {units}?",
        "Start it later",
        "The improvement starts later.",
    ),
    CHOICES.MERGE: Wording(
        "Merge",
        "It becomes part of another improvement.",
        "Merge it on {units}?",
        "Merge it now",
        "The improvement is part of the other one now.",
    ),
    CHOICES.STOP: Wording(
        "Stop",
        "It ends. The team keeps what it learned.",
        "Stop it on {units}?",
        "Stop it now",
        "The improvement has stopped.",
    ),
}
NEEDS = {
    CHOICES.CONTINUE: ("weeks",),
    CHOICES.START_LATER: ("begins_on", "begins_when"),
    CHOICES.MERGE: ("into", "keeps"),
    CHOICES.STOP: ("keeps", "actions"),
}


class ReviewForm(NhsForm):
    """One decision. `seen` is what had been decided when the page was opened."""

    submit = "Check what the team reads"
    units = forms.MultipleChoiceField(
        label="Which units?",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "nhsuk-checkboxes--small"}),
        error_messages={
            "required": "Select at least one unit",
            "invalid_choice": "Choose units from the list",
        },
    )
    weeks = WholeNumberField(
        wanted=IN_WEEKS,
        least=WEEKS.start,
        most=WEEKS.stop - 1,
        label="In how many weeks do you look again?",
        widget=forms.TextInput(
            attrs={
                "class": "nhsuk-input--width-2",
                "suffix": "weeks",
                "inputmode": "numeric",
            }
        ),
    )
    begins_on = DateField(
        wanted="Enter a start day, like 11 January 2027",
        label="Start day",
        help_text="Leave this blank if there is no day yet",
        required=False,
    )
    begins_when = words(
        "Without a day: when does it start?", 80, "", "For example, when two posts are filled",
        required=False, is_sent=True,
    )  # fmt: skip
    into = forms.ChoiceField(
        label="Which improvement does it become part of?",
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages={
            "required": "Choose the improvement it becomes part of",
            "invalid_choice": "Choose an improvement from the list",
        },
    )
    reason = words(
        "Your reason",
        240,
        "Enter your reason",
        "If the unit has a team page, the team reads this there",
        rows=3,
        is_sent=True,
    )
    keeps = words("What we keep from it (optional)", 160, "", required=False, is_sent=True)
    actions = forms.ChoiceField(
        label="Its open actions",
        choices=[
            (DROP, "End them too"),
            (LEAVE, "Leave them with the team"),
        ],
        initial=DROP,
        widget=forms.RadioSelect(attrs={"class": "nhsuk-radios--small"}),
        error_messages={
            "required": "Choose what happens to the open actions",
            "invalid_choice": "Choose from the list",
        },
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        decision: Review.Decision,
        units: Sequence[Unit],
        others: Sequence[Initiative],
        has_actions: bool,
        weeks: int,
        seen: Seen,
    ) -> None:
        super().__init__(
            data, initial={"units": [str(one.pk) for one in units], "weeks": weeks, "seen": seen}
        )
        self.decision = decision
        self.places = {str(one.pk): one for one in units}
        self.others = {str(one.pk): one for one in others}
        needed = {*NEEDS[decision], "reason", "seen"}
        if len(units) > 1:
            needed.add("units")
        if not has_actions:
            needed.discard("actions")
        for name in set(self.fields) - needed:
            del self.fields[name]
        if "units" in self.fields:
            self.fields["units"].choices = [  # type: ignore[attr-defined]
                (key, one.name) for key, one in self.places.items()
            ]
        if "into" in self.fields:
            self.fields["into"].choices = [  # type: ignore[attr-defined]
                (key, one.title) for key, one in self.others.items()
            ]

    @property
    def chosen(self) -> list[Unit]:
        """The units of a valid form: those ticked, or its only one."""
        return [self.places[key] for key in self.cleaned_data.get("units", self.places)]

    @property
    def verdict(self) -> Verdict:
        """What a valid form says."""
        said = self.cleaned_data
        return Verdict(
            decision=self.decision,
            reason=said["reason"],
            keeps=said.get("keeps", ""),
            weeks=said.get("weeks"),
            begins_on=said.get("begins_on"),
            begins_when="" if said.get("begins_on") else said.get("begins_when", ""),
            into=self.others[said["into"]] if "into" in said else None,
            drops_actions=said.get("actions", DROP) == DROP,
        )

    @property
    def was_seen(self) -> Seen:
        """What had been decided when its page was opened."""
        return Seen.read(self.cleaned_data["seen"])
