"""Start pages, all units, who needs support, organisational support, the register’s pages."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "overview"
    default_auto_field = "django.db.models.BigAutoField"
