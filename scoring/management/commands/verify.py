"""`./dev manage verify SURVEY`: recounts a survey; ends with 1 and says what differs."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from responses.queries.verify import box_differences
from scoring.queries.recount import aggregate_differences
from surveys.models import Survey


class Command(BaseCommand):
    """Prints no answer and no count of a unit that is still open to anyone but the operator."""

    help = (
        "Recounts one survey: tallies = envelopes before the count, responses after it; "
        "aggregates = recount."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("survey", type=int, help="The survey's number.")

    def handle(self, *args: object, survey: int, **options: object) -> None:
        found = Survey.objects.filter(pk=survey).first()
        if found is None:
            raise CommandError(f"There is no survey {survey}.")
        differences = [
            *([found.count_failure] if found.count_failure else []),
            *box_differences(survey=found),
            *aggregate_differences(survey=found),
        ]
        if differences:
            raise CommandError("\n".join([f"Survey {found.pk} does not add up:", *differences]))
        self.stdout.write(f"Survey {found.pk} adds up.")
