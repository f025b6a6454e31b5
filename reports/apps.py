"""Files of results (PDF, slides, workbook, CSV) and the read-only API."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens for changed notes."""
        from reports.actions.documents import when_context_notes_changed
        from results.signals import context_notes_changed

        context_notes_changed.connect(
            when_context_notes_changed, dispatch_uid="reports.when_context_notes_changed"
        )
