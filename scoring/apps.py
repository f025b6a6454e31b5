"""Statistics, counts, release rules and snapshots."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens for counted units."""
        from responses.signals import survey_counted
        from scoring.tasks import when_counted

        survey_counted.connect(when_counted, dispatch_uid="scoring.when_counted")
