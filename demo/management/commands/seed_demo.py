"""`./dev manage seed_demo`: the sample organisation, once."""

from django.core.management.base import BaseCommand, CommandError

from demo.actions.seed import seed
from instruments.models import Version


class Command(BaseCommand):
    """A second call changes nothing."""

    help = "Creates the sample organisation if it does not exist."

    def handle(self, *args: object, **options: object) -> None:
        version = Version.objects.filter(
            instrument__organisation=None, instrument__code="FFIT", state=Version.State.PUBLISHED
        ).last()
        if version is None:
            raise CommandError("Load the instrument first: ./dev manage load_instrument")
        created = seed(version=version)
        self.stdout.write("The demo is ready." if created else "The demo already exists.")
