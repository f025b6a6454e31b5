"""A lookup that Django compiles to SQL once a process instead of once a request.

For what many people open at the same hour: the respondent's page, and a result. Compiling either's
query takes several times as long as running it.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.db import connection
from django.db.models import Field, JSONField, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from organisations.carriers.planned import planned_cursor

Row = TypeVar("Row")

# What marks the place of the looked-up value, of the column's own kind; else a text.
MARKS: dict[str, object] = {"BinaryField": b"?", "BigAutoField": 0}
# A larger number in an address is no row's, and databases refuse to look.
BIGGEST_KEY = 2**63 - 1


class Prepared(Generic[Row]):
    """Finds the first row by the value of one column: of the queryset's model, or of a related one.

    `rows` makes the queryset: of `values_list`, or of objects with what they select as related and
    are annotated with. It may have any fixed conditions in what it selects, but none in its WHERE
    that needs a value: the looked-up value must be the statement's last parameter.
    """

    def __init__(self, rows: Callable[[], QuerySet[Model, Row]], *, column: str) -> None:
        self._make_rows = rows
        self._column = column

    @cached_property
    def _statement(self) -> tuple[SQLCompiler, str, list[object], Any]:
        rows = self._make_rows()
        field = _field(rows.model, self._column)
        mark = MARKS.get(field.get_internal_type(), "?")
        query = rows.filter(**{self._column: mark})[:1].query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        # Of a choice its word: the database's driver looks up each type of value.
        constants = [str(one) if isinstance(one, str) else one for one in parameters[:-1]]
        return compiler, sql, constants, (field, converters)

    @cached_property
    def _is_binary(self) -> bool:
        compiler, *_ = self._statement
        return not any(isinstance(one.output_field, JSONField) for one, *_ in compiler.select)

    def first(self, value: object) -> Row | None:
        """The row whose column has this value, or None; one query."""
        compiler, sql, constants, (field, converters) = self._statement
        if isinstance(value, int) and value > BIGGEST_KEY:
            return None
        looked_up = field.get_db_prep_value(value, connection=connection)
        with planned_cursor(binary=self._is_binary) as cursor:
            cursor.execute(sql, [*constants, looked_up])  # type: ignore[list-item]
            row = cursor.fetchone()
        if row is None:
            return None
        (converted,) = compiler.apply_converters([row], converters)
        return cast(Row, self._build(tuple(converted)))

    @cached_property
    def _build(self) -> Callable[[tuple[object, ...]], object]:
        """What makes of a row's values what the queryset would have made of them."""
        compiler, *_ = self._statement
        if not compiler.query.default_cols:  # of `values_list`
            return lambda values: values
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


def _field(model: type[Model], column: str) -> "Field[object, object]":
    """The field at the end of this way from the model."""
    *way, last = column.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    found: Field[object, object] = model._meta.get_field(last)  # type: ignore[assignment]
    return found
