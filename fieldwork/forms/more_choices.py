"""The folded half of the launch page's form: everything that has a good default."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from fieldwork.forms.date_fields import DayField
from fieldwork.forms.launch_list import LaunchList
from fieldwork.queries.launching import Candidate
from initiatives.models import Initiative
from instruments.models import Edition
from instruments.words.languages import languages_apart
from organisations.forms.typed_fields import ClockField
from organisations.models import Organisation, Unit
from organisations.words.dates import clock as time_in_words
from organisations.words.dates import day as day_in_words
from surveys.actions.outbox_leases import hours_of
from surveys.actions.plan import MOST_REMINDERS
from surveys.exchange.addresses import Address
from surveys.forms.staff_emails import NO_LINKS, AddressesField, StaffField
from surveys.rules import minimum_group, wall_clock


@dataclass(frozen=True, slots=True)
class Offer:
    """What this member may choose from, in this organisation, today.

    `units` are those that match the text `wanted`, of so many `in_all`. `languages` has those of an
    edition, by its key.
    """

    organisation: Organisation
    units: Sequence[Unit]
    initiatives: Sequence[Initiative]
    editions: Sequence[Edition]
    candidates: Sequence[Candidate]
    several: bool = False
    wanted: str = ""
    in_all: int = 0
    languages: Mapping[int, Sequence[str]] = field(default_factory=dict)
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


def _clock(name: str, *, initial: time) -> ClockField:
    return ClockField(
        wanted=f"{name} must be a time, like 10am",
        label="Time",
        initial=initial,
        required=False,
        widget=forms.TimeInput(
            format="%H:%M",
            attrs={"class": "nhsuk-input--width-5", "label_class": "nhsuk-label--s"},
        ),
    )


class MoreChoices(LaunchList):
    """When it opens, when the result comes, k, wording, leaders, e-mails and reminders."""

    minimum_group = _pick(
        "How many must answer?",
        [
            ("", "7, as usual"),
            ("5", "5 (only for 8 to 11 staff)"),
            ("10", "10 (only for 20 or more staff)"),
        ],
        "You cannot change this after you launch the survey.",
    )
    opens = _pick("When does it open?", [("now", "Now"), ("later", "Later")], initial="now")
    opens_day = DayField(name="Opening date", required=False)
    opens_time = _clock("Opening time", initial=time(7))
    result = _pick(
        "When do you want to release the result?",
        [("counted", "As soon as the answers are counted"), ("later", "Later")],
        initial="counted",
    )
    result_day = DayField(name="Result date", required=False)
    result_time = _clock("Result time", initial=time(10))
    talk_day = DayField(
        name="Debrief date",
        label="When is the team debrief?",
        required=False,
    )
    talk_time = _clock("Debrief time", initial=time(14))
    ward_edition = _pick("Wording of the staff form", [])
    comments = _pick(
        "Can staff add comments?",
        [("none", "No"), ("survey", "Yes, one at the end"), ("section", "Yes, one for each part")],
        "Someone outside line management checks comments first. We only show them if at "
        "least 10 people answer and at least 5 write one.",
        initial="none",
    )
    leaders = forms.MultipleChoiceField(
        label="Leaders to invite",
        help_text="They answer in their own name. We show their marks next to the staff result.",
        required=False,
        widget=forms.CheckboxSelectMultiple(
            attrs={"class": "nhsuk-checkboxes--small", "label_class": "nhsuk-label--s"}
        ),
    )
    leader_emails = AddressesField(
        label="Email addresses of other leaders",
        help_text="One on each line, for example Ann Lee <ann.lee@nhs.net>",
        rows=2,
    )
    leaders_form = _pick(
        "How do leaders answer?",
        [("", "Each in their own name"), ("together", "Together, on one form")],
        "If they answer together, the leaders of a unit agree each answer and send one form. The "
        "team sees one mark for all of them. This needs 2 or more leaders.",
    )
    staff_emails = StaffField(
        label="Staff list",
        help_text=(
            "Enter one email address or mobile number on each line, or paste rows from a "
            "spreadsheet. Each person gets a personal link. Other staff can use the poster. "
            "You can add staff later."
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
        "Who should get reminders?",
        [
            ("", "Only staff who have not answered"),
            ("everyone", "Everyone with a personal link, as a thank you or a reminder"),
        ],
        "If everyone gets them, reminders do not show who has answered.",
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        offer: Offer,
        initial: dict[str, object],
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
        self.fields["ward_edition"].help_text = languages_apart(
            [(one.name, offer.languages.get(one.pk, ())) for one in offer.editions]
        )
        if offer.editions:
            self.fields["ward_edition"].initial = str(offer.editions[0].pk)
        morning = wall_clock.at(offer.today, wall_clock.MORNING, offer.zone)
        usual = hours_of(offer.organisation).first_from(morning)
        self.fields["reminders"].help_text = (
            f"Up to 3, at {time_in_words(usual)}. "
            "Staff who work nights get theirs between 6pm and 8pm."
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
            raise ValidationError("Opening time must be in the future, or choose “Now”")
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
            raise ValidationError("Result date must be after the survey closes")
        return result

    def clean_talk_time(self) -> datetime | None:
        """The instant of the team talk, if there is one yet."""
        talk = self._instant("talk", None)
        closes: datetime | None = self.cleaned_data.get("closes")
        if talk is not None and closes is not None and talk < closes:
            raise ValidationError("Debrief date must be after the survey closes")
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
                f"{time_in_words(clock)} does not exist on {day_in_words(on)}: "
                "the clocks go forward"
            )
        return instant

    def clean_reminders(self) -> list[str]:
        """Three days at most."""
        days: list[str] = self.cleaned_data["reminders"]
        if len(days) > MOST_REMINDERS:
            raise ValidationError(f"Choose up to {MOST_REMINDERS} reminders")
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
            raise ValidationError(f"You cannot choose {chosen} for {headcount} staff")
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
