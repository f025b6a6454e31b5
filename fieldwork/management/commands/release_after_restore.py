"""`manage.py release_after_restore [--lost-from 2026-11-29T09:40+00:00] [--yes]`."""

from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fieldwork.actions.release import release_after_restore, release_shown
from organisations.queries.deployment import held
from organisations.rules.refusal import Refused


class Command(BaseCommand):
    """Shows what it will do, and does it with `--yes`."""

    help = (
        "Ends the hold after records were restored. Messages that may have been sent are held, "
        "units that were open stay open for 2 days more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--lost-from",
            help="From when on records are lost, with its offset, or now. "
            "Without it: the last look that the restored records know of.",
        )
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(self, *args: object, lost_from: str | None, yes: bool, **options: object) -> None:
        row = held()
        if row is None:
            raise CommandError("The site is not on hold.")
        now = timezone.now()
        moment = _moment(lost_from, now) if lost_from else row.lost_from or now
        try:
            done = (release_after_restore if yes else release_shown)(lost_from=moment, now=now)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        surveys = sorted({*done.held, *done.dropped})
        self.stdout.write(f"Lost from {moment.isoformat(timespec='seconds')}.")
        for survey in surveys:
            self.stdout.write(
                f"Survey {survey}: {done.held.get(survey, 0)} messages held, "
                f"{done.dropped.get(survey, 0)} reminders dropped."
            )
        if not surveys:
            self.stdout.write("No message is in doubt.")
        self.stdout.write(f"Units that stay open for 2 days more: {len(done.kept_open)}.")
        self.stdout.write("Released." if yes else "Nothing was changed. Add --yes to do this.")


def _moment(text: str, now: datetime) -> datetime:
    if text == "now":
        return now
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or timezone.is_naive(found):
        raise CommandError(
            # words: quote
            "--lost-from must be now, or a date and time with its offset, such as "
            "2026-11-29T09:40+00:00."
        )
    return found
