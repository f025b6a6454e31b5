"""What a document is made of: one released result, with the words that are on every page."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from reports.presenters.brief import Brief, brief_of
from reports.queries.beside import Beside
from results.access import Result
from results.presenters.context_notes import NoteView, notes_on_result
from results.presenters.page import Page, page_of
from results.words.phrases import full_date
from scoring.models import Snapshot
from scoring.rules.payload import SnapshotPayload
from surveys.models import SurveyUnit


@dataclass(frozen=True)
class Source:
    """A snapshot with its unit; the organisation's time zone must be active."""

    snapshot: Snapshot
    unit: SurveyUnit
    payload: SnapshotPayload
    beside: Beside
    created: datetime

    @property
    def notes(self) -> tuple[NoteView, ...]:
        """What happened on the unit around this audit."""
        return notes_on_result(self.beside.notes, self.unit, self.beside.audits)

    @cached_property
    def page(self) -> Page:
        """The top of the result's page, for everybody who may read it."""
        return page_of(Result(self.unit, self.snapshot), self.snapshot)

    @cached_property
    def brief(self) -> Brief:
        """What followed from the result."""
        return brief_of(self.unit, self.beside.followed)

    @property
    def author(self) -> str:
        """Whose document it is."""
        name: str = self.unit.survey.organisation.name
        return name

    @property
    def title(self) -> str:
        """`Ward 7: earlier discharge letters`."""
        return f"{self.unit.unit_name}: {self.unit.survey.title}"

    @property
    def created_on(self) -> str:
        """The day on which the document is created."""
        return full_date(self.created)

    @property
    def answered(self) -> str:
        """`14 of 22 answered`."""
        if self.payload["tier"] == "joint":
            return "One form, agreed by the team"
        if self.payload["withheld"] == "not_sent":
            return "The joint form was not sent"
        if self.payload["answered"] is None:
            return f"Fewer than {self.payload['k']} of {self.payload['headcount']} answered"
        return f"{self.payload['answered']} of {self.payload['headcount']} answered"

    @property
    def dates(self) -> str:
        """`closed 3 December 2026, result 4 December 2026`."""
        released: datetime = self.snapshot.released_at
        return f"closed {full_date(self.unit.closes_at)}, result {full_date(released)}"

    @property
    def wording(self) -> str:
        """Instrument, version and the edition that people saw."""
        edition = self.payload["edition"]
        label = f" ({edition['label']})" if edition["label"] else ""
        return (
            f"{self.payload['instrument']} version {self.payload['version']}, "
            f"{edition['name']}{label}"
        )

    @property
    def correction(self) -> str:
        """Why this replaces an earlier release; empty for the first."""
        return self.snapshot.reason if self.snapshot.number > 1 else ""


def source_of(snapshot: Snapshot, beside: Beside) -> Source:
    """Takes a snapshot that was read with `survey_unit__survey__organisation`."""
    return Source(snapshot, snapshot.survey_unit, snapshot.payload, beside, timezone.localtime())
