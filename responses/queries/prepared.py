"""A lookup that Django compiles to SQL once a process instead of once a request.

For the respondent's page alone: compiling its query takes five times as long as running it.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from responses.carriers.planned import planned_cursor


class Prepared:
    """Finds one row of values by the value of one column of the queryset's model.

    `rows` makes the queryset (of `values_list`); it may have any fixed conditions in what it
    selects, but none in its WHERE: the looked-up value must be the statement's last parameter.
    """

    def __init__(
        self, rows: Callable[[], QuerySet[Model, tuple[object, ...]]], *, column: str
    ) -> None:
        self._make_rows = rows
        self._column = column

    @cached_property
    def _statement(self) -> tuple[SQLCompiler, str, tuple[Any, ...], Any]:
        rows = self._make_rows()
        field = rows.model._meta.get_field(self._column)
        # A value of the column's own kind only marks its place, which is the last.
        mark = b"?" if field.get_internal_type() == "BinaryField" else "?"
        query = rows.filter(**{self._column: mark})[:1].query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        return compiler, sql, tuple(parameters[:-1]), (field, converters)

    def first(self, value: object) -> tuple[object, ...] | None:
        """The row whose column has this value, or None; one query."""
        compiler, sql, constants, (field, converters) = self._statement
        looked_up = field.get_db_prep_value(value, connection=connection)
        with planned_cursor() as cursor:
            cursor.execute(sql, [*constants, looked_up])
            row = cursor.fetchone()
        if row is None:
            return None
        (converted,) = compiler.apply_converters([row], converters)
        return tuple(converted)
