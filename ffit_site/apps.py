"""The site as an app: commands and no models."""

from django.apps import AppConfig


class FfitSiteConfig(AppConfig):
    name = "ffit_site"
