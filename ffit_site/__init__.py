"""Wires settings, Celery and root addresses together; holds no rule of its own."""

from ffit_site.celery import app as celery_app

__all__ = ["celery_app"]
