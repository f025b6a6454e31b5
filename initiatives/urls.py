"""Addresses of initiatives."""

from django.urls import URLPattern, URLResolver, path

from initiatives.views import commitment, suggestions, turn

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/decide",
        commitment.decide,
        name="initiative_decide",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/hours",
        commitment.hours,
        name="initiative_hours",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/turn/<slug:word>",
        turn.turn,
        name="initiative_turn",
    ),
    path("o/<slug:slug>/suggestions/", suggestions.suggestions, name="suggestions"),
    path("o/<slug:slug>/suggestions/add", suggestions.add, name="suggestion_add"),
    path(
        "o/<slug:slug>/suggestions/<int:suggestion_id>/change",
        suggestions.change,
        name="suggestion_change",
    ),
    path(
        "o/<slug:slug>/suggestions/<int:suggestion_id>/withdraw",
        suggestions.withdraw,
        name="suggestion_withdraw",
    ),
]
