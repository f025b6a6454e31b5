"""Addresses of the demo; without FFIT_DEMO none of them exists."""

from django.urls import URLPattern, path

from demo.views import door

urlpatterns: list[URLPattern] = [
    path("demo", door.door, name="demo"),
    path("demo/state.json", door.state_json, name="demo_state"),
    path("demo/messages", door.take_message, name="demo_messages"),
    path("demo/sign-in/<int:user_id>", door.sign_in, name="demo_sign_in"),
    path("demo/colleagues/<int:survey_unit_id>", door.colleagues, name="demo_colleagues"),
]
