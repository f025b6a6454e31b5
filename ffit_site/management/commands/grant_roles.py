"""`manage.py grant_roles`: what each database role of a deployment may do (PostgreSQL only).

Run by the role that owns the tables, after every migration; running it again changes nothing.
The web's role can put an envelope in, but read neither what is sealed nor what was counted, and
of what people wrote only what was handed to a screener; nor any table whose model says
`WORKER_ONLY`.
"""

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from organisations.models import RememberedDevice, Session
from responses.models import Comment, Envelope
from responses.models.response import Response

WEB, WORKER, COUNTING = "ffit_web", "ffit_worker", "ffit_counting"
_EVERYONE = f"{WEB}, {WORKER}, {COUNTING}"


def statements() -> list[str]:
    """The grants in order: everything to everyone, then the ballot box is taken away again."""
    envelope, response = Envelope._meta.db_table, Response._meta.db_table
    comment = Comment._meta.db_table
    session, device = Session._meta.db_table, RememberedDevice._meta.db_table
    factor = Authenticator._meta.db_table
    every_table = "ALL TABLES IN SCHEMA public"
    return [
        f"GRANT USAGE ON SCHEMA public TO {_EVERYONE}",
        f"REVOKE ALL ON {every_table} FROM {_EVERYONE}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {every_table} TO {_EVERYONE}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {_EVERYONE}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {_EVERYONE}",
        f"REVOKE ALL ON {envelope}, {response}, {comment} FROM {WEB}, {WORKER}",
        f"GRANT INSERT, DELETE, SELECT (key, survey_unit_id) ON {envelope} TO {WEB}, {WORKER}",
        f"GRANT SELECT ON {response} TO {WORKER}",
        f"GRANT SELECT, DELETE ON {comment} TO {WORKER}",
        # Who is signed in, and by what, is for the pages; the worker's sweep sees what has ended.
        f"REVOKE ALL ON {session}, {device}, {factor} FROM {WORKER}, {COUNTING}",
        f"GRANT DELETE, SELECT (expire_date) ON {session} TO {WORKER}",
        f"GRANT DELETE, SELECT (used_at) ON {device} TO {WORKER}",
        *(
            f"REVOKE ALL ON {model._meta.db_table} FROM {WEB}"
            for model in apps.get_models()
            if getattr(model, "WORKER_ONLY", False)
        ),
    ]


class Command(BaseCommand):
    """Needs the three roles to exist; `docker/roles.sh` makes them."""

    help = "Grants the database roles of web, worker and counting what each needs and no more."

    def handle(self, *args: object, **options: object) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; the embedded site has one user.")
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements():
                cursor.execute(statement)
