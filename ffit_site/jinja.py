"""The Jinja2 environment: what every template may call."""

from typing import Any

from crispy_forms.utils import render_crispy_form
from django.conf import settings
from django.contrib.messages import get_messages
from django.forms import BaseForm
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from jinja2 import ChainableUndefined, Environment, pass_context
from jinja2.runtime import Context

from ffit_site.navigation import (
    MOST_IN_ROW,
    account_links_of,
    fit_on_phones,
    navigation_of,
    opens,
)
from organisations.forms import nhs_forms
from organisations.words import dates


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named route; words after the name are its parts."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@pass_context
def crispy(page: Context, form: BaseForm, csrf_token: str = "") -> SafeString:
    """A form in NHS look, with its own helper when it has one."""
    owner = page.get("form_owner", "")
    context = {"csrf_token": csrf_token, "form_owner": owner} if csrf_token else {}
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
        fit_on_phones=fit_on_phones,
        most_in_row=MOST_IN_ROW,
        account_links_of=account_links_of,
        opens=opens,
        demo=settings.DEMO,
        public_url=settings.PUBLIC_URL,
    )
    for name in ("attributes", "choices", "chosen", "errors", "input", "value"):
        made.globals[f"nhs_{name}"] = getattr(nhs_forms, f"nhs_{name}")
    made.filters.update(
        day=dates.day,
        moment=dates.moment,
        time=dates.clock,
        in_days=dates.in_days,
    )
    return made
