"""A unit’s result: sections, statements, tasks, change, charts, combined results, notes beside
it, the words for figures.
"""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "results"
    default_auto_field = "django.db.models.BigAutoField"
