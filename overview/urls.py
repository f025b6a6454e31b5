"""Addresses of overview."""

from django.urls import URLPattern, URLResolver, path

from overview.views import (
    add_improvement,
    organisational_base,
    overview,
    register,
    review,
    reviews,
    staff_hours,
    start,
    status,
    support,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("o/<slug:slug>/initiatives/", register.initiatives, name="initiatives"),
    path("o/<slug:slug>/initiatives/add", add_improvement.add, name="initiative_add"),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/",
        register.initiative,
        name="initiative",
    ),
    path("o/<slug:slug>/reviews/", reviews.reviews, name="reviews"),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/review",
        review.review,
        name="initiative_review",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/review/confirm",
        review.confirm,
        name="initiative_review_confirm",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/status/<slug:word>",
        status.status_of_all,
        name="initiative_status",
    ),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/status/<slug:word>",
        status.status_of_unit,
        name="initiative_unit_status",
    ),
    path("o/<slug:slug>/load/", staff_hours.staff_hours, name="staff_hours"),
    path("o/<slug:slug>/", start.start_of, name="start_of"),
    path("o/<slug:slug>/overview/", overview.overview, name="overview"),
    path("o/<slug:slug>/overview/support/", support.support, name="support"),
    path("o/<slug:slug>/overview/base/", organisational_base.base, name="base"),
]
