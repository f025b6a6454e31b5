"""Addresses of fieldwork."""

from django.urls import URLPattern, URLResolver, path

from fieldwork.views import (
    comments,
    launch,
    poster,
    preview,
    question_bank_preview,
    slips,
    steering,
    survey,
    survey_list,
)

UNIT = "o/<slug:slug>/surveys/<int:survey_id>/units/<int:survey_unit_id>"
V = "<int:version_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("o/<slug:slug>/surveys/", survey_list.surveys, name="surveys"),
    path("o/<slug:slug>/surveys/launch", launch.launch, name="launch"),
    path("o/<slug:slug>/surveys/preview", preview.launch_preview, name="launch_preview"),
    path("o/<slug:slug>/surveys/trial", preview.launch_trial, name="launch_trial"),
    path("o/<slug:slug>/surveys/<int:survey_id>/", survey.survey, name="survey"),
    path(
        "o/<slug:slug>/surveys/<int:survey_id>/recipients",
        survey.recipients,
        name="survey_recipients",
    ),
    path("o/<slug:slug>/surveys/<int:survey_id>/progress", survey.progress, name="survey_progress"),
    path(
        "o/<slug:slug>/surveys/<int:survey_id>/messages/<slug:step>",
        survey.message,
        name="survey_message",
    ),
    path("o/<slug:slug>/surveys/<int:survey_id>/pause", steering.pause, name="survey_pause"),
    path("o/<slug:slug>/surveys/<int:survey_id>/cancel", steering.cancel, name="survey_cancel"),
    path(f"{UNIT}/extend", steering.extend, name="survey_extend"),
    path(f"{UNIT}/close", steering.close, name="survey_close"),
    path(f"{UNIT}/comments", comments.comments, name="survey_comments"),
    path(f"{UNIT}/comments/ask", comments.ask, name="survey_comments_ask"),
    path(f"{UNIT}/comments/off", comments.remove_comment, name="survey_comment_off"),
    path(f"{UNIT}/poster", poster.poster, name="survey_poster"),
    path(f"{UNIT}/poster/new", steering.new_poster, name="survey_new_poster"),
    path(f"{UNIT}/thanks", poster.thanks, name="survey_thanks"),
    path(f"{UNIT}/slips", slips.slips, name="survey_slips"),
    path(f"{UNIT}/preview", preview.survey_preview, name="survey_preview"),
    path(f"{UNIT}/trial", preview.survey_trial, name="survey_trial"),
    path(
        f"o/<slug:slug>/question-bank/{V}/preview",
        question_bank_preview.preview,
        name="question_bank_preview",
    ),
    path(
        f"o/<slug:slug>/question-bank/{V}/preview/<int:edition_id>/<slug:sheet>",
        question_bank_preview.preview_document,
        name="question_bank_preview_document",
    ),
]
