"""A survey, the units it asks, and the sheets that leaders and small teams sign."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from initiatives.models import DebriefSaid, Initiative
from instruments.models.instrument import Edition, Version
from organisations.models import Organisation, Unit, User
from surveys.rules import comments, tokens
from surveys.rules.form_kind import FormKind


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
    debrief_at = models.DateTimeField(null=True, blank=True)
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

    `headcount` counts posts. `mode` is sealed staff forms, or one joint form for a small team.
    `leaders_together`: its leaders agree one form, and sending it by any of their links sends it
    for all of them.
    `enough` is what pages may say while it is open; a task refreshes it once a day.
    `poster_room` is how many answers its poster takes, set at opening; `poster_full` is what may be
    said of it, and `poster_renewals` how often the code was replaced.
    `debrief_state` is how far its debriefs are, `differ_since` since when they differ, and
    `debrief_views` what each that ended said, by name, day and choice: `debriefs` keeps them for
    the floors between, whose pages say it.
    """

    class Mode(models.TextChoices):
        SEALED = "sealed", "Sealed forms"
        JOINT = "joint", "Joint form"

    class State(models.TextChoices):
        NOT_OPEN = "waiting", "Not open yet"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        COUNTED = "counted", "Counted"
        TOO_FEW = "too_few", "Too few answers"
        CANCELLED = "cancelled", "Cancelled"

    class DebriefState(models.TextChoices):
        NONE = "", "No debrief yet"
        BEGUN = "begun", "A debrief has begun"
        DIFFER = "differ", "Debriefs differ"
        DECIDED = "decided", "Decided"

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="survey_units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="survey_units")
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.SEALED)
    leaders_together = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.NOT_OPEN)
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
    poster_room = models.PositiveIntegerField(default=0)
    poster_full = models.BooleanField(default=False)
    poster_renewals = models.PositiveSmallIntegerField(default=0)
    ward_page_code = models.CharField(max_length=40, unique=True)
    # Personal links are derived from it; it goes when the addresses go.
    link_word = models.CharField(max_length=22, default=tokens.new_link_word, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # How many people answered, as its published result says; none of too few or a joint form.
    answered = models.PositiveSmallIntegerField(null=True, blank=True)
    debriefed_at = models.DateTimeField(null=True, blank=True)
    debrief_state = models.CharField(
        max_length=8, choices=DebriefState, default=DebriefState.NONE, blank=True
    )
    differ_since = models.DateTimeField(null=True, blank=True)
    debrief_views: "models.JSONField[list[DebriefSaid], list[DebriefSaid]]" = models.JSONField(
        default=list, blank=True
    )

    class Meta:
        ordering: ClassVar = ["unit_name"]
        indexes: ClassVar = [models.Index(fields=["state", "closes_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "unit"], name="one_survey_unit_per_unit"),
            models.CheckConstraint(
                condition=Q(mode="joint") | Q(minimum_group__gte=5), name="no_group_below_five"
            ),
        ]

    def __str__(self) -> str:
        return self.unit_name


class ReplacedPoster(models.Model):
    """The code of a poster that a new one replaced; its address says so and takes nothing."""

    survey_unit = models.ForeignKey(SurveyUnit, models.CASCADE, related_name="replaced_posters")
    code = models.CharField(max_length=12, unique=True)

    def __str__(self) -> str:
        return self.code


class NamedResponse(models.Model):
    """A leader's form in their own name, or the joint form of a small team.

    Where leaders answer together each of them has a row, and all rows hold the same answers.
    Named by consent: it says so before its first statement. `answers` is one character an item in
    version order (option index in base 36, `-` skipped, `?` can't say); empty until sent.
    """

    survey_unit = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="named_responses")
    kind = models.CharField(
        max_length=7,
        choices=[(FormKind.LEADERS, "Leaders’ form"), (FormKind.JOINT, "Joint form")],
    )
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    token_hash = models.BinaryField(max_length=32, unique=True, null=True)
    # Its link is derived from it. Empty on rows made before there were seeds.
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
