"""A survey, its units, and how people are reached."""

from surveys.models.distribution import REMINDERS, Channel, Contact, Invitation, Message
from surveys.models.opt_out import OptOut
from surveys.models.removed_contact import RemovedContact
from surveys.models.staff_import import StaffImport
from surveys.models.survey import NamedResponse, ReplacedPoster, Survey, SurveyUnit

__all__ = [
    "REMINDERS",
    "Channel",
    "Contact",
    "Invitation",
    "Message",
    "NamedResponse",
    "OptOut",
    "RemovedContact",
    "ReplacedPoster",
    "StaffImport",
    "Survey",
    "SurveyUnit",
]
