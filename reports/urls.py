"""Addresses of reports."""

from django.urls import URLPattern, URLResolver, path

from reports.api.addresses import api_urls
from reports.views import (
    action_list,
    api_docs,
    base,
    change,
    context_notes,
    correction,
    debrief,
    document,
    export,
    meeting,
    overview,
    picture,
    plan,
    result,
    section,
    soffts,
    start,
    support,
    together,
    ward_page,
)

RESULT = "o/<slug:slug>/results/<int:survey_unit_id>/"
DEBRIEF = f"{RESULT}debrief/"
MEETING = f"{DEBRIEF}<int:debrief_id>/"
PICTURE = f"{DEBRIEF}pictures/<int:attachment_id>"
PLAN = f"{RESULT}plan/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api_docs.api_docs, name="api_docs"),
    path("api/v1/", api_urls()),
    path("w/<slug:code>", ward_page.ward_page, name="ward_page"),
    path("w/<slug:code>/statements", ward_page.ward_statements, name="ward_statements"),
    path("w/<slug:code>/change", change.ward_change, name="ward_change"),
    path("w/<slug:code>/sections/<slug:section_code>", section.ward_section, name="ward_section"),
    path("w/<slug:code>/tasks", soffts.ward_soffts, name="ward_soffts"),
    path("w/<slug:code>/you-said-we-did", ward_page.you_said_we_did, name="you_said_we_did"),
    path("w/<slug:code>/pictures/<int:attachment_id>", picture.ward_picture, name="ward_picture"),
    path("o/<slug:slug>/", start.start_of, name="start_of"),
    path("o/<slug:slug>/actions/", action_list.action_list, name="actions"),
    path("o/<slug:slug>/overview/", overview.overview, name="overview"),
    path("o/<slug:slug>/overview/support/", support.support, name="support"),
    path("o/<slug:slug>/overview/base/", base.base, name="base"),
    path("o/<slug:slug>/figures/", export.exports, name="exports"),
    path("o/<slug:slug>/figures/<slug:kind>", export.export, name="export"),
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
    path(DEBRIEF, debrief.debrief, name="debrief"),
    path(f"{DEBRIEF}sheet", debrief.sheet, name="debrief_sheet"),
    path(PICTURE, picture.picture, name="debrief_picture"),
    path(f"{PICTURE}/remove", picture.remove, name="debrief_picture_remove"),
    path(f"{MEETING}discard", debrief.discard, name="debrief_discard"),
    path(f"{MEETING}shown", debrief.shown, name="debrief_shown"),
    path(f"{MEETING}pictures", picture.attach, name="debrief_attach"),
    path(f"{MEETING}notes", meeting.write, name="debrief_note"),
    path(f"{MEETING}notes/<int:note_id>/remove", meeting.remove, name="debrief_note_remove"),
    path(f"{MEETING}choices", meeting.choose, name="debrief_choose"),
    path(f"{MEETING}choices/<int:choice_id>/drop", meeting.drop, name="debrief_drop"),
    path(f"{MEETING}steps/<slug:stage>", meeting.step, name="debrief_step"),
    path(PLAN, plan.plan, name="plan"),
    path(f"{PLAN}priority", plan.priority, name="plan_priority"),
    path(f"{PLAN}priorities/<int:priority_id>/act", plan.new_action, name="action_add"),
    path(f"{PLAN}actions/<int:action_id>", plan.action, name="action"),
]
