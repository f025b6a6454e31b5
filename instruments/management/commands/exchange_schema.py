"""`./dev manage exchange_schema`: prints the JSON Schema of the exchange format."""

import json

from django.core.management.base import BaseCommand

from instruments.exchange.document import exchange_schema


class Command(BaseCommand):
    """What it prints is kept in `docs/instrument-exchange.schema.json`."""

    help = "Prints the JSON Schema of the files in which instruments are exchanged."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(json.dumps(exchange_schema(), indent=1, ensure_ascii=False))
