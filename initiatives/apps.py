"""The register of improvements: status, staff hours, decisions, plans, suggestions."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "initiatives"
    default_auto_field = "django.db.models.BigAutoField"
