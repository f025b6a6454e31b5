"""`./dev manage seed_demo`: the sample organisation, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.seed import seed
from surveys.models import Version


class Command(BaseCommand):
    """A second call changes nothing."""

    help = "Makes the sample organisation, unless it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        version = Version.objects.filter(
            instrument__organisation=None, instrument__code="FFIT", state=Version.State.PUBLISHED
        ).last()
        if version is None:
            raise CommandError("Load the instrument first: ./dev manage load_instrument")
        made = seed(version=version)
        self.stdout.write("The demo is ready." if made else "The demo was there already.")
