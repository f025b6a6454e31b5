"""Addresses of organisations."""

from django.urls import URLPattern, URLResolver, include, path

from organisations.views import (
    access_tokens,
    audit,
    departments,
    limits,
    people,
    public,
    settings,
    start,
    unit_import,
    units,
)

of_units: list[URLPattern | URLResolver] = [
    path("", units.units, name="units"),
    path("add", units.add, name="unit_add"),
    path("import", unit_import.choose_list, name="unit_import"),
    path("import/confirm", unit_import.import_list, name="unit_import_confirm"),
    path("<int:unit_id>/", units.unit, name="unit"),
    path("<int:unit_id>/change", units.change, name="unit_change"),
    path("<int:unit_id>/limits", limits.own_limits, name="unit_limits"),
    path("<int:unit_id>/move", units.move, name="unit_move"),
    path("<int:unit_id>/merge", units.merge, name="unit_merge"),
    path("<int:unit_id>/close", units.close, name="unit_close"),
    path("<int:unit_id>/reopen", units.reopen, name="unit_reopen"),
]
of_people: list[URLPattern | URLResolver] = [
    path("", people.people, name="people"),
    path("invite", people.invite, name="person_invite"),
    path("<int:user_id>/", people.person, name="person"),
    path("<int:user_id>/invite-again", people.invite_again, name="person_invite_again"),
    path("<int:user_id>/deactivate", people.deactivate, name="person_deactivate"),
    path("<int:user_id>/reactivate", people.reactivate, name="person_reactivate"),
    path("<int:user_id>/sign-out", people.sign_out, name="person_sign_out"),
    path("<int:user_id>/erase", people.erase, name="person_erase"),
    path("<int:user_id>/roles/add", people.add_role, name="role_add"),
    path("<int:user_id>/roles/<int:membership_id>/change", people.change_role, name="role_change"),
    path(
        "<int:user_id>/roles/<int:membership_id>/take-away",
        people.take_role_away,
        name="role_take_away",
    ),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("privacy", public.privacy, name="privacy"),
    path("accessibility", public.accessibility, name="accessibility"),
    path("about", public.about, name="about"),
    path("help", public.help_page, name="help"),
    path("o/<slug:slug>/units/", include(of_units)),
    path("o/<slug:slug>/people/", include(of_people)),
    path("o/<slug:slug>/settings/", settings.organisation_settings, name="organisation_settings"),
    path("o/<slug:slug>/settings/departments/", departments.departments, name="departments"),
    path("o/<slug:slug>/settings/departments/add", departments.add, name="department_add"),
    path(
        "o/<slug:slug>/settings/departments/<int:department_id>/change",
        departments.change,
        name="department_change",
    ),
    path(
        "o/<slug:slug>/settings/departments/<int:department_id>/remove",
        departments.remove,
        name="department_remove",
    ),
    path("o/<slug:slug>/limits/", limits.limits, name="limits"),
    path("o/<slug:slug>/programs/", access_tokens.tokens, name="access_tokens"),
    path("o/<slug:slug>/programs/add", access_tokens.add, name="access_token_add"),
    path(
        "o/<slug:slug>/programs/<int:token_id>/take-back",
        access_tokens.take_back,
        name="access_token_take_back",
    ),
    path("o/<slug:slug>/audit/", audit.trail, name="audit_trail"),
]
