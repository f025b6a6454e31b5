"""Instruments and their wording. A published version is locked by the database itself."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from organisations.models import Organisation, User


class Instrument(models.Model):
    """A questionnaire: shared by all (no organisation) or one organisation's own."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="instruments"
    )
    code = models.SlugField(max_length=30)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="one_instrument_per_code"
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(organisation=None),
                name="one_shared_instrument_per_code",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Version(models.Model):
    """One state of an instrument's wording: draft, then published and locked, then retired.

    `copied_from` is the version that an editor began with: item codes mean the same along this
    line only. `saved_at` and `saved_by` say who last worked on the draft.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        RETIRED = "retired", "Retired"

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="versions")
    number = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    title = models.CharField(max_length=120)
    source = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    notice = models.TextField(blank=True)
    recommended_respondents = models.CharField(max_length=200, blank=True)
    section_titles_are = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, default="en-GB")
    scale_minimum = models.SmallIntegerField(default=0)
    scale_maximum = models.SmallIntegerField(default=5)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies"
    )
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    history = HistoricalRecords(excluded_fields=["saved_at", "saved_by"])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instrument", "number"], name="one_version_per_number"),
            models.CheckConstraint(
                condition=Q(scale_maximum__gt=models.F("scale_minimum")),
                name="scale_has_two_points",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} version {self.number}"


class Section(models.Model):
    """A block of items under one stem, in the version's order.

    What it asks about: the place, whatever is to be improved there, or the change. Only sections
    about the place are put side by side in surveys about two improvements.
    """

    class AsksAbout(models.TextChoices):
        CHANGE = "change", "The change"
        PLACE = "place", "The place"

    version = models.ForeignKey(Version, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    asks_about = models.CharField(max_length=6, choices=AsksAbout, default=AsksAbout.CHANGE)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "code"], name="one_section_per_code"),
        ]

    def __str__(self) -> str:
        return self.code


class Item(models.Model):
    """A statement. The code stays as long as the wording measures the same.

    `replaces` is the code that ended where this one began, because it measures something else.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    replaces = models.CharField(max_length=20, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["section__position", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "code"], name="one_item_per_code"),
        ]

    def __str__(self) -> str:
        return self.code


class Edition(models.Model):
    """Wording for a sheet: the verbatim one, or one adapted for front-line staff.

    `is_locked` marks words that are somebody else's: a copy keeps them as they were published.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="editions")
    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=80)
    label = models.CharField(max_length=40)
    why = models.TextField(blank=True)
    is_verbatim = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-is_verbatim", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "code"], name="one_edition_per_code"),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(is_verbatim=True),
                name="one_verbatim_edition",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Translation(models.Model):
    """An edition in one language: who reviewed it, when; the first is the instrument's own."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    not_sure_label = models.CharField(max_length=40, default="I can’t say")
    not_sure_help = models.CharField(max_length=160, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_on = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "language"], name="one_translation_per_language"
            ),
        ]

    def __str__(self) -> str:
        return self.language


class ScaleLabel(models.Model):
    """The words of one point of the scale in one language."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="scale_labels")
    language = models.CharField(max_length=12)
    value = models.SmallIntegerField()
    label = models.CharField(max_length=80)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["value"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "language", "value"], name="one_label_per_value"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SectionWording(models.Model):
    """Title and stem of a section in one edition and language.

    `measures_same`: an editor declared that a changed stem asks the same as in the version before.
    `translated_from`: the stem in the instrument's own language that this translates.
    `question`: what a debrief asks about the section.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="wordings")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="section_wordings")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    stem = models.CharField(max_length=400)
    question = models.CharField(max_length=240, blank=True)
    measures_same = models.BooleanField(default=False)
    translated_from = models.CharField(max_length=400, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["section", "edition", "language"], name="one_wording_per_section"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ItemWording(models.Model):
    """Text of a statement in one edition and language, with plain-language help if it has any.

    `left_out` (in the instrument's own language): this edition does not ask the statement.
    `measures_same`: an editor declared that a changed text measures the same as before.
    `translated_from`: the text in the instrument's own language that this translates.
    `question`: what a debrief asks about the statement; without one it asks the section's.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="wordings")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="item_wordings")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=400)
    help = models.CharField(max_length=400, blank=True)
    question = models.CharField(max_length=240, blank=True)
    left_out = models.BooleanField(default=False)
    measures_same = models.BooleanField(default=False)
    translated_from = models.CharField(max_length=400, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "edition", "language"], name="one_wording_per_item"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ItemMapping(models.Model):
    """Our reading of a version, not its authors': tasks, pyramid sides, challenges of each item.

    It lies over the version and is no part of it, so it may change after publishing.
    """

    version = models.OneToOneField(Version, models.CASCADE, related_name="reading")
    what = models.TextField()
    maps = models.JSONField()

    def __str__(self) -> str:
        return f"Reading of {self.version_id}"
