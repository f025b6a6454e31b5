"""Addresses of surveys."""

from django.urls import URLPattern, URLResolver, include, path

from surveys import question_bank_urls
from surveys.views import (
    answer,
    comments,
    contact,
    initiatives,
    launch,
    message_words,
    opt_out,
    poster,
    preview,
    receipts,
    resending,
    slips,
    staff_list,
    steering,
    survey,
    survey_list,
)

UNIT = "o/<slug:slug>/surveys/<int:survey_id>/units/<int:survey_unit_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("notify/receipts", receipts.receipts, name="notify_receipts"),
    path("a/", answer.again, name="answer_again"),
    path("a/<str:credential>", answer.by_token, name="answer_by_token"),
    path("a/talk/<str:ward_page_code>.ics", answer.calendar, name="answer_calendar"),
    path("q/<str:credential>", answer.by_code, name="answer_by_code"),
    path("l/<str:credential>", answer.named_sheet, name="named_sheet"),
    path("stop/<str:token>", opt_out.stop, name="opt_out"),
    path("o/<slug:slug>/surveys/", survey_list.surveys, name="surveys"),
    path("o/<slug:slug>/initiatives/", initiatives.initiatives, name="initiatives"),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/",
        initiatives.initiative,
        name="initiative",
    ),
    path("o/<slug:slug>/surveys/launch", launch.launch, name="launch"),
    path("o/<slug:slug>/surveys/preview", preview.launch_preview, name="launch_preview"),
    path("o/<slug:slug>/surveys/trial", preview.launch_trial, name="launch_trial"),
    path("o/<slug:slug>/surveys/<int:survey_id>/", survey.survey, name="survey"),
    path(
        "o/<slug:slug>/surveys/<int:survey_id>/recipients",
        survey.recipients,
        name="survey_recipients",
    ),
    path(
        "o/<slug:slug>/surveys/<int:survey_id>/recipients/<int:message_id>/again",
        resending.again,
        name="survey_again",
    ),
    path("o/<slug:slug>/surveys/<int:survey_id>/staff", staff_list.staff_list, name="staff_list"),
    path(
        "o/<slug:slug>/surveys/<int:survey_id>/staff/check",
        staff_list.staff_check,
        name="staff_check",
    ),
    path(
        "o/<slug:slug>/surveys/<int:survey_id>/staff/lists/<int:import_id>",
        staff_list.staff_import,
        name="staff_import",
    ),
    path("o/<slug:slug>/surveys/<int:survey_id>/staff/add", contact.add, name="contact_add"),
    path(
        "o/<slug:slug>/surveys/<int:survey_id>/staff/<int:contact_id>/",
        contact.contact,
        name="contact",
    ),
    path(
        "o/<slug:slug>/surveys/<int:survey_id>/staff/<int:contact_id>/remove",
        contact.remove,
        name="contact_remove",
    ),
    path("o/<slug:slug>/surveys/<int:survey_id>/progress", survey.progress, name="survey_progress"),
    path(
        "o/<slug:slug>/surveys/<int:survey_id>/words/<slug:wording>",
        message_words.message_words,
        name="message_words",
    ),
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
    path(f"{UNIT}/comments/off", comments.take_off, name="survey_comment_off"),
    path(f"{UNIT}/poster", poster.poster, name="survey_poster"),
    path(f"{UNIT}/thanks", poster.thanks, name="survey_thanks"),
    path(f"{UNIT}/slips", slips.slips, name="survey_slips"),
    path(f"{UNIT}/preview", preview.survey_preview, name="survey_preview"),
    path(f"{UNIT}/trial", preview.survey_trial, name="survey_trial"),
    path("o/<slug:slug>/question-bank/", include(question_bank_urls)),
]
