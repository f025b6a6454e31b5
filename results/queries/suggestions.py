"""What it takes to choose suggestions for a result."""

from dataclasses import dataclass

from initiatives.models import Suggestion
from instruments.models import Version
from instruments.queries.item_mappings import StatementMapping, mappings_of
from surveys.models import SurveyUnit


@dataclass(frozen=True)
class Helps:
    """What chooses suggestions: the instrument, our reading of it, the organisation's own."""

    instrument: str
    spoken: dict[str, StatementMapping]
    local: list[Suggestion]

    def tasks_of(self, code: str) -> tuple[str, ...]:
        """The tasks that a statement speaks to."""
        return self.spoken.get(code, StatementMapping()).tasks


def served_by(unit: SurveyUnit, local: list[Suggestion]) -> Helps:
    """What it takes to choose suggestions for this unit's statements. One query."""
    version = (
        Version.objects.filter(pk=unit.survey.version_id)
        .select_related("instrument", "reading")
        .get()
    )
    return Helps(version.instrument.code, mappings_of(version), local)
