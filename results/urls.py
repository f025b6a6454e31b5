"""Addresses of results."""

from django.urls import URLPattern, URLResolver, path

from results.views import (
    change,
    combined,
    context_notes,
    correction,
    result,
    section,
    soffts,
    ward_page,
)

RESULT = "o/<slug:slug>/results/<int:survey_unit_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("w/<slug:code>", ward_page.ward_page, name="ward_page"),
    path("w/<slug:code>/statements", ward_page.ward_statements, name="ward_statements"),
    path("w/<slug:code>/change", change.ward_change, name="ward_change"),
    path("w/<slug:code>/sections/<slug:section_code>", section.ward_section, name="ward_section"),
    path("w/<slug:code>/tasks", soffts.ward_soffts, name="ward_soffts"),
    path("o/<slug:slug>/results/", result.result_list, name="results"),
    path("o/<slug:slug>/results/<int:survey_unit_id>/", result.result, name="result"),
    path(f"{RESULT}sections/<slug:section_code>", section.section, name="result_section"),
    path(f"{RESULT}notes/", context_notes.context_notes, name="context_notes"),
    path(f"{RESULT}notes/<int:context_note_id>", context_notes.context_note, name="context_note"),
    path(
        f"{RESULT}notes/<int:context_note_id>/remove",
        context_notes.remove_context_note,
        name="context_note_remove",
    ),
    path(f"{RESULT}tasks", soffts.soffts, name="result_soffts"),
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
        combined.together,
        name="results_together",
    ),
    path(
        "o/<slug:slug>/results/<int:survey_unit_id>/leaders",
        result.leaders_forms,
        name="result_leaders",
    ),
]
