"""Reads the notes on a unit: beside its result in the same statement, else in one of their own."""

from collections.abc import Sequence
from datetime import date

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler

from results.models import ContextNote
from surveys.models import SurveyUnit


class Gathered(Subquery):
    """Rows of one JSON column `row` as a list, so that they come with the row they belong to."""

    output_field = JSONField()
    template = "(SELECT COALESCE(jsonb_agg(rows.one), '[]') FROM (%(subquery)s) rows)"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: object
    ) -> tuple[str, Sequence[object]]:
        """The same in SQLite's words."""
        template = "(SELECT json_group_array(json(rows.one)) FROM (%(subquery)s) rows)"
        return self.as_sql(compiler, connection, template=template, **extra)


def notes_beside(unit: str) -> Gathered:
    """For an annotation: the notes on the unit that this field of the outer row names."""
    rows = ContextNote.objects.filter(unit=OuterRef(unit)).order_by("day", "pk")
    one = JSONObject(pk="pk", survey_unit_id="survey_unit_id", day="day", text="text")
    return Gathered(rows.annotate(one=one).values("one"))


def gathered_notes(rows: list[dict[str, object]]) -> tuple[ContextNote, ...]:
    """What `notes_beside` found."""
    return tuple(ContextNote(**{**row, "day": date.fromisoformat(str(row["day"]))}) for row in rows)


def notes_of(survey_unit: SurveyUnit) -> tuple[ContextNote, ...]:
    """Every note on the unit of this audit. One query."""
    return tuple(ContextNote.objects.filter(unit=survey_unit.unit_id))
