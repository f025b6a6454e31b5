"""`./dev manage verify SURVEY`: recounts a survey; ends with 1 and says what differs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scoring.queries.recount import aggregate_differences
from surveys.models import Survey
from surveys.queries.verify import box_differences


class Command(BaseCommand):
    """Prints no answer and no count of a unit that is still open to anyone but the operator."""

    help = (
        "Recounts one survey: tallies = envelopes before the count, responses after it; "
        "aggregates = recount."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("survey", type=int, help="The survey's number.")

    def handle(self, *args: Any, **options: Any) -> None:
        survey = Survey.objects.filter(pk=options["survey"]).first()
        if survey is None:
            raise CommandError(f"There is no survey {options['survey']}.")
        differences = [
            *([survey.count_failure] if survey.count_failure else []),
            *box_differences(survey=survey),
            *aggregate_differences(survey=survey),
        ]
        if differences:
            raise CommandError("\n".join([f"Survey {survey.pk} does not add up:", *differences]))
        self.stdout.write(f"Survey {survey.pk} adds up.")
