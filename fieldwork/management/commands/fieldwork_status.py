"""`manage.py fieldwork_status [--json]`: what is due, late, held and put off."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from fieldwork.queries.lateness import fieldwork_status


class Command(BaseCommand):
    """Numbers over the whole site. Ends with 1 if something is late, so that a monitor can ask."""

    help = (
        "Shows messages and tasks that are due, late, on hold or postponed. Exits with 1 "
        "if anything is late."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: object, **options: object) -> None:
        status = fieldwork_status(timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps(status, indent=2))
        else:
            for name, value in status.items():
                said = value
                if isinstance(value, dict):
                    some = [f"{number} {kind}" for kind, number in value.items() if number]
                    said = ", ".join(some) or "nothing"
                self.stdout.write(f"{name.replace('_', ' ')}: {said}")
        if any(status["late"].values()):
            raise SystemExit(1)
