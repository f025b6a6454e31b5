"""Addresses of initiatives."""

from django.urls import URLPattern, URLResolver, path

from initiatives.views import (
    commitment,
    idea_box,
    ideas,
    measures,
    on_unit,
    register_import,
    request_link,
    requests,
    responsible,
    reviews,
    small_tests,
    suggestions,
    ten_checks,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "o/<slug:slug>/initiatives/import",
        register_import.choose_list,
        name="initiative_import",
    ),
    path(
        "o/<slug:slug>/initiatives/import/check",
        register_import.import_list,
        name="initiative_import_confirm",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/responsible",
        responsible.responsible,
        name="initiative_responsible",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/hours",
        commitment.hours,
        name="initiative_hours",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/still-done",
        commitment.still_done,
        name="initiative_still_done",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/ask-for-review",
        reviews.ask,
        name="ask_for_review",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/reviews/<int:review_id>/reply",
        reviews.reply,
        name="review_reply",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/reviews/<int:review_id>/read",
        reviews.was_read,
        name="review_reply_read",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/",
        on_unit.on_unit,
        name="initiative_on_unit",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/measures/add",
        measures.start,
        {"kind": measures.AIM},
        name="measure_start",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/measures/watch",
        measures.start,
        {"kind": measures.WATCH},
        name="measure_watch",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/measures/<int:measure_id>/add",
        measures.add_number,
        name="measure_add",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/measures/<int:measure_id>/paste",
        measures.paste_numbers,
        name="measure_paste",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/measures/<int:measure_id>/restart",
        measures.restart,
        name="measure_restart",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/measures/<int:measure_id>/end",
        measures.end,
        name="measure_end",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/tests/add",
        small_tests.start,
        name="small_test_start",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/tests/<int:test_id>",
        small_tests.end,
        name="small_test_end",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/checks/",
        ten_checks.ten_checks,
        name="ten_checks",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/checks/<int:number>",
        ten_checks.answer,
        name="check_answer",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/checks/stop-sign",
        ten_checks.stop_sign,
        name="stop_sign",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/requests/add",
        requests.send,
        name="request_send",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/actions/<int:action_id>/request",
        requests.send,
        name="request_for_action",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/priorities/<int:priority_id>/request",
        requests.send,
        name="request_for_priority",
    ),
    path("o/<slug:slug>/requests/", requests.requests, name="requests"),
    path("o/<slug:slug>/requests/<int:request_id>", requests.one_request, name="request"),
    path(
        "o/<slug:slug>/requests/<int:request_id>/again", requests.send_again, name="request_again"
    ),
    path("o/<slug:slug>/requests/<int:request_id>/resend", requests.resend, name="request_resend"),
    path(
        "o/<slug:slug>/requests/<int:request_id>/withdraw",
        requests.withdraw,
        name="request_withdraw",
    ),
    path("o/<slug:slug>/requests/<int:request_id>/come", requests.came, name="request_come"),
    path("ask/<str:token>", request_link.by_link, name="request_by_link"),
    path("o/<slug:slug>/ideas/", ideas.ideas, name="ideas"),
    path("o/<slug:slug>/ideas/close", idea_box.close, name="ideas_close"),
    path("o/<slug:slug>/ideas/units/<int:unit_id>/open", idea_box.open_again, name="ideas_open"),
    path("o/<slug:slug>/ideas/<uuid:idea_id>", ideas.answer, name="idea"),
    path("o/<slug:slug>/learning/", suggestions.suggestions, name="suggestions"),
    path("o/<slug:slug>/learning/add", suggestions.add, name="suggestion_add"),
    path(
        "o/<slug:slug>/learning/<int:suggestion_id>/change",
        suggestions.change,
        name="suggestion_change",
    ),
    path(
        "o/<slug:slug>/learning/<int:suggestion_id>/withdraw",
        suggestions.withdraw,
        name="suggestion_withdraw",
    ),
]
