"""Addresses of the demo; without FFIT_DEMO none of them exists."""

from django.urls import URLPattern, path

from demo.views import home

urlpatterns: list[URLPattern] = [
    path("demo", home.home, name="demo"),
    path("demo/state.json", home.state_json, name="demo_state"),
    path("demo/messages", home.take_message, name="demo_messages"),
    path("demo/sign-in/<int:user_id>", home.sign_in, name="demo_sign_in"),
    path("demo/colleagues/<int:survey_unit_id>", home.colleagues, name="demo_colleagues"),
]
