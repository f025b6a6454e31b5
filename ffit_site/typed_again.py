"""A form whose session or token had ended comes back with what was typed; nothing is carried out.

What was typed is sealed in the cache for half an hour under a key that only the address of the way
back holds, and is shown only to the account that the form was made for.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from redis.exceptions import RedisError

from ffit_site.filled_page import filled, with_block
from ffit_site.gate import stated_length

KEPT_FOR = 30 * 60
LARGEST = 200_000
QUERY = "typed"
OWNER = "typed_by"
_NOT_TYPED = ("csrfmiddlewaretoken", OWNER, "submit", "do")
_signer = Signer(salt="whose form it is")


def form_head(request: HttpRequest) -> dict[str, object]:
    """For templates: `csrf_input` that also says whose form it is; `form_owner` says it alone."""
    owner = lazy(_owner_of, str)(request)
    return {"csrf_input": lazy(_head, SafeString, str)(request), "form_owner": owner}


def _owner_of(request: HttpRequest) -> str:
    key = request.session.get("_auth_user_id") if hasattr(request, "session") else None
    return _signer.sign(key) if key else ""


def _head(request: HttpRequest) -> SafeString:
    token = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )
    owner = _owner_of(request)
    return token + format_html(f'<input type="hidden" name="{OWNER}" value="{{}}">', owner)


class SignedInMiddleware(LoginRequiredMiddleware):
    """Django's, but for a POST whose session has ended: its page waits behind the sign-in.

    A page that needs no sign-in asks nobody for their session, which would cost two statements.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        """Whom it lets in is as before."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        """To the sign-in page, and from there to the form as it was typed."""
        way_back = kept_for_later(request)
        if way_back is None:
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(way_back, settings.LOGIN_URL)


def sent_back(request: HttpRequest) -> HttpResponse | None:
    """For a POST whose token had ended: the way back to its form; None where nothing is kept."""
    way_back = kept_for_later(request)
    if way_back is None:
        return None
    if request.user.is_authenticated:
        return redirect(way_back)
    return redirect_to_login(way_back, settings.LOGIN_URL)


def kept_for_later(request: HttpRequest) -> str | None:
    """Seals what was typed and says the address that shows it again.

    None for what nobody typed on a page of ours, and for a form of another account.
    """
    owner = _typed_by(request)
    if owner is None or request.headers.get("HX-Request"):
        return None
    if request.path.startswith("/account/"):  # codes are for once
        return None
    if request.user.is_authenticated and str(request.user.pk) != owner:
        return None
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_TYPED}
    content = json.dumps(
        {"owner": owner, "address": request.path, "typed": typed, "files": bool(request.FILES)}
    ).encode()
    if len(content) > LARGEST:
        return None
    token = secrets.token_urlsafe(24)
    try:
        cache.set(_place(token), _box(token).encrypt(content), KEPT_FOR)
    except (RedisError, OSError):
        return None
    page = urlsplit(_page_of(request))
    query = [(name, value) for name, value in parse_qsl(page.query) if name != QUERY]
    return f"{page.path}?{urlencode([*query, (QUERY, token)])}"


def _typed_by(request: HttpRequest) -> str | None:
    # A file is not read for this, unless it is so small that the words beside it are worth it.
    if request.method != "POST" or (stated_length(request) or 0) > LARGEST:
        return None
    try:
        return _signer.unsign(request.POST.get(OWNER, ""))
    except BadSignature:
        return None


def _page_of(request: HttpRequest) -> str:
    """The page that showed the form: where the browser says it came from, if that is ours."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    return came_from if is_ours else request.get_full_path()


def _place(token: str) -> str:
    return f"typed:{hashlib.sha256(b'place' + token.encode()).hexdigest()}"


def _box(token: str) -> SecretBox:
    return SecretBox(hashlib.sha256(b"key" + token.encode()).digest())


class TypedAgainMiddleware:
    """Shows the form of `?typed=` with what was typed, to its own account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        token = request.GET.get(QUERY, "") if request.method == "GET" else ""
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if token and is_page and not response.streaming and request.user.is_authenticated:
            kept = _opened(token)
            if kept and kept["owner"] == str(request.user.pk):
                _show(response, kept)
        return response


def _opened(token: str) -> dict[str, object]:
    try:
        kept = cache.get(_place(token))
        return json.loads(_box(token).decrypt(kept)) if kept else {}
    except (RedisError, OSError, CryptoError):
        return {}


def _show(response: HttpResponse, kept: dict[str, object]) -> None:
    typed: dict[str, list[str]] = kept["typed"]  # type: ignore[assignment]
    page, found = filled(response.text, typed, address=str(kept["address"]))
    # Where the page no longer has such a form, the words are there to be copied.
    lost = [text for name in typed if name not in found for text in typed[name] if " " in text]
    context = {"lost": [] if found else lost, "files": kept["files"]}
    response.content = with_block(page, render_to_string("errors/typed_again.html", context))
