"""From a link or a code to all that the respondent's page needs, in one query.

This is also what `responses.actions.submission` takes: find the page again at POST, hand it over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Subquery
from django.utils import timezone

from instruments.models import Item
from instruments.queries.wording import version_parts
from organisations.queries.prepared import Prepared
from organisations.rules import personal_links
from responses.models import Tally
from surveys.models import (
    Channel,
    Contact,
    Invitation,
    NamedResponse,
    ReplacedPoster,
    Survey,
    SurveyUnit,
)
from surveys.rules import comments, tokens
from surveys.rules.form_kind import FormKind

# The values of a database row by the names of the page's fields.
_Row = dict[str, Any]
_Lookup = Callable[[object], _Row | None]


class LinkStatus(StrEnum):
    """What a page may offer just now."""

    OPEN = "open"
    NOT_OPEN = "not open"
    CLOSED = "closed"
    USED = "used"
    CANCELLED = "cancelled"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One sheet of one unit as its respondent meets it; `edition_id` is the wording to show."""

    form_kind: FormKind
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
    debrief_at: datetime | None
    public_key: bytes | None
    version_id: int
    edition_id: int
    items: int
    options: int
    comments: str
    organisation: str
    time_zone: str
    poster_room: int = 0
    by_poster: int = 0
    reminds_everyone: bool = False
    published_at: datetime | None = None
    has_staff_list: bool = False
    channel: str = ""
    invitation_id: int | None = None
    seed: str = ""
    used: bool = False
    leaders_together: bool = False
    named_response_id: int | None = None
    name: str = ""
    answers: str = ""

    @property
    def is_open_to_all(self) -> bool:
        """A ward sheet behind the poster, the same for everyone, and not behind a link or slip."""
        return self.form_kind is FormKind.STAFF and self.channel == Channel.QR

    @property
    def is_personal(self) -> bool:
        """Whether it was opened by a link that went to one person: no poster, no slip."""
        return self.channel in (Channel.EMAIL, Channel.SMS)

    @property
    def stop_token(self) -> str:
        """What stops messages to this person; empty where the page is nobody's own."""
        if not self.is_personal or self.invitation_id is None:
            return ""
        source = self.seed or str(self.invitation_id)
        return tokens.opt_out_token(row=self.invitation_id, source=source)

    @property
    def _is_full(self) -> bool:
        return self.is_open_to_all and self.by_poster >= self.poster_room

    def standing(self, now: datetime | None = None) -> LinkStatus:
        """Open only between its instants: a late sweep neither opens early nor closes late.

        A ward sheet's used link says so as long as it stands, also after closing.
        """
        if self.unit_state == SurveyUnit.State.CANCELLED:
            return LinkStatus.CANCELLED
        if self.used:
            return LinkStatus.USED
        if self.unit_state == SurveyUnit.State.NOT_OPEN:
            return LinkStatus.NOT_OPEN
        if self.unit_state == SurveyUnit.State.OPEN and (now or timezone.now()) < self.closes_at:
            return LinkStatus.FULL if self._is_full else LinkStatus.OPEN
        return LinkStatus.CLOSED


# Where each field of the page stands, seen from a survey unit.
_PATHS = {
    "survey_unit_id": "id",
    "unit_name": "unit_name",
    "headcount": "headcount",
    "poster_room": "poster_room",
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
    "debrief_at": "survey__debrief_at",
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
    "published_at": "published_at",
    "leaders_together": "leaders_together",
}


def _lookup(model: type[Model], unit: str, own: _Row, *, column: str) -> _Lookup:
    """Finds all that a page needs from a row of `model`; `unit` is the way to its survey unit."""
    items = (
        Item.objects.filter(version=OuterRef(f"{unit}survey__version"))
        .order_by()
        .values("version")
        .annotate(number=Count("id"))
        .values("number")
    )
    by_poster = Tally.objects.filter(survey_unit=OuterRef(f"{unit}pk"), channel=Channel.QR).values(
        "count"
    )
    staff_list = Exists(Contact.objects.filter(survey_unit=OuterRef(f"{unit}pk")))
    paths = [unit + path for path in _PATHS.values()]
    names = [*_PATHS, *own, "items", "by_poster", "has_staff_list"]
    prepared = Prepared(
        lambda: model._default_manager.order_by().values_list(
            *paths, *own.values(), Subquery(items), Subquery(by_poster), staff_list
        ),
        column=column,
    )

    def find(value: object) -> _Row | None:
        values = prepared.first(value)
        return None if values is None else dict(zip(names, values, strict=True))

    return find


_JOINT = NamedResponse.objects.filter(survey_unit=OuterRef("pk"), kind=FormKind.JOINT)
_by_token = _lookup(
    Invitation,
    "survey_unit__",
    {"invitation_id": "id", "used": "used", "channel": "channel", "seed": "seed"},
    column="token_hash",
)
_by_code = _lookup(
    SurveyUnit,
    "",
    {"mode": "mode", "named_response_id": Subquery(_JOINT.values("pk")[:1])},
    column="answer_code",
)
_by_named_token = _lookup(
    NamedResponse,
    "survey_unit__",
    {"named_response_id": "id", "name": "name", "answers": "answers", "kind": "kind"},
    column="token_hash",
)
_by_ward_page = _lookup(SurveyUnit, "", {}, column="ward_page_code")


def _page(row: _Row, kind: FormKind) -> AnswerPage:
    ward, leaders = row.pop("ward_edition_id"), row.pop("leaders_edition_id")
    row["options"] = row.pop("scale_maximum") - row.pop("scale_minimum") + 1
    row["items"], row["by_poster"] = row["items"] or 0, row["by_poster"] or 0
    # What a leader or a team says stands in its name; only a ward sheet has room to write.
    row["comments"] = row["comments"] if kind is FormKind.STAFF else Survey.Comments.NONE
    # The database's bytes may come as a memoryview.
    row["public_key"] = bytes(row["public_key"]) if row["public_key"] else None
    # A small team scores the ward's own wording together.
    return AnswerPage(
        **row, form_kind=kind, edition_id=leaders if kind is FormKind.LEADERS else ward
    )


def find_by_token(token: str) -> AnswerPage | None:
    """The ward sheet of a personal link (`/a/…`); reading it never uses it up."""
    row = _by_token(personal_links.token_hash(token))
    return None if row is None else _page(row, FormKind.STAFF)


def find_by_code(code: str) -> AnswerPage | None:
    """The sheet behind a poster or a slip (`/q/…`): the ward's, or a small team's joint sheet."""
    code = tokens.typed_code(code)
    if len(code) == tokens.SLIP_LENGTH:
        return find_by_token(code)
    row = _by_code(code)
    if row is None:
        return None
    is_joint = row.pop("mode") == SurveyUnit.Mode.JOINT
    row["channel"] = Channel.QR.value
    return _page(row, FormKind.JOINT if is_joint else FormKind.STAFF)


def was_replaced(code: str) -> bool:
    """Whether a poster had this code before it got another."""
    return ReplacedPoster.objects.filter(code=tokens.typed_code(code)).exists()


def find_named_by_token(token: str) -> AnswerPage | None:
    """A leader's own sheet or a team's joint sheet behind its personal link (`/l/…`)."""
    row = _by_named_token(personal_links.token_hash(token))
    if row is None:
        return None
    is_joint = row.pop("kind") == FormKind.JOINT
    return _page(row, FormKind.JOINT if is_joint else FormKind.LEADERS)


def find_by_ward_page(code: str) -> AnswerPage | None:
    """The unit behind a ward page's code, for what is public there: names and dates."""
    row = _by_ward_page(code)
    return None if row is None else _page(row, FormKind.STAFF)


def page_for_preview(survey_unit: SurveyUnit, *, leaders: bool, name: str) -> AnswerPage:
    """The page as a ward's respondent, a small team or the leader `name` will meet it."""
    row = _by_ward_page(survey_unit.ward_page_code)
    if row is None:
        raise SurveyUnit.DoesNotExist
    if leaders:
        return _page({**row, "name": name}, FormKind.LEADERS)
    row["channel"] = Channel.QR.value
    is_joint = survey_unit.mode == SurveyUnit.Mode.JOINT
    return _page(row, FormKind.JOINT if is_joint else FormKind.STAFF)


def comment_fields(page: AnswerPage) -> tuple[str, ...]:
    """The names of the fields in which this sheet takes comments; no query once known."""
    parts = version_parts(page.version_id) if page.comments == Survey.Comments.PARTS else ()
    return comments.field_names(page.comments, parts)
