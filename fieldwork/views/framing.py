"""The one thing of ours that may stand in a frame, and only in a frame of ours: a preview."""

from collections.abc import Callable

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin


def framed_by_us(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Lets a page of this site show the view in an `iframe`; no other site may."""
    return csp_replace({"frame-ancestors": [SELF]})(xframe_options_sameorigin(view))
