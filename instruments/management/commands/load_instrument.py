"""`./dev manage load_instrument [FILE]`: publishes an instrument, or the FFIT that we ship."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from instruments.actions.load_instrument import load_instrument
from instruments.exchange.read_file import SHIPPED_FFIT, read_path
from organisations.rules.refusal import Refused


class Command(BaseCommand):
    """Loading the same file again changes nothing; a published wording is never changed."""

    help = "Publishes an instrument, shared by all, from a file; without a file, the FFIT."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED_FFIT)

    def handle(self, *args: object, file: Path, **options: object) -> None:
        found = read_path(file)
        if found.version is None or found.errors:
            raise CommandError("\n".join(found.errors_of(file.name)))
        if found.asked:
            asked = "\n".join(one.question for one in found.asked)
            raise CommandError(f"{asked}\nUse import_instrument, which takes the answer.")
        try:
            version, is_new = load_instrument(text=found.version)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for one in found.not_carried:
            self.stdout.write(f"Not carried: {one.where}: {one.what}. {one.why}")
        self.stdout.write(f"{version} is {'now published' if is_new else 'as it was'}.")
