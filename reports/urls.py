"""Addresses of reports."""

from django.urls import URLPattern, URLResolver, path

from reports.api.addresses import api_urls
from reports.views import api_docs, change, correction, document, result, together, ward_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api_docs.api_docs, name="api_docs"),
    path("api/v1/", api_urls()),
    path("w/<slug:code>", ward_page.ward_page, name="ward_page"),
    path("w/<slug:code>/statements", ward_page.ward_statements, name="ward_statements"),
    path("w/<slug:code>/change", change.ward_change, name="ward_change"),
    path("o/<slug:slug>/results/", result.result_list, name="results"),
    path("o/<slug:slug>/results/<int:survey_unit_id>/", result.result, name="result"),
    path(
        "o/<slug:slug>/results/<int:survey_unit_id>/change",
        change.change,
        name="result_change",
    ),
    path(
        "o/<slug:slug>/results/<int:survey_unit_id>/correct",
        correction.correct,
        name="result_correct",
    ),
    path(
        "o/<slug:slug>/results/together/<int:survey_id>/",
        together.together,
        name="results_together",
    ),
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
    path(
        "o/<slug:slug>/results/<int:survey_unit_id>/leaders",
        result.leaders_sheets,
        name="result_leaders",
    ),
]
