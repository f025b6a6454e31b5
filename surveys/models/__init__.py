"""All models of surveys: the instrument, the survey, its distribution, the ballot box."""

from surveys.models.ballot_box import Backup, Envelope, Response, Tally
from surveys.models.comment import Comment, ScreenedComment, Screening
from surveys.models.distribution import Channel, Contact, Invitation, Message
from surveys.models.instrument import (
    Edition,
    Instrument,
    Item,
    ItemWording,
    Reading,
    ScaleLabel,
    Section,
    SectionWording,
    Translation,
    Version,
)
from surveys.models.opt_out import OptOut
from surveys.models.staff_import import StaffImport
from surveys.models.survey import NamedSheet, Survey, SurveyUnit
from surveys.models.taken_off import TakenOff

__all__ = [
    "Backup",
    "Channel",
    "Comment",
    "Contact",
    "Edition",
    "Envelope",
    "Instrument",
    "Invitation",
    "Item",
    "ItemWording",
    "Message",
    "NamedSheet",
    "OptOut",
    "Reading",
    "Response",
    "ScaleLabel",
    "ScreenedComment",
    "Screening",
    "Section",
    "SectionWording",
    "StaffImport",
    "Survey",
    "SurveyUnit",
    "TakenOff",
    "Tally",
    "Translation",
    "Version",
]
