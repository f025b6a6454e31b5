"""The Jinja2 environment: what every template may call."""

from typing import Any

from crispy_forms.utils import render_crispy_form
from django.conf import settings
from django.contrib.messages import get_messages
from django.forms import BaseForm
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from jinja2 import ChainableUndefined, Environment

from ffit_site.navigation import navigation_of
from organisations import dates, nhs_forms


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named route; words after the name are its parts."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def crispy(form: BaseForm, csrf_token: str = "") -> SafeString:
    """A form in NHS look, with its own helper when it has one."""
    context = {"csrf_token": csrf_token} if csrf_token else {}
    return SafeString(render_crispy_form(form, context=context))


def environment(**options: Any) -> Environment:
    """Django calls this once a process. Chainable undefined is what the NHS macros ask for."""
    options["undefined"] = ChainableUndefined
    made = Environment(**options)  # noqa: S701 (Django passes autoescape=True)
    made.trim_blocks = True
    made.lstrip_blocks = True
    made.globals.update(
        url=url,
        static=static,
        crispy=crispy,
        get_messages=get_messages,
        navigation_of=navigation_of,
        demo=settings.DEMO,
        public_url=settings.PUBLIC_URL,
    )
    for name in ("attributes", "choices", "chosen", "errors", "input", "value"):
        made.globals[f"nhs_{name}"] = getattr(nhs_forms, f"nhs_{name}")
    made.filters.update(
        day=dates.day,
        short_day=dates.short_day,
        moment=dates.moment,
        time=dates.clock,
        in_days=dates.in_days,
    )
    return made
