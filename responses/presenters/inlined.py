"""Style and scripts that are written into the respondent's pages, and the policy that allows them.

Hashes and no nonce: a nonce would differ in the middle of a document that is compressed once.
"""

import json
import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from markupsafe import Markup, escape

from responses.presenters.joined import PLAIN, QUICK, begin, best_encoding, join

_INDENTATION = re.compile(r" {2,}<")


@dataclass(frozen=True)
class Inlined:
    """One text and its hash, as the build wrote them."""

    text: str
    hash: str


@cache
def inlined(name: str) -> Inlined:
    """`answer.css`, `answer.js` or `kind.js`; read once a process."""
    built = json.loads((settings.BUILD_DIR / "inlined.json").read_text(encoding="utf-8"))
    return Inlined(**built[name])


def policy(script: str, *, framed: bool = False) -> str:
    """What a page with this script may load: nothing. Only a preview stands in a frame of ours."""
    ancestors = "'self'" if framed else "'none'"
    return (
        f"default-src 'none';script-src '{inlined(script).hash}';"
        f"style-src '{inlined('answer.css').hash}';img-src data:;connect-src 'self';"
        f"form-action 'self';base-uri 'none';frame-ancestors {ancestors}"
    )


def small_page(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """A respondent's page other than the survey itself, rendered for this request."""
    html = render_to_string(template, {"inlined": inlined, "on_one_line": on_one_line, **context})
    encoding = best_encoding(request.headers.get("Accept-Encoding", ""))
    body = tight(html).encode()
    if encoding != PLAIN:
        body = join(begin(body[:-1], encoding=encoding, quality=QUICK), body[-1:])
    response = HttpResponse(body, status=status)
    if encoding != PLAIN:
        response["Content-Encoding"] = encoding
    response["Content-Security-Policy"] = policy("kind.js")
    return response


def tight(html: str) -> str:
    """A template's lines as one, without their indentation."""
    joined = "".join(line.strip(" \t") for line in html.split("\n"))
    # Jinja takes the line's end after a tag of its own, and leaves the next one's indentation.
    return _INDENTATION.sub("<", joined)


def on_one_line(text: str | None) -> Markup:
    """A person's own lines, so that `tight` leaves them alone."""
    return escape((text or "").replace("\r\n", "\n")).replace("\n", Markup("&#10;"))
