"""From a link or a code to all that the respondent's page needs, in one query.

This is also what `surveys.actions.answering` takes: find the page again at POST and hand it over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Model, OuterRef, Subquery
from django.utils import timezone

from surveys import comments, tokens
from surveys.models import Channel, Invitation, Item, NamedSheet, Survey, SurveyUnit
from surveys.queries.prepared import Prepared
from surveys.queries.wording import version_parts

_Lookup = Callable[[object], dict[str, Any] | None]


class Sheet(StrEnum):
    """Which sheet a link opens."""

    WARD = "ward"
    LEADERS = "leaders"
    JOINT = "joint"


class Standing(StrEnum):
    """What a page may offer just now."""

    OPEN = "open"
    NOT_OPEN = "not open"
    CLOSED = "closed"
    USED = "used"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One sheet of one unit as its respondent meets it; `edition_id` is the wording to show."""

    sheet: Sheet
    survey_unit_id: int
    unit_name: str
    headcount: int
    minimum_group: int
    ward_page_code: str
    unit_state: str
    closes_at: datetime
    survey_id: int
    title: str
    problem: str
    change: str
    opens_at: datetime
    result_at: datetime | None
    talk_at: datetime | None
    public_key: bytes | None
    version_id: int
    edition_id: int
    items: int
    options: int
    comments: str
    organisation: str
    time_zone: str
    reminds_everyone: bool = False
    channel: str = ""
    invitation_id: int | None = None
    used: bool = False
    named_sheet_id: int | None = None
    name: str = ""
    answers: str = ""

    @property
    def is_open_to_all(self) -> bool:
        """A ward sheet behind the poster, the same for everyone, and not behind a link or slip."""
        return self.sheet is Sheet.WARD and self.channel == Channel.QR

    def standing(self, now: datetime | None = None) -> Standing:
        """Open only between its instants: a late sweep neither opens early nor closes late.

        A ward sheet's used link says so as long as it stands, also after closing.
        """
        if self.unit_state == SurveyUnit.State.CANCELLED:
            return Standing.CANCELLED
        if self.used:
            return Standing.USED
        if self.unit_state == SurveyUnit.State.WAITING:
            return Standing.NOT_OPEN
        if self.unit_state == SurveyUnit.State.OPEN and (now or timezone.now()) < self.closes_at:
            return Standing.OPEN
        return Standing.CLOSED


# Where each field of the page stands, seen from a survey unit.
_PATHS = {
    "survey_unit_id": "id",
    "unit_name": "unit_name",
    "headcount": "headcount",
    "minimum_group": "minimum_group",
    "ward_page_code": "ward_page_code",
    "unit_state": "state",
    "closes_at": "closes_at",
    "survey_id": "survey_id",
    "title": "survey__title",
    "problem": "survey__problem",
    "change": "survey__change",
    "opens_at": "survey__opens_at",
    "result_at": "survey__result_at",
    "talk_at": "survey__talk_at",
    "public_key": "survey__public_key",
    "version_id": "survey__version_id",
    "ward_edition_id": "survey__ward_edition_id",
    "leaders_edition_id": "survey__leaders_edition_id",
    "scale_minimum": "survey__version__scale_minimum",
    "scale_maximum": "survey__version__scale_maximum",
    "comments": "survey__comments",
    "organisation": "survey__organisation__name",
    "time_zone": "survey__organisation__time_zone",
    "reminds_everyone": "survey__reminds_everyone",
}


def _lookup(model: type[Model], unit: str, own: dict[str, Any], *, column: str) -> _Lookup:
    """Finds all that a page needs from a row of `model`; `unit` is the way to its survey unit."""
    items = (
        Item.objects.filter(version=OuterRef(f"{unit}survey__version"))
        .order_by()
        .values("version")
        .annotate(number=Count("id"))
        .values("number")
    )
    paths = [unit + path for path in _PATHS.values()]
    names = [*_PATHS, *own, "items"]
    prepared = Prepared(
        lambda: model._default_manager.order_by().values_list(
            *paths, *own.values(), Subquery(items)
        ),
        column=column,
    )

    def find(value: object) -> dict[str, Any] | None:
        values = prepared.first(value)
        return None if values is None else dict(zip(names, values, strict=True))

    return find


_JOINT = NamedSheet.objects.filter(survey_unit=OuterRef("pk"), kind=NamedSheet.Kind.JOINT)
_by_token = _lookup(
    Invitation,
    "survey_unit__",
    {"invitation_id": "id", "used": "used", "channel": "channel"},
    column="token_hash",
)
_by_code = _lookup(
    SurveyUnit,
    "",
    {"way": "way", "named_sheet_id": Subquery(_JOINT.values("pk")[:1])},
    column="answer_code",
)
_by_sheet_token = _lookup(
    NamedSheet,
    "survey_unit__",
    {"named_sheet_id": "id", "name": "name", "answers": "answers", "kind": "kind"},
    column="token_hash",
)
_by_ward_page = _lookup(SurveyUnit, "", {}, column="ward_page_code")


def _page(row: dict[str, Any], sheet: Sheet) -> AnswerPage:
    ward, leaders = row.pop("ward_edition_id"), row.pop("leaders_edition_id")
    row["options"] = row.pop("scale_maximum") - row.pop("scale_minimum") + 1
    row["items"] = row["items"] or 0
    # What a leader or a team says stands in its name; only a ward sheet has room to write.
    row["comments"] = row["comments"] if sheet is Sheet.WARD else Survey.Comments.NONE
    # The database's bytes may come as a memoryview.
    row["public_key"] = bytes(row["public_key"]) if row["public_key"] else None
    # A small team scores the ward's own wording together.
    return AnswerPage(**row, sheet=sheet, edition_id=leaders if sheet is Sheet.LEADERS else ward)


def find_by_token(token: str) -> AnswerPage | None:
    """The ward sheet of a personal link (`/a/…`); reading it never uses it up."""
    row = _by_token(tokens.token_hash(token))
    return None if row is None else _page(row, Sheet.WARD)


def find_by_code(code: str) -> AnswerPage | None:
    """The sheet behind a poster or a slip (`/q/…`): the ward's, or a small team's joint sheet."""
    code = tokens.typed_code(code)
    if len(code) == tokens.SLIP_LENGTH:
        return find_by_token(code)
    row = _by_code(code)
    if row is None:
        return None
    is_joint = row.pop("way") == SurveyUnit.Way.JOINT
    row["channel"] = Channel.QR.value
    return _page(row, Sheet.JOINT if is_joint else Sheet.WARD)


def find_by_sheet_token(token: str) -> AnswerPage | None:
    """A leader's own sheet or a team's joint sheet behind its personal link (`/l/…`)."""
    row = _by_sheet_token(tokens.token_hash(token))
    if row is None:
        return None
    is_joint = row.pop("kind") == NamedSheet.Kind.JOINT
    return _page(row, Sheet.JOINT if is_joint else Sheet.LEADERS)


def find_by_ward_page(code: str) -> AnswerPage | None:
    """The unit behind a ward page's code, for what is public there: names and dates."""
    row = _by_ward_page(code)
    return None if row is None else _page(row, Sheet.WARD)


def page_for_preview(survey_unit: SurveyUnit, *, leaders: bool, name: str) -> AnswerPage:
    """The page as a ward's respondent, a small team or the leader `name` will meet it."""
    row = _by_ward_page(survey_unit.ward_page_code)
    if row is None:
        raise SurveyUnit.DoesNotExist
    if leaders:
        return _page({**row, "name": name}, Sheet.LEADERS)
    row["channel"] = Channel.QR.value
    is_joint = survey_unit.way == SurveyUnit.Way.JOINT
    return _page(row, Sheet.JOINT if is_joint else Sheet.WARD)


def comment_fields(page: AnswerPage) -> tuple[str, ...]:
    """The names of the fields in which this sheet takes comments; no query once known."""
    parts = version_parts(page.version_id) if page.comments == Survey.Comments.PARTS else ()
    return comments.field_names(page.comments, parts)
