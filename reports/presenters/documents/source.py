"""What a document is made of: one released result, with the words that stand on every page."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from reports.presenters.context_notes import NoteShown, notes_on_result
from reports.presenters.phrases import full_date
from reports.queries.audits import audits_beside
from reports.queries.context_notes import notes_of
from scoring.models import Snapshot
from scoring.payload import SnapshotPayload
from surveys.models import SurveyUnit


@dataclass(frozen=True)
class Source:
    """A snapshot with its unit; the organisation's time zone must be active."""

    snapshot: Snapshot
    unit: SurveyUnit
    payload: SnapshotPayload

    @property
    def notes(self) -> tuple[NoteShown, ...]:
        """What happened on the unit around this audit. Two queries."""
        return notes_on_result(notes_of(self.unit), self.unit, audits_beside(self.unit))

    @property
    def title(self) -> str:
        """`Ward 7: earlier discharge letters`."""
        return f"{self.unit.unit_name}: {self.unit.survey.title}"

    @property
    def answered(self) -> str:
        """`14 of 22 answered`."""
        if self.payload["tier"] == "joint":
            return "One sheet, agreed by the team"
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


def source_of(snapshot: Snapshot) -> Source:
    """Takes a snapshot that was read with `survey_unit__survey__organisation`."""
    return Source(snapshot, snapshot.survey_unit, cast(SnapshotPayload, snapshot.payload))
