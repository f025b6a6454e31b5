"""Tables of the lowest floor: who works where, and how the site itself is."""

from organisations.models.departments import Department
from organisations.models.people import (
    ERASED_NAME,
    AccessToken,
    AuditEntry,
    Membership,
    Organisation,
    RememberedDevice,
    Role,
    Session,
    Unit,
    UrgentEmail,
    User,
    UserManager,
    check_time_zone,
)
from organisations.models.site import Deployment, Heartbeat

__all__ = [
    "ERASED_NAME",
    "AccessToken",
    "AuditEntry",
    "Department",
    "Deployment",
    "Heartbeat",
    "Membership",
    "Organisation",
    "RememberedDevice",
    "Role",
    "Session",
    "Unit",
    "UrgentEmail",
    "User",
    "UserManager",
    "check_time_zone",
]
