"""Addresses of reports."""

from django.urls import URLPattern, URLResolver, path

from reports.api.addresses import api_urls
from reports.views import api_docs, document, export

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api_docs.api_docs, name="api_docs"),
    path("api/v1/", api_urls()),
    path("o/<slug:slug>/figures/", export.exports, name="exports"),
    path("o/<slug:slug>/figures/<slug:kind>", export.export, name="export"),
    path(
        "o/<slug:slug>/results/<int:survey_unit_id>/documents/",
        document.documents,
        name="documents",
    ),
    path(
        "o/<slug:slug>/results/<int:survey_unit_id>/documents/<slug:kind>",
        document.document,
        name="document",
    ),
]
