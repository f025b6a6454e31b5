"""`./dev manage create_organisation NAME --slug … --administrator …`: a tenant and who runs it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organisations.actions.organisation import create_organisation
from organisations.refusal import Refused


class Command(BaseCommand):
    help = "Makes an organisation with its first administrator. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the command."""
        parser.add_argument("name", help="such as 'Merrowfield Hospitals'")
        parser.add_argument("--slug", required=True, help="its part of every address")
        parser.add_argument("--administrator", required=True, help="e-mail address")
        parser.add_argument("--time-zone", help="such as Europe/London, the default")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what was done in one line."""
        try:
            organisation, made = create_organisation(
                name=options["name"],
                slug=options["slug"],
                administrator=options["administrator"],
                time_zone=options["time_zone"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        word = "made" if made else "was there already"
        self.stdout.write(f"{organisation.name} {word}: /o/{organisation.slug}/")
