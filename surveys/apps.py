"""A survey and its units, staff lists, invitations, reminders, messages, opt-outs, erasure of
addresses.
"""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens for erased people, stopped improvements and requests."""
        from initiatives.signals import improvement_stopped, request_changed
        from organisations.signals import person_erased
        from surveys.actions.erasure import when_person_erased
        from surveys.actions.news import when_improvement_stopped
        from surveys.actions.request_messages import when_request_changed

        improvement_stopped.connect(
            when_improvement_stopped, dispatch_uid="surveys.when_improvement_stopped"
        )
        request_changed.connect(when_request_changed, dispatch_uid="surveys.when_request_changed")

        person_erased.connect(when_person_erased, dispatch_uid="surveys.when_person_erased")
