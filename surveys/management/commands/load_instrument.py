"""`./dev manage load_instrument [FILE]`: publishes an instrument, or the FFIT that we ship."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from surveys.actions.load_instrument import PublishedDiffers, load_instrument
from surveys.exchange import WrongFile, read_edition, read_instrument, read_reading
from surveys.exchange_json import read_translations

SHIPPED = Path(__file__).resolve().parents[2] / "instruments"


class Command(BaseCommand):
    """Loading the same files again changes nothing; a published wording is never changed."""

    help = "Publishes an instrument from a file; without a file, the FFIT that we ship."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--edition", action="append", type=Path, default=[])
        parser.add_argument("--reading", type=Path)
        parser.add_argument("--translations", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path, editions, reading = options["file"], options["edition"], options["reading"]
        translations = options["translations"]
        if path is None:
            path = SHIPPED / "ffit.json"
            editions = [SHIPPED / "ffit-front-line.json"]
            reading = SHIPPED / "ffit-maps.json"
            translations = SHIPPED / "ffit-front-line-cy.json"
        try:
            instrument = read_instrument(path)
            adapted = [read_edition(edition, instrument) for edition in editions]
            translated, labels = (
                read_translations(translations, instrument, adapted) if translations else ((), {})
            )
            version, is_new = load_instrument(
                instrument=instrument,
                editions=adapted,
                reading=read_reading(reading, instrument) if reading else None,
                translations=translated,
                labels=labels,
            )
        except (WrongFile, PublishedDiffers) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{version} is {'now published' if is_new else 'as it was'}.")
