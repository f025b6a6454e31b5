"""Statistics, aggregates, release rules and snapshots."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens for counted units."""
        from scoring.tasks import when_counted
        from surveys.signals import survey_counted

        survey_counted.connect(when_counted, dispatch_uid="scoring.when_counted")
