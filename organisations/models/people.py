"""Who works where: users, organisations, units, memberships, and the audit trail."""

from datetime import time
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organisations.rules.limits import Limits
from organisations.rules.short_name import LONGEST_TEXT_NAME, short_name


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail; nobody has a password but operators who set one."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A user without a usable password unless one is given; the e-mail is kept lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None) -> "User":
        """An operator, who may open the Django admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True)


# The name of everybody whose row was blanked.
ERASED_NAME = "Erased person"


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. The e-mail is the name; one person may serve several organisations.

    Erasure blanks the row and keeps its id, so that the audit trail stays whole.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name or self.email


def check_time_zone(name: str) -> None:
    """Refuses a name that the time zone database does not know."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError("Choose a time zone such as Europe/London.") from error


class Organisation(models.Model):
    """The tenant: a trust or hospital, with its time zone and its house rules."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    time_zone = models.CharField(
        max_length=60, default="Europe/London", validators=[check_time_zone]
    )
    weekly_hours_limit = models.PositiveSmallIntegerField(default=8)
    improvements_limit = models.PositiveSmallIntegerField(default=3)
    # What an improvement counts as while nobody has said its hours; and when it is reviewed.
    hours_guess = models.PositiveSmallIntegerField(default=2)
    review_weeks = models.PositiveSmallIntegerField(default=8)
    quiet_from = models.TimeField(default=time(20))
    quiet_until = models.TimeField(default=time(8))
    front_line_by_default = models.BooleanField(default=True)
    # Empty: its name without what all trusts are called (`name_in_texts`).
    text_name = models.CharField(max_length=LONGEST_TEXT_NAME, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def name_in_texts(self) -> str:
        """What text messages call it."""
        return self.text_name or short_name(self.name)

    @property
    def limits(self) -> Limits:
        """Those of its units that have none of their own."""
        return Limits(self.weekly_hours_limit, self.improvements_limit)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which every date of this organisation is meant."""
        return ZoneInfo(self.time_zone)


class Unit(models.Model):
    """A ward, department or division. `path` is `/1/5/9/`, its own id last; actions keep it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=400, editable=False)
    posts = models.PositiveSmallIntegerField(null=True, blank=True)
    # Its own limits; none means those of its organisation.
    own_hours_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    own_improvements_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [models.Index(fields=["organisation", "path"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_own_limit(self) -> bool:
        """Whether it has at least one limit of its own."""
        return self.own_hours_limit is not None or self.own_improvements_limit is not None

    def limits(self, organisation: Organisation) -> Limits:
        """Its own limits where it has some, else those of its organisation, given at hand."""
        return organisation.limits.with_own(self.own_hours_limit, self.own_improvements_limit)


class Role(models.TextChoices):
    """What a member may do; administrators are editors too."""

    ADMINISTRATOR = "administrator", "Administrator"
    MANAGER = "manager", "Manager"
    LEAD = "lead", "Improvement lead"
    REVIEWER = "reviewer", "Senior reviewer"
    EDITOR = "editor", "Question bank editor"


class Membership(models.Model):
    """One role of one user over one unit and all below it; no unit means the whole organisation."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    is_active = models.BooleanField(default=True)
    # The e-mail about this role is still to be sent; a sweep sends it.
    invitation_due = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "unit"],
                name="one_membership_per_role_and_unit",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(unit=None),
                name="one_membership_per_role_without_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.user_id}"


class AccessToken(models.Model):
    """Lets another program read for its holder: what they may read in one organisation, no more.

    Only a hash of the token is kept. It ends by itself; taken back, the row stays.
    """

    class Scope(models.TextChoices):
        UNITS = "units", "Units"
        SURVEYS = "surveys", "Surveys and their dates"
        RESULTS = "results", "Released results"
        IMPROVEMENTS = "improvements", "Improvements and their actions"

    user = models.ForeignKey(User, models.PROTECT, related_name="access_tokens")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="access_tokens")
    name = models.CharField(max_length=60)
    token_hash = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"Access token {self.pk}"

    @property
    def is_valid(self) -> bool:
        """Whether it still opens anything."""
        return self.taken_back_at is None and self.expires_at > timezone.now()


class Session(AbstractBaseSession):
    """One browser that is signed in, or asked for a code; ends at `expire_date`.

    The key is a hash of the cookie and the data are sealed by it: a stolen row opens no session and
    shows no pending code. `carriers.session_store` writes it.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    remembered = models.BooleanField(default=False)
    methods = models.JSONField(default=list)
    device = models.CharField(max_length=60, blank=True)
    network = models.CharField(max_length=45, blank=True)

    class Meta:
        ordering: ClassVar = ["-seen_at", "session_key"]


class RememberedDevice(models.Model):
    """A browser whose person ticked “Keep me signed in”: strangers cannot use up its letters.

    It never opens anything. `mark` is a hash of its cookie.
    """

    account = models.ForeignKey(User, models.CASCADE, related_name="devices")
    mark = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=60, blank=True)
    # When its person last signed in there with the tick.
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-used_at", "-pk"]

    def __str__(self) -> str:
        return f"Device {self.pk}"


class UrgentEmail(models.Model):
    """An e-mail that somebody waits for at a page, such as a sign-in code, until it is sent.

    The code stands in the person's session too, for as long; the row goes with the sending.
    """

    to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Email {self.pk}"


class AuditEntry(models.Model):
    """Who did what to which object, when. Append-only: the database refuses change and deletion.

    `detail` holds ids, codes and figures, never a person's name, address or answer.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="audit_entries"
    )
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["organisation", "-at"])]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"
