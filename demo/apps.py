"""A sample organisation, one-click sign-in, every message sent; installed only with FFIT_DEMO."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
    default_auto_field = "django.db.models.BigAutoField"
