"""Instruments, launch, distribution, answering and the ballot box."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens for erased people."""
        from organisations.signals import person_erased
        from surveys.actions.erasure import when_person_erased

        person_erased.connect(when_person_erased, dispatch_uid="surveys.when_person_erased")
