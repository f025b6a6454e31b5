"""Addresses of responses."""

from django.urls import URLPattern, URLResolver, path

from responses.views import answer, opt_out

urlpatterns: list[URLPattern | URLResolver] = [
    path("a/", answer.again, name="answer_again"),
    path("a/<str:credential>", answer.by_token, name="answer_by_token"),
    path("a/talk/<str:ward_page_code>.ics", answer.calendar, name="answer_calendar"),
    path("q/<str:credential>", answer.by_code, name="answer_by_code"),
    path("l/<str:credential>", answer.named_response, name="named_response"),
    path("stop/<str:token>", opt_out.stop, name="opt_out"),
]
