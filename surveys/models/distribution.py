"""Reaching people: contacts, invitations and the outbox. Nothing here has a time of answering."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from initiatives.models import Commitment, DepartmentRequest, Review
from organisations.models import Organisation, User
from surveys.models.survey import NamedResponse, Survey, SurveyUnit
from surveys.rules.tokens import letter_id


class Channel(models.TextChoices):
    """How an answer page was reached."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "Text message"
    QR = "qr", "QR poster"
    SLIP = "slip", "Code slip"


class Contact(models.Model):
    """An address for this survey only; erased 30 days after it closes."""

    survey_unit = models.ForeignKey(SurveyUnit, models.CASCADE, related_name="contacts")
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12, blank=True)
    works_nights = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey_unit", "email"],
                condition=~Q(email=""),
                name="one_contact_per_email",
            ),
            models.UniqueConstraint(
                fields=["survey_unit", "mobile"],
                condition=~Q(mobile=""),
                name="one_contact_per_mobile",
            ),
        ]

    def __str__(self) -> str:
        return f"Contact {self.pk}"


class Invitation(models.Model):
    """The right to answer once. Keeps a keyed hash of its token and `used`, and no time at all."""

    survey_unit = models.ForeignKey(SurveyUnit, models.CASCADE, related_name="invitations")
    contact = models.OneToOneField(
        Contact, models.SET_NULL, null=True, blank=True, related_name="invitation"
    )
    channel = models.CharField(max_length=5, choices=Channel)
    token_hash = models.BinaryField(max_length=32, unique=True, null=True)
    # Its links are derived from it. Empty on code slips, and on rows made before there were seeds.
    seed = models.CharField(max_length=22, blank=True, default="", db_default="")
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @property
    def link_source(self) -> str:
        """What its links are derived from."""
        return self.seed or str(self.pk)


class Message(models.Model):
    """An outbox row: at most one per invitation (or sheet, or user) and step.

    It is about a survey, or about improvements: then `organisation` writes it to `user` about a
    `review`, a `department_request` or a `commitment` and its `day`, or about all that a reviewer
    looks at; `facts` are what only the floors above know of that
    (`surveys.words.improvement_messages`). Without a user it goes to the request's department.
    The database says what is due. A worker claims a batch of rows under a reference of its own,
    marks each as `sending` just before its bytes go out, and records what became of it
    (docs/fieldwork.md draws it).
    """

    class Step(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        REMINDER_1 = "reminder_1", "First reminder"
        REMINDER_2 = "reminder_2", "Second reminder"
        REMINDER_3 = "reminder_3", "Third reminder"
        OPENED = "opened", "Survey opened"
        CLOSES_TOMORROW = "closes_tomorrow", "Survey closes tomorrow"
        RESULT_READY = "result_ready", "Result ready"
        COUNT_FAILED = "count_failed", "Count failed"
        POSTER_FULL = "poster_full", "Poster full"
        # After the close, to everybody on the staff list: one of the first two, one of the last.
        RESULT = "result", "Result is ready"
        TOO_FEW = "too_few", "No result"
        DECIDED = "decided", "Team has decided"
        STOPPED = "stopped", "Improvement stopped"
        # About improvements, to those who work with them.
        REVIEWED = "reviewed", "Review decided"
        STARTS_SOON = "starts_soon", "Improvement starts in 7 days"
        STILL_DONE = "still_done", "Is it still done?"
        REVIEWS_DUE = "reviews_due", "Reviews due this month"
        WEEK = "week", "Due this week"
        # About a request to a department or a member.
        REQUEST = "request", "Request"
        REQUEST_DUE = "request_due", "Answer due today"
        REQUEST_OVERDUE = "request_overdue", "Answer overdue"
        REQUEST_ANSWERED = "request_answered", "Request answered"
        HAS_IT_COME = "has_it_come", "Has it come?"

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        CLAIMED = "claimed", "Claimed"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        RETURNED = "returned", "Not reached"
        DROPPED = "dropped", "Not needed"
        FAILED = "failed", "Failed"
        HELD = "held", "Held"

    # Not gone out, and nobody is at it who would not look again first.
    WAITING = (State.PLANNED, State.CLAIMED)
    # It waits for somebody to look at it.
    STUCK = (State.HELD, State.FAILED, State.RETURNED)

    survey = models.ForeignKey(
        Survey, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+"
    )
    review = models.ForeignKey(Review, models.CASCADE, null=True, blank=True, related_name="+")
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, null=True, blank=True, related_name="+"
    )
    department_request = models.ForeignKey(
        DepartmentRequest, models.CASCADE, null=True, blank=True, related_name="+"
    )
    day = models.DateField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    survey_unit = models.ForeignKey(
        SurveyUnit, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    invitation = models.ForeignKey(
        Invitation, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    named_response = models.ForeignKey(
        NamedResponse, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel, default=Channel.EMAIL)
    step = models.CharField(max_length=16, choices=Step)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    # New with each claim: only its holder may send.
    reference = models.CharField(max_length=80, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    # When somebody had it sent once more. From then on pages do not say why it was dropped: that
    # would tell who has answered.
    again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"]),
            models.Index(
                fields=["reference"], condition=~Q(reference=""), name="message_by_reference"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invitation", "step"],
                condition=~Q(invitation=None),
                name="one_message_per_invitation_and_step",
            ),
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(step__in=["result", "too_few"]),
                name="one_message_about_the_result",
            ),
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(step__in=["decided", "stopped"]),
                name="one_message_about_the_decision",
            ),
            models.UniqueConstraint(
                fields=["named_response", "step"],
                condition=~Q(named_response=None),
                name="one_message_per_sheet_and_step",
            ),
            models.UniqueConstraint(
                fields=["survey_unit", "user", "step"],
                condition=~Q(user=None) & ~Q(survey_unit=None),
                name="one_message_per_user_unit_and_step",
            ),
            models.UniqueConstraint(
                fields=["survey", "user", "step"],
                condition=~Q(user=None) & Q(survey_unit=None),
                name="one_message_per_user_and_step",
            ),
            models.UniqueConstraint(
                fields=["review", "user"],
                condition=~Q(review=None),
                name="one_message_per_review_and_user",
            ),
            models.UniqueConstraint(
                fields=["commitment", "user", "step", "day"],
                condition=~Q(commitment=None),
                name="one_message_per_day_of_a_commitment",
            ),
            models.UniqueConstraint(
                fields=["organisation", "user", "step", "day"],
                condition=Q(review=None, commitment=None, department_request=None)
                & ~Q(organisation=None),
                name="one_message_per_step_day_and_user",
            ),
            models.UniqueConstraint(
                fields=["department_request", "user", "step"],
                condition=~Q(department_request=None) & ~Q(user=None),
                name="one_message_per_request_and_user",
            ),
            models.UniqueConstraint(
                fields=["department_request", "step"],
                condition=~Q(department_request=None) & Q(user=None),
                name="one_message_per_request_to_a_department",
            ),
            models.CheckConstraint(
                condition=Q(survey=None) ^ Q(organisation=None), name="about_survey_or_improvements"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.state}"

    @property
    def written_by(self) -> Organisation:
        """The organisation that writes it; its hours and its time zone hold."""
        if self.organisation is not None:
            return self.organisation
        if self.survey is None:
            raise ValueError("A message is about a survey or about improvements.")
        return self.survey.organisation

    @property
    def letter_id(self) -> str:
        """What mail servers and GOV.UK Notify know its letter by. To staff and leaders the same
        when the message is made again after a restore; else that of the claim.
        """
        holder = self.invitation or self.named_response
        if holder is None or holder.token_hash is None:
            return self.reference
        return letter_id(token_hash=bytes(holder.token_hash), step=self.step)


REMINDERS = (Message.Step.REMINDER_1, Message.Step.REMINDER_2, Message.Step.REMINDER_3)
ABOUT_RESULT = (Message.Step.RESULT, Message.Step.TOO_FEW)
ABOUT_DECISION = (Message.Step.DECIDED, Message.Step.STOPPED)
# What goes to the staff list after the close, to answered and not answered alike.
NEWS = (*ABOUT_RESULT, *ABOUT_DECISION)
# What asks for an answer to a request, until there is one.
ASKING = (Message.Step.REQUEST, Message.Step.REQUEST_DUE, Message.Step.REQUEST_OVERDUE)
ABOUT_REQUESTS = (*ASKING, Message.Step.REQUEST_ANSWERED, Message.Step.HAS_IT_COME)
# What asks or tells about improvements, by `organisation`.
ABOUT_IMPROVEMENTS = (
    Message.Step.REVIEWED,
    Message.Step.STARTS_SOON,
    Message.Step.STILL_DONE,
    Message.Step.REVIEWS_DUE,
    Message.Step.WEEK,
    *ABOUT_REQUESTS,
)
