"""A survey, the units it asks, and the sheets that leaders and small teams sign."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from initiatives.models import Initiative
from organisations.models import Organisation, Unit, User
from surveys import comments
from surveys.models.instrument import Edition, Version


class Survey(models.Model):
    """One version, one initiative, between two instants.

    draft -> preparing (key) -> scheduled -> open -> closed -> counted -> published; cancelled from
    any state before counted. The problem and the change are copied at launch: what staff read
    above every statement never changes under their answers.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PREPARING = "preparing", "Getting ready"
        SCHEDULED = "scheduled", "Scheduled"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        COUNTED = "counted", "Counted"
        PUBLISHED = "published", "Published"
        CANCELLED = "cancelled", "Cancelled"

    class Comments(models.TextChoices):
        NONE = comments.NONE, "No comments"
        WHOLE = comments.WHOLE, "One comment at the end"
        PARTS = comments.PARTS, "One comment for each part"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="surveys")
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="surveys")
    version = models.ForeignKey(Version, models.PROTECT, related_name="surveys")
    ward_edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    leaders_edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(max_length=80)
    problem = models.CharField(max_length=240)
    change = models.CharField(max_length=240)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    result_at = models.DateTimeField(null=True, blank=True)
    talk_at = models.DateTimeField(null=True, blank=True)
    reminder_days = models.JSONField(default=list)
    # Where an asked unit's week was full at launch: its hours, and the reason if one was given.
    hours_at_launch = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    why_now = models.CharField(max_length=240, blank=True)
    skipped_steps = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    messages_paused = models.BooleanField(default=False, db_default=False)
    # Reminders go to everyone with an address, answered or not, as a thank-you.
    reminds_everyone = models.BooleanField(default=False, db_default=False)
    comments = models.CharField(
        max_length=7, choices=Comments, default=Comments.NONE, db_default=Comments.NONE
    )
    # Words of a manager's own in messages to staff, by kind and language.
    message_words = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    launched_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    launched_at = models.DateTimeField(null=True, blank=True)
    # Made with the launch page: pressing Launch twice launches once.
    launch_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    public_key = models.BinaryField(null=True, blank=True)
    key_destroyed = models.BooleanField(default=False)
    counted_at = models.DateTimeField(null=True, blank=True)
    count_failure = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-opens_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state"]),
            models.Index(fields=["state", "opens_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")), name="survey_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyUnit(models.Model):
    """A unit in a survey: freezes its name, path, headcount and k; closes by itself.

    `headcount` counts posts. `way` is a sealed ward sheet, or one joint sheet for a small team.
    `enough` is what pages may say while it is open; a task refreshes it once a day.
    """

    class Way(models.TextChoices):
        WARD = "ward", "Ward sheet"
        JOINT = "joint", "Joint sheet"

    class State(models.TextChoices):
        WAITING = "waiting", "Not open yet"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        COUNTED = "counted", "Counted"
        TOO_FEW = "too_few", "Too few answers"
        CANCELLED = "cancelled", "Cancelled"

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="survey_units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="survey_units")
    way = models.CharField(max_length=5, choices=Way, default=Way.WARD)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    unit_name = models.CharField(max_length=120)
    unit_path = models.CharField(max_length=400)
    headcount = models.PositiveSmallIntegerField()
    minimum_group = models.PositiveSmallIntegerField()
    closes_at = models.DateTimeField()
    extended = models.BooleanField(default=False)
    # The one more reminder of the added week, if there is one.
    added_reminder_at = models.DateTimeField(null=True, blank=True)
    enough = models.BooleanField(default=False)
    enough_on = models.DateField(null=True, blank=True)
    answer_code = models.CharField(max_length=12, unique=True)
    ward_page_code = models.CharField(max_length=40, unique=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["unit_name"]
        indexes: ClassVar = [models.Index(fields=["state", "closes_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "unit"], name="one_survey_unit_per_unit"),
            models.CheckConstraint(
                condition=Q(way="joint") | Q(minimum_group__gte=5), name="no_group_below_five"
            ),
        ]

    def __str__(self) -> str:
        return self.unit_name


class NamedSheet(models.Model):
    """A leader's sheet in their own name, or the joint sheet of a small team.

    Named by consent: it says so before its first statement. `answers` is one character an item in
    version order (option index in base 36, `-` skipped, `?` can't say); empty until sent.
    """

    class Kind(models.TextChoices):
        LEADERS = "leaders", "Leaders’ sheet"
        JOINT = "joint", "Joint sheet"

    survey_unit = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="named_sheets")
    kind = models.CharField(max_length=7, choices=Kind)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    token_hash = models.BinaryField(max_length=32, unique=True, null=True)
    # Random; its link is derived from it. Empty on rows made before there were seeds.
    seed = models.CharField(max_length=22, blank=True, default="", db_default="")
    answers = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey_unit"],
                condition=Q(kind="joint"),
                name="one_joint_sheet_per_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def link_source(self) -> str:
        """What its link is derived from."""
        return self.seed or str(self.pk)
