"""The folded half of the launch page's form: everything that has a good default."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from initiatives.models import Initiative
from organisations.dates import day as day_in_words
from organisations.models import Organisation, Unit
from surveys import minimum_group, wall_clock
from surveys.actions.claiming import hours_of
from surveys.actions.plan import MOST_REMINDERS
from surveys.addresses import Address
from surveys.forms.launch_list import LaunchList
from surveys.forms.parts import ClockField, DayField
from surveys.forms.staff_emails import NO_LINKS, AddressesField, StaffField
from surveys.models import Edition
from surveys.queries.launching import Candidate


@dataclass(frozen=True, slots=True)
class Offer:
    """What this member may choose from, in this organisation, today.

    `units` are those that match the text `wanted`, of so many `in_all`.
    """

    organisation: Organisation
    units: Sequence[Unit]
    initiatives: Sequence[Initiative]
    editions: Sequence[Edition]
    candidates: Sequence[Candidate]
    several: bool = False
    wanted: str = ""
    in_all: int = 0
    today: date = field(default_factory=timezone.localdate)

    @property
    def zone(self) -> ZoneInfo:
        """Where the wall clocks hang."""
        return self.organisation.zone


def _pick(
    label: str, choices: Sequence[tuple[str, str]], hint: str = "", *, initial: str = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        initial=initial,
        required=False,
        widget=forms.RadioSelect(
            attrs={"class": "nhsuk-radios--small", "label_class": "nhsuk-label--s"}
        ),
    )


class MoreChoices(LaunchList):
    """When it opens, when the result comes, k, wording, leaders, e-mails and reminders."""

    minimum_group = _pick(
        "How many must answer?",
        [("", "7, as usual"), ("5", "5, only for 8 to 11 staff"), ("10", "10, only from 20 staff")],
        "It cannot be changed once the survey is launched.",
    )
    opens = _pick("When does it open?", [("now", "Now"), ("later", "Later")], initial="now")
    opens_day = DayField(name="Opening date", required=False)
    opens_time = ClockField(name="Opening time", initial=time(7), label="Time")
    result = _pick(
        "When does the result come out?",
        [("counted", "As soon as it is counted"), ("later", "Later")],
        initial="counted",
    )
    result_day = DayField(name="Result date", required=False)
    result_time = ClockField(name="Result time", initial=time(10), label="Time")
    talk_day = DayField(
        name="Date of the team talk",
        label="When does the team talk about the result?",
        required=False,
    )
    talk_time = ClockField(name="Time of the team talk", initial=time(14), label="Time")
    ward_edition = _pick("Wording of the ward sheet", [])
    comments = _pick(
        "May staff write a comment?",
        [("none", "No"), ("survey", "Yes, one at the end"), ("section", "Yes, one for each part")],
        "Somebody outside the line management reads comments first. They are shown only where 10 "
        "answered and 5 wrote.",
        initial="none",
    )
    leaders = forms.MultipleChoiceField(
        label="Leaders invited to the leaders’ sheet",
        help_text="They answer in their own name. Their dots stand beside the ward’s result.",
        required=False,
        widget=forms.CheckboxSelectMultiple(
            attrs={"class": "nhsuk-checkboxes--small", "label_class": "nhsuk-label--s"}
        ),
    )
    leader_emails = AddressesField(
        label="More leaders, by e-mail",
        help_text="One a line, like Ann Lee <ann.lee@nhs.net>",
        rows=2,
    )
    staff_emails = StaffField(
        label="Staff list",
        help_text=(
            "One person a line: e-mail or mobile, or rows copied from a spreadsheet. Each gets a "
            "link of their own; staff without one use the poster. You can add staff later too."
        ),
        rows=4,
    )
    reminders = forms.MultipleChoiceField(
        label="Reminders",
        choices=[(str(day), f"After {day} days") for day in wall_clock.REMINDER_CHOICES],
        initial=["4", "8"],
        required=False,
        widget=forms.CheckboxSelectMultiple(
            attrs={"class": "nhsuk-checkboxes--small", "label_class": "nhsuk-label--s"}
        ),
    )

    remind = _pick(
        "Who gets the reminders?",
        [
            ("", "Those who have not answered"),
            ("everyone", "Everyone with a personal link, as a thank-you to those who have"),
        ],
        "Sent to everyone, reminders tell nothing about who has answered.",
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, offer: Offer, initial: dict[str, Any]
    ) -> None:
        self.offer = offer
        super().__init__(data, files, initial=initial)
        self._candidates = {str(one.user.pk): one for one in offer.candidates}
        self._editions = {str(one.pk): one for one in offer.editions}
        self.choose("leaders", [(k, f"{c.user} ({c.where})") for k, c in self._candidates.items()])
        self.choose(
            "ward_edition",
            [(key, self._wording(edition)) for key, edition in self._editions.items()],
        )
        if offer.editions:
            self.fields["ward_edition"].initial = str(offer.editions[0].pk)
        morning = wall_clock.at(offer.today, wall_clock.MORNING, offer.zone)
        usual = hours_of(offer.organisation).first_from(morning)
        self.fields["reminders"].help_text = (
            f"Three at most, at {usual.astimezone(offer.zone):%H:%M}. "
            "Staff who work nights get theirs between 18:00 and 20:00."
        )
        self.fields["leaders"].initial = list(self._candidates)

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Gives a field its choices."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_opens_time(self) -> datetime | None:
        """The instant of opening; None is now."""
        if self.cleaned_data.get("opens") != "later":
            return None
        opens = self._instant("opens", "Enter the opening date, with day, month and year")
        closes: datetime | None = self.cleaned_data.get("closes")
        if opens is not None and opens <= timezone.now():
            raise ValidationError("Opening must be later than now, or choose “Now”")
        if opens is not None and closes is not None and opens >= closes:
            raise ValidationError("Opening must be before closing")
        return opens

    def clean_result_time(self) -> datetime | None:
        """The instant of the result; None is as soon as it is counted."""
        if self.cleaned_data.get("result") != "later":
            return None
        result = self._instant("result", "Enter the result date, with day, month and year")
        closes: datetime | None = self.cleaned_data.get("closes")
        if result is not None and closes is not None and result < closes:
            raise ValidationError("The result cannot come before the survey closes")
        return result

    def clean_talk_time(self) -> datetime | None:
        """The instant of the team talk, if there is one yet."""
        talk = self._instant("talk", None)
        closes: datetime | None = self.cleaned_data.get("closes")
        if talk is not None and closes is not None and talk < closes:
            raise ValidationError("The team talk must be after the survey closes")
        return talk

    def _instant(self, name: str, missing: str | None) -> datetime | None:
        if f"{name}_day" in self.errors:
            return None
        on: date | None = self.cleaned_data.get(f"{name}_day")
        if on is None:
            if missing:
                raise ValidationError(missing)
            return None
        clock = self.cleaned_data.get(f"{name}_time") or self.fields[f"{name}_time"].initial
        instant = wall_clock.at(on, clock, self.offer.zone)
        if not wall_clock.is_on_the_clock(instant):
            raise ValidationError(
                f"{clock:%H:%M} does not exist on {day_in_words(on)}: the clocks go forward"
            )
        return instant

    def clean_reminders(self) -> list[str]:
        """Three days at most."""
        days: list[str] = self.cleaned_data["reminders"]
        if len(days) > MOST_REMINDERS:
            raise ValidationError(f"Choose {MOST_REMINDERS} reminders at most")
        return days

    def clean_minimum_group(self) -> int | None:
        """A k that the staff number allows; None is the usual one."""
        chosen = self.cleaned_data["minimum_group"]
        if not chosen:
            return None
        headcount: int | None = self.cleaned_data.get("staff")
        if headcount is not None and not minimum_group.is_allowed(
            headcount=headcount, minimum_group=int(chosen)
        ):
            raise ValidationError(f"{chosen} cannot be chosen for {headcount} staff")
        return int(chosen)

    def _wording(self, edition: Edition) -> str:
        """`Front-line edition, adapted wording`; with its version where there are several."""
        words = [edition.name, edition.label]
        if len({one.version_id for one in self._editions.values()}) > 1:
            version = edition.version
            words.append(f"{version.instrument.code} version {version.number}")
        return ", ".join(word for word in words if word)

    def clean_ward_edition(self) -> Edition:
        """The wording; the usual one if none is chosen."""
        chosen = self.cleaned_data["ward_edition"]
        return self._editions[chosen] if chosen else self.offer.editions[0]

    def clean_leaders(self) -> list[Candidate]:
        """The ticked members."""
        return [self._candidates[key] for key in self.cleaned_data["leaders"]]

    def clean_staff_emails(self) -> list[Address]:
        """A small team needs none."""
        addresses: list[Address] = self.cleaned_data["staff_emails"]
        headcount: int | None = self.cleaned_data.get("staff")
        if addresses and headcount is not None and minimum_group.is_joint(headcount):
            raise ValidationError(NO_LINKS)
        return addresses
