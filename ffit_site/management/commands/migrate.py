"""Django's `migrate`, which refuses data that another version of the schema has made.

Until 0.9.0 migrations may be rewritten. A fingerprint of them is kept beside the tables, written
before the first table, so that a migration that was cut off goes on at its next start.
"""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

TABLE = "ffit_site_schema"


def fingerprint() -> str:
    """One hash over the migrations of our own apps."""
    digest = hashlib.sha256()
    for config in apps.get_app_configs():
        if Path(config.path).is_relative_to(settings.BASE_DIR):
            for file in sorted(Path(config.path, "migrations").glob("[0-9]*.py")):
                digest.update(f"{config.label}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()


class Command(migrate.Command):
    """See the module."""

    def handle(self, *args: object, database: str, **options: object) -> None:
        """Refuses a foreign schema; else migrates as Django does."""
        self._claim(connections[database], fingerprint())
        super().handle(*args, database=database, **options)

    @staticmethod
    def _claim(connection: BaseDatabaseWrapper, now: str) -> None:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            tables = set(connection.introspection.table_names(cursor))
            if TABLE in tables:
                cursor.execute(f"SELECT fingerprint FROM {TABLE}")  # noqa: S608 (our own name)
                if cursor.fetchone() == (now,):
                    return
            elif MigrationRecorder.Migration._meta.db_table not in tables:
                cursor.execute(f"CREATE TABLE {TABLE} (fingerprint varchar(64) NOT NULL)")
                cursor.execute(f"INSERT INTO {TABLE} VALUES (%s)", [now])  # noqa: S608 (our own name)
                return
        raise CommandError(
            "This data was made by another version of FFIT and cannot be taken over. Move it away "
            f"({_place(connection)}) and start again."
        )


def _place(connection: BaseDatabaseWrapper) -> str:
    if connection.vendor == "sqlite":
        return f"the folder {settings.DATA_DIR}"
    return f"the database {connection.settings_dict['NAME']}"
