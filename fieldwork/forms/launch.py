"""The launch page's form: four fields; the folded ones are in `more_choices`.

Over 300 lines: its fields are checked against each other.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from fieldwork.actions.launch import MOST_STAFF, LaunchPlan, UnitToAsk
from fieldwork.forms.date_fields import DayField
from fieldwork.forms.more_choices import MoreChoices, Offer
from initiatives.forms.hours import clean_hours, hours_field, other_field
from initiatives.models import Initiative
from organisations.forms.text_fields import LineField, no_links
from organisations.models import Unit
from organisations.rules import typed
from surveys.actions.distribution import Leader
from surveys.exchange.addresses import Address
from surveys.forms.staff_emails import StaffField, check_several, field_name, fields_of
from surveys.rules import comments, minimum_group, wall_clock

USUAL_DAYS = 10
LONGEST = timedelta(days=120)
SENTENCE = 240
STAFF_WANTED = "Enter the number of staff as one whole number, like 12"


def _sentence(label: str, missing: str, hint: str = "") -> LineField:
    return LineField(
        label=label,
        help_text=hint,
        max_length=SENTENCE,
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 2, "label_class": "nhsuk-label--s", "data-counted": SENTENCE}
        ),
        error_messages={
            "required": missing,
            "max_length": f"{label} must be {SENTENCE} characters or fewer",
        },
        validators=[no_links],
    )


class LaunchForm(MoreChoices):
    """Errors say what to enter. A valid form holds a `plan` that can be launched."""

    launch_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    unit = forms.ChoiceField(
        label="Which unit?",
        required=False,
        error_messages={"invalid_choice": "Choose a unit from the list"},
    )
    units = forms.MultipleChoiceField(
        label="Which units do you want to survey, and how many staff work on each?",
        help_text="Count every post on the rota, including nights",
        required=False,
        error_messages={"invalid_choice": "Choose units from the list"},
    )
    initiative = forms.ChoiceField(
        label="Choose an improvement",
        required=False,
        widget=forms.Select(attrs={"label_class": "nhsuk-label--s"}),
        error_messages={"invalid_choice": "Choose an improvement from the list"},
    )
    title = LineField(
        label="Name of the improvement",
        help_text="For example, “Fewer falls at night”. We show it on the poster.",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"label_class": "nhsuk-label--s"}),
        error_messages={"max_length": "The short name must be 80 characters or fewer"},
        validators=[no_links],
    )
    problem = _sentence(
        "The problem",
        "Enter the problem, in a sentence",
        "Use 1 sentence. Staff see it at the start and before each section.",
    )
    change = _sentence("What would change", "Enter what would change, in a sentence")
    staff = forms.CharField(
        label="How many staff work on the unit?",
        help_text="Count every post on the rota, including nights",
        max_length=20,
        required=False,
        widget=forms.TextInput(
            attrs={"class": "nhsuk-input--width-3", "suffix": "staff", "inputmode": "numeric"}
        ),
        error_messages={"max_length": STAFF_WANTED},
    )
    closes = DayField(name="Closing date", label="When does it close?")
    why_now = LineField(
        label="Why now?",
        help_text="One line for the senior reviewer (optional)",
        max_length=SENTENCE,
        required=False,
        widget=forms.TextInput(attrs={"label_class": "nhsuk-label--s"}),
        error_messages={"max_length": f"“Why now?” must be {SENTENCE} characters or fewer"},
    )

    hours = hours_field(required=False)
    hours_other = other_field()

    field_order = (
        *("launch_key", "unit", "units", "why_now", "initiative", "title", "problem", "change"),
        *("hours", "hours_other", "staff", "closes"),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        offer: Offer,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        started: dict[str, object] = {
            "closes": offer.today + timedelta(days=USUAL_DAYS),
            **(initial or {}),
        }
        self._units = {str(unit.pk): unit for unit in offer.units}
        chosen = self._units.get(str(started.get("unit"))) or offer.units[0]
        if chosen.posts and (started.get("unit") or len(offer.units) == 1):
            started.setdefault("staff", str(chosen.posts))
        super().__init__(data, files, offer=offer, initial=started)
        self._initiatives = {str(one.pk): one for one in offer.initiatives}
        self.headcounts: dict[str, int] = {}
        units = [(key, unit.name) for key, unit in self._units.items()]
        self.choose("unit", [("", "Choose a unit"), *units])
        self.choose("units", units)
        if offer.several:
            self.fields |= fields_of(offer.units)
        register = [(key, one.title) for key, one in self._initiatives.items()]
        self.choose("initiative", [("", "A new improvement"), *register])

    # The unit and its staff

    def clean_unit(self) -> Unit | None:
        """The one unit; a member with a single unit need not choose it."""
        if self.offer.several:
            return None
        if len(self._units) == 1:
            return next(iter(self._units.values()))
        chosen = self._units.get(self.cleaned_data["unit"])
        if chosen is None:
            raise ValidationError("Choose a unit")
        return chosen

    def clean_units(self) -> list[Unit]:
        """The ticked units of the table, each with a number of staff beside it."""
        if not self.offer.several:
            return []
        chosen = [self._units[key] for key in self.cleaned_data["units"]]
        if not chosen:
            raise ValidationError("Select at least one unit")
        problems = []
        for unit in chosen:
            try:
                self.headcounts[str(unit.pk)] = _headcount(self.data.get(f"staff_{unit.pk}", ""))
            except ValidationError:
                problems.append(f"{unit.name}: {STAFF_WANTED[0].lower()}{STAFF_WANTED[1:]}")
        if problems:
            raise ValidationError(problems)
        return chosen

    def clean_staff(self) -> int | None:
        """The number of posts."""
        if self.offer.several:
            return None
        return _headcount(self.cleaned_data["staff"])

    def clean(self) -> dict[str, object]:
        """Addresses fit the units that are ticked; the hours are a number."""
        clean_hours(self)
        if self.offer.several:
            check_several(self, units=self.offer.units, headcounts=self.headcounts)
        units = self._chosen_so_far()
        self.check_list(units=units, headcounts={unit.pk: self._posts(unit) for unit in units})
        return self.cleaned_data

    def _chosen_so_far(self) -> list[Unit]:
        """As `chosen_units`, of a form that may have errors."""
        if self.offer.several:
            return list(self.cleaned_data.get("units") or [])
        unit: Unit | None = self.cleaned_data.get("unit")
        return [unit] if unit else []

    def _posts(self, unit: Unit) -> int:
        """The number of staff typed for a unit; 0 while it is none."""
        if self.offer.several:
            return self.headcounts.get(str(unit.pk), 0)
        return self.cleaned_data.get("staff") or 0

    # The improvement

    def clean_initiative(self) -> Initiative | None:
        """The one from the register, or None for a new one."""
        return self._initiatives.get(self.cleaned_data["initiative"])

    def clean_title(self) -> str:
        """The register's own name, or the one typed for a new improvement."""
        initiative: Initiative | None = self.cleaned_data.get("initiative")
        title = initiative.title if initiative else self.cleaned_data["title"]
        if not title:
            raise ValidationError("Enter a short name for the improvement")
        return title

    def clean_problem(self) -> str:
        """What is typed, else what the register says."""
        return self._said("problem")

    def clean_change(self) -> str:
        """What is typed, else what the register says."""
        return self._said("change")

    def _said(self, name: str) -> str:
        initiative: Initiative | None = self.cleaned_data.get("initiative")
        said = self.cleaned_data[name] or getattr(initiative, name, "")
        if not said:
            raise ValidationError(self.fields[name].error_messages["required"])
        return str(said)

    # The dates

    def clean_closes(self) -> datetime:
        """10:00 of the closing day."""
        closes: date = self.cleaned_data["closes"]
        today = self.offer.today
        if closes <= today:
            raise ValidationError(f"Closing date must be after today, {_dated(today)}")
        if closes > today + LONGEST:
            raise ValidationError(f"Closing date must be before {_dated(today + LONGEST)}")
        return wall_clock.at(closes, wall_clock.MORNING, self.offer.zone)

    # What comes out

    @property
    def chosen_units(self) -> list[Unit]:
        """The unit or units of a valid form."""
        if self.offer.several:
            return list(self.cleaned_data["units"])
        return [self.cleaned_data["unit"]]

    @property
    def asked_so_far(self) -> list[UnitToAsk]:
        """The chosen units of a form that may have errors, without anybody to invite."""
        wanted: int | None = self.cleaned_data.get("minimum_group")
        return [self._asked(unit, wanted) for unit in self._chosen_so_far()]

    def _asked(self, unit: Unit, wanted: int | None) -> UnitToAsk:
        headcount = self._posts(unit)
        allowed = wanted is not None and minimum_group.is_allowed(
            headcount=headcount, minimum_group=wanted
        )
        return UnitToAsk(unit, headcount, wanted if allowed else None)

    @property
    def staff_so_far(self) -> list[Address]:
        """Everybody on the lists, also of a form that has errors or was only filled in for you."""
        if not self.is_bound:
            return [
                one
                for name, field in self.fields.items()
                if isinstance(field, StaffField)
                for one in field.read(str(self.initial.get(name, "")))[0]
            ]
        return [one for unit in self._chosen_so_far() for one in self._staff_of(unit)]

    @property
    def left_over(self) -> list[str]:
        """What the lists hold besides, file and fields, as a page names it."""
        pasted = [
            one.words
            for field in self.fields.values()
            if isinstance(field, StaffField)
            for one in field.not_used
        ]
        return [*self.not_used, *pasted]

    def _staff_of(self, unit: Unit) -> list[Address]:
        pasted = self.cleaned_data.get(self._list_field(unit)) or []
        return [*self.people_of(unit), *self.not_on_list(pasted)]

    @property
    def plan(self) -> LaunchPlan:
        """All that a valid form decides."""
        said = self.cleaned_data
        return LaunchPlan(
            title=said["title"],
            problem=said["problem"],
            change=said["change"],
            initiative=said["initiative"],
            units=[self._to_ask(unit) for unit in self.chosen_units],
            closes_at=said["closes"],
            opens_at=said["opens_time"],
            result_at=said["result_time"],
            debrief_at=said["talk_time"],
            ward_edition=said["ward_edition"],
            comments=said["comments"] or comments.NONE,
            reminder_days=[int(day) for day in said["reminders"]],
            reminds_everyone=said["remind"] == "everyone",
            launch_key=said["launch_key"],
            why_now=said["why_now"],
            hours=said["said"],
        )

    def _to_ask(self, unit: Unit) -> UnitToAsk:
        said = self.cleaned_data
        members = [
            Leader(one.user.name, one.user.email, one.user)
            for one in said["leaders"]
            if unit.path.startswith(one.path)
        ]
        pasted = [Leader(one.name, one.email) for one in said["leader_emails"]]
        return replace(
            self._asked(unit, said["minimum_group"]),
            staff=self._staff_of(unit),
            leaders=[*pasted, *members],
            leaders_together=said["leaders_form"] == "together",
        )

    def _list_field(self, unit: Unit) -> str:
        return field_name(unit) if self.offer.several else "staff_emails"


def _headcount(text: str) -> int:
    number = typed.whole_number(text)
    if number is None:
        raise ValidationError(STAFF_WANTED)
    if number < 2:
        raise ValidationError("Enter 2 staff or more")
    if number > MOST_STAFF:
        raise ValidationError(f"Enter {MOST_STAFF} staff or fewer, or choose several units")
    return number


def _dated(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
