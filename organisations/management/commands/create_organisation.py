"""`./dev manage create_organisation NAME --slug … --administrator …`: a tenant and who runs it."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organisations.actions.organisation import create_organisation
from organisations.rules.refusal import Refused


class Command(BaseCommand):
    help = "Creates an organisation and its first administrator. You can run it again safely."

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the command."""
        parser.add_argument("name", help="such as 'Merrowfield Hospitals'")
        parser.add_argument("--slug", required=True, help="its part of every address")
        parser.add_argument("--administrator", required=True, help="email address")
        parser.add_argument("--time-zone", help="such as Europe/London, the default")

    def handle(
        self,
        *args: object,
        name: str,
        slug: str,
        administrator: str,
        time_zone: str | None,
        **options: object,
    ) -> None:
        """Says what was done in one line."""
        try:
            organisation, created = create_organisation(
                name=name,
                slug=slug,
                administrator=administrator,
                time_zone=time_zone,
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        word = "made" if created else "already exists"
        self.stdout.write(f"{organisation.name} {word}: /o/{organisation.slug}/")
