"""`./dev manage record_backup --taken-at 2026-11-30T02:00+00:00`: keys waiting for it may go."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from responses.actions.backup import record_backup


class Command(BaseCommand):
    """Call it when a backup is complete, with the instant at which that backup was begun."""

    help = (
        "Records a finished database backup, so that keys of surveys counted before it "
        "can be destroyed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--taken-at",
            required=True,
            # words: quote
            help="When the backup was begun, with its offset: 2026-11-30T02:00+00:00",
        )

    def handle(self, *args: object, taken_at: str, **options: object) -> None:
        try:
            begun = parse_datetime(taken_at)
        except ValueError:
            begun = None
        if begun is None or timezone.is_naive(begun):
            raise CommandError(
                # words: quote
                "--taken-at must be a date and time with its offset, such as "
                "2026-11-30T02:00+00:00."
            )
        try:
            record_backup(taken_at=begun)
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Recorded the backup taken at {begun.isoformat()}.")
