"""Statements that Django compiles to SQL once a process instead of once a request.

For what many people open at the same hour, as the respondent's page and a result, and for what
asks so much of each row that compiling its query takes longer than running it.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import BigAutoField, Field, JSONField, Model, QuerySet, Value
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from organisations.carriers.planned import planned_cursor

Row = TypeVar("Row")

# A larger number in an address is no row's, and databases refuse to look.
BIGGEST_KEY = 2**63 - 1


class Given(Value):
    """Stands in a queryset for a value that is given by this name each time it runs.

    A day or a moment can be moved: `today - timedelta(days=7)`.
    """

    def __init__(
        self, name: str, field: "Field[object, object]", moved: timedelta = timedelta()
    ) -> None:
        super().__init__(name, output_field=field)
        self._moved = moved

    def __add__(self, other: timedelta) -> "Given":  # type: ignore[override]
        return Given(self.value, self.output_field, self._moved + other)

    def __sub__(self, other: timedelta) -> "Given":  # type: ignore[override]
        return self + -other

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple["Given"]]:
        """The value's place; it is put there when the statement runs."""
        return "%s", (self,)

    def prepared(self, value: object) -> object:
        """The value as the database takes it."""
        if self._moved:
            value = cast(date, value) + self._moved
        return self.output_field.get_db_prep_value(value, connection=connection)


class GivenKeys(Given):
    """The same for any number of keys: `unit__in=GivenKeys("units")`."""

    def __init__(self, name: str) -> None:
        super().__init__(name, BigAutoField())

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple["Given"]]:
        """One place for all of them: the statement is the same however many there are."""
        if connection.vendor == "postgresql":
            return "(SELECT unnest(string_to_array(%s, ',')::bigint[]))", (self,)
        return "(SELECT value FROM json_each('[' || %s || ']'))", (self,)

    def prepared(self, value: object) -> object:
        """The keys as one text, which costs a tenth of a list of them."""
        return ",".join(map(str, cast(Iterable[int], value)))


class PreparedRows(Generic[Row]):
    """Finds all rows that its queryset would, with the values of each `Given` in it.

    `rows` makes the queryset: of `values_list`, or of objects with what they select as related and
    are annotated with. It says no zone but its own: `TruncDate` with its `tzinfo`, never `__date`,
    which would keep the zone of the first request.
    """

    def __init__(self, rows: Callable[[], QuerySet[Model, Row]]) -> None:
        self._make_rows = rows

    @cached_property
    def _statement(self) -> tuple[SQLCompiler, str, list[object], Any]:
        compiler = self._make_rows().query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        # Of a choice its word: the database's driver looks up each type of value.
        kept = [str(one) if isinstance(one, str) else one for one in parameters]
        return compiler, sql, kept, converters

    def all(self, **given: object) -> list[Row]:
        """One query; none where no row can be found, as of a role that nobody here holds."""
        try:
            with connection.cursor() as cursor:
                return self._fetched(cursor, given)
        except EmptyResultSet:
            return []

    def _fetched(self, cursor: CursorWrapper, given: dict[str, object]) -> list[Row]:
        compiler, sql, parameters, converters = self._statement
        values = [
            one.prepared(given[one.value]) if isinstance(one, Given) else one for one in parameters
        ]
        cursor.execute(sql, values)  # type: ignore[arg-type]
        rows: Iterable[tuple[object, ...]] = cursor.fetchall()
        if converters:
            rows = map(tuple, compiler.apply_converters(rows, converters))
        return cast(list[Row], list(rows if self._build is None else map(self._build, rows)))

    @cached_property
    def _build(self) -> Callable[[tuple[object, ...]], object] | None:
        """What makes an object of a row's values, as the queryset would; None of `values_list`."""
        compiler, *_ = self._statement
        if not compiler.query.default_cols:
            return None
        known: dict[str, Any] = compiler.klass_info
        places = known["select_fields"]
        names = [compiler.select[place][0].target.attname for place in places]
        # Django's own, as it is in 5.2; the types are of the next.
        related = get_related_populators(known, compiler.select, connection.alias)  # type: ignore[call-arg]

        def build(values: tuple[object, ...]) -> Model:
            one: Model = known["model"].from_db(
                connection.alias, names, [values[place] for place in places]
            )
            for populator in related:
                populator.populate(values, one)
            for name, place in compiler.annotation_col_map.items():
                setattr(one, name, values[place])
            return one

        return build


class Prepared(PreparedRows[Row]):
    """Finds the first row by the value of one column, of the model or of a related one."""

    def __init__(self, rows: Callable[[], QuerySet[Model, Row]], *, column: str) -> None:
        def looked_up() -> QuerySet[Model, Row]:
            found = rows()
            return found.filter(**{column: Given("value", _field(found.model, column))})[:1]

        super().__init__(looked_up)

    def first(self, value: object) -> Row | None:
        """The row whose column has this value, or None; one query."""
        if isinstance(value, int) and value > BIGGEST_KEY:
            return None
        with planned_cursor(binary=self._is_binary) as cursor:
            found = self._fetched(cursor, {"value": value})
        return found[0] if found else None

    @cached_property
    def _is_binary(self) -> bool:
        compiler, *_ = self._statement
        return not any(isinstance(one.output_field, JSONField) for one, *_ in compiler.select)


def _field(model: type[Model], column: str) -> "Field[object, object]":
    """The field at the end of this way from the model."""
    *way, last = column.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    found: Field[object, object] = model._meta.get_field(last)  # type: ignore[assignment]
    return found
