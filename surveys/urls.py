"""Addresses of surveys."""

from django.urls import URLPattern, URLResolver, path

from surveys.views import contact, message_words, receipts, resending, staff_list

urlpatterns: list[URLPattern | URLResolver] = [
    path("notify/receipts", receipts.receipts, name="notify_receipts"),
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
    path(
        "o/<slug:slug>/surveys/<int:survey_id>/words/<slug:wording>",
        message_words.message_words,
        name="message_words",
    ),
]
