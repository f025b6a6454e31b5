"""Team debriefs, priorities, the plan, the list of actions, “You said, we did”."""

from django.apps import AppConfig


class DebriefsConfig(AppConfig):
    name = "debriefs"
    default_auto_field = "django.db.models.BigAutoField"
