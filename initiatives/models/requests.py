"""What a team asks of a department, or of somebody above it, for an improvement."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from initiatives.models.plan import Action, Priority
from initiatives.models.register import Initiative
from organisations.models import Unit, User
from organisations.rules.personal_links import Purpose, token

# The longest name of a unit, and “the manager of”.
LONGEST_WHOM = 140


class DepartmentRequest(models.Model):
    """One request to one department or member, with an answer due; answered once.

    `whom` is who is asked, in words. A department has an `email`, until that is erased; a member
    answers signed in. "Not ours" moves it once: the next row is `moved_to`. After that, or where
    nobody else was named, it is the team's again, who may send another or withdraw it. `has_come`
    is what the team said on the day of a "yes". `undelivered` is kept while it waits and is as the
    outbox says; whoever asked may then have it sent again.
    """

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No, or not now"
        NOT_OURS = "not_ours", "Not ours"

    class HasCome(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No, not yet"

    class Undelivered(models.TextChoices):
        NO = "no", "Could not be delivered"
        UNKNOWN = "unknown", "Not known if it was delivered"

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="requests")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="requests")
    priority = models.ForeignKey(
        Priority, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    action = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    whom = models.CharField(max_length=LONGEST_WHOM)
    member = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True)
    # The link is derived from it; both go when the address is erased.
    seed = models.CharField(max_length=22, blank=True)
    token_hash = models.BinaryField(max_length=32, unique=True, null=True)
    needs = models.CharField(max_length=240)
    answer_by = models.DateField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    moved_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_to"
    )
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answer_words = models.CharField(max_length=240, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    has_come = models.CharField(max_length=3, choices=HasCome, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    undelivered = models.CharField(max_length=7, choices=Undelivered, blank=True)
    sent_again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "request"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(member=None) | Q(email="", seed="", token_hash=None),
                name="asked_as_member_or_by_link",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(answer="yes", promised_on__isnull=False, withdrawn_at=None)
                | (~Q(answer="yes") & Q(promised_on=None, has_come="")),
                name="yes_by_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["answer_by"],
                name="unanswered_by_day",
                condition=Q(answer="", withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.needs

    @property
    def link_token(self) -> str:
        """The token of a department's personal link, the same each time; a member has none."""
        return token(purpose=Purpose.REQUEST, source=self.seed)
