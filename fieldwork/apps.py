"""Launch, opening, extending, closing, the survey’s page, poster, code slips, previews, checking
of comments.
"""

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "fieldwork"
    default_auto_field = "django.db.models.BigAutoField"
