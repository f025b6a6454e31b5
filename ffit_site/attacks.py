"""What any stranger can send to a site, and what it must answer; none of it changes anything.

`./dev manage attack` sends all of it to a deployment, `tests/attacks` to the site under test.
"""

import http.client
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

# A clear sentence comes at once; only a server that hangs takes so long.
PATIENCE = 15
MILLION = 1_000_000
EVIL = "evil.example"
FORM = "application/x-www-form-urlencoded"
METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "FOO")

# Odd text in the query of a page: its name, the query, and whether it is refused.
NAMES = ("q", "page", "show", "lang", "unit", "edition", "since", "next", "typed", "kind")
ODD_QUERIES = {
    "NUL": ("&".join(f"{name}=a%00b" for name in NAMES), True),
    "half a character": ("&".join(f"{name}=%ED%A0%80" for name in NAMES), True),
    "8 kB": ("q=" + "x" * 7_900, False),
    "1,000 parameters": ("&".join(f"p{number}=1" for number in range(1_000)), False),
}
# Odd text in the address itself, and what it is answered.
ODD_PARTS: Mapping[str, int] = {
    **dict.fromkeys(("%00", "a%00b", "%ED%A0%80"), 400),
    **dict.fromkeys((quote("²"), quote("٣"), "0", "-1", "9" * 31, str(2**63)), 404),
}
LINKS = ("a", "q", "l", "w", "stop")
MADE_UP_SESSIONS = ("short", "a" * 32, "../../x", "a" * 2_000)

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One request and its right answers.

    `by_proxy` are answers that a proxy may give in the site's place. `has` are headers and what
    they must match; `hides` must stand neither in the page nor in its headers.
    """

    group: str
    name: str
    target: str
    statuses: tuple[int, ...]
    method: str = "GET"
    headers: Headers = ()
    body: bytes = b""
    by_proxy: tuple[int, ...] = ()
    has: Headers = ()
    hides: str = r"Traceback|DEBUG"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes


def cases() -> list[Case]:
    """All of them, but for those that only a site with a certificate can answer."""
    found = (_bodies, _methods, _queries, _addresses, _sessions, _forgeries, _tokens, _hosts)
    return [case for group in (*found, _headers) for case in group()]


def _bodies() -> Iterator[Case]:
    form, group = ("Content-Type", FORM), "Bodies"
    for target in ("/account/login", "/privacy", "/q/WRNGCDEFGH", "/notify/receipts"):
        huge = (form, ("Content-Length", str(200 * MILLION)))
        yield Case(group, f"200 MB to {target}", target, (413,), "POST", huge, b"a=1")
    for target in ("/account/login", "/q/WRNGCDEFGH", "/o/none/units/add"):
        # A proxy may gather such a body and send it on with its length.
        proxy = (302, 400, 403, 404)
        name = f"no length to {target}"
        yield Case(group, name, target, (411,), "POST", (form,), by_proxy=proxy)
        chunked = (form, ("Transfer-Encoding", "chunked"))
        name, body = f"in pieces to {target}", b"3\r\na=1\r\n0\r\n\r\n"
        yield Case(group, name, target, (411,), "POST", chunked, body, proxy)
    length, pieces = ("Content-Length", "3"), ("Transfer-Encoding", "chunked")
    ambiguous: dict[str, Headers] = {
        "two lengths": (length, ("Content-Length", "4")),
        "a length and pieces": (length, pieces),
        "a length with a space": (("Content-Length ", "3"),),
        "a length below nothing": (("Content-Length", "-3"),),
        "a length with a sign": (("Content-Length", "+3"),),
        "a length in other figures": (("Content-Length", "3_0"),),
        "pieces of an unknown kind": (("Transfer-Encoding", "xchunked"),),
        "pieces within pieces": (pieces, ("Transfer-Encoding", "identity")),
    }
    for name, headers in ambiguous.items():
        ways = (400, 411, 501)
        yield Case(group, name, "/account/login", ways, "POST", (form, *headers), b"a=1")
    for charset in ("base64", "utf-16", "undefined"):
        odd = (("Content-Type", f"{FORM}; charset={charset}"), length)
        name = f"a form in {charset}"
        yield Case(group, name, "/account/login", (415,), "POST", odd, b"a=1")
    many = tuple((f"X-Odd-{number}", "1") for number in range(5_000))
    yield Case(group, "5,000 headers", "/privacy", (400, 431), headers=many)
    yield Case(group, "a line of 40 kB", "/privacy?" + "x" * 40_000, (400, 414))


def _methods() -> Iterator[Case]:
    pages = ("/", "/privacy", "/account/login", "/o/none/units/", "/q/WRNGCDEFGH", "/api/v1/")
    for target in pages:
        for method in METHODS:
            name = f"{method} {target}"
            yield Case("Methods", name, target, (405,), method, by_proxy=(400, 403, 501))


def _queries() -> Iterator[Case]:
    for target in ("/account/login", "/privacy", "/help", "/about", "/o/none/units/", "/api/v1/"):
        for name, (query, is_refused) in ODD_QUERIES.items():
            statuses = (400,) if is_refused else (200, 302, 400, 404, 414)
            yield Case("Queries", f"{name} to {target}", f"{target}?{query}", statuses)


def _addresses() -> Iterator[Case]:
    for part, status in ODD_PARTS.items():
        for link in LINKS:
            target = f"/{link}/{part}"
            yield Case("Addresses", target, target, (status,), by_proxy=(400,))
    for target in (
        *("/.env", "/.git/config", "/admin/", "/manage.py", "/static/", "/__debug__/"),
        *("/static/%2e%2e/ffit_site/settings.py", "/static/..%2f..%2fmanage.py"),
    ):
        yield Case("Addresses", target, target, (404,), by_proxy=(400, 403))
    # Never to another site.
    for target in (f"//{EVIL}/o/none", f"//{EVIL}/%2e%2e", f"/%5C{EVIL}", f"//{EVIL}%2f@x/help"):
        away = rf"(?i)location: *(https?:)?[/\\]{{2}}{re.escape(EVIL)}"
        statuses = (301, 302, 400, 404)
        yield Case("Addresses", target, target, statuses, by_proxy=(200,), hides=away)


def _sessions() -> Iterator[Case]:
    def asks(name: str, target: str, headers: Headers = ()) -> Case:
        to_sign_in = (("Location", r"^/account/login\?next="),)
        return Case("Sessions", name, target, (302,), headers=headers, has=to_sign_in)

    for target in ("/", "/account/sessions", "/o/none/", "/o/none/people/", "/o/none/results/"):
        yield asks(f"nobody at {target}", target)
    for made_up in MADE_UP_SESSIONS:
        cookies = f"sessionid={made_up}; __Host-session={made_up}"
        yield asks(
            f"made up, {len(made_up)} long: {made_up[:10]}",
            "/account/sessions",
            (("Cookie", cookies),),
        )


def _forgeries() -> Iterator[Case]:
    token = "c" * 32
    cookies = f"csrftoken={token}; __Host-csrf={token}"
    ways: dict[str, Headers] = {
        "no token": (),
        "a foreign token": (("Cookie", cookies), ("X-CSRFToken", "d" * 32)),
        "a foreign origin": (
            *(("Cookie", cookies), ("X-CSRFToken", token)),
            ("Origin", f"https://{EVIL}"),
        ),
        "no origin at all": (("Cookie", cookies), ("X-CSRFToken", token), ("Origin", "null")),
    }
    for name, headers in ways.items():
        form: Headers = (("Content-Type", FORM), ("Content-Length", "3"), *headers)
        # Whoever is a stranger is asked to sign in before a form is looked at.
        for target in ("/account/login", "/account/logout", "/account/sessions/end-others"):
            statuses = (403,) if target == "/account/login" else (302, 403)
            yield Case("Forged forms", f"{name}: {target}", target, statuses, "POST", form, b"a=1")


def _tokens() -> Iterator[Case]:
    group, made_up = "Tokens", "ffit_" + "a" * 43
    bearer = (("Authorization", f"Bearer {made_up}"),)
    for target in ("/api/v1/organisations", "/api/v1/organisations/none/figures"):
        yield Case(group, f"none: {target}", target, (401,))
        yield Case(group, f"made up: {target}", target, (401,), headers=bearer)
        yield Case(group, f"in the query: {target}", f"{target}?token={made_up}", (401,))
    length = ("Content-Length", "0")
    for given in ("", "Bearer", "Bearer x", "Basic YTpi"):
        headers = (length, ("Authorization", given))
        yield Case(
            group, f"receipts: {given!r}", "/notify/receipts", (401, 403, 404), "POST", headers
        )


def _hosts() -> Iterator[Case]:
    group = "Hosts"
    proxy = (301, 302, 403, 404, 421)
    for host in (EVIL, f"localhost@{EVIL}", f"localhost:80/{EVIL}", ""):
        headers = (("Host", host),)
        yield Case(group, f"host {host!r}", "/privacy", (400,), headers=headers, by_proxy=proxy)
    for name in ("X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"):
        value = f"host={EVIL}" if name == "Forwarded" else f"/{EVIL}"
        hides = re.escape(EVIL)
        yield Case(group, name, "/privacy", (200,), headers=((name, value),), hides=hides)


def _headers() -> Iterator[Case]:
    always = (
        ("Content-Security-Policy", r"default-src 'none'"),
        ("Content-Security-Policy", r"frame-ancestors 'none'"),
        ("X-Content-Type-Options", r"^nosniff$"),
        ("Permissions-Policy", r"camera=\(\)"),
        ("Cross-Origin-Resource-Policy", r"^same-origin$"),
        ("Cross-Origin-Opener-Policy", r"^same-origin$"),
        ("Referrer-Policy", r"^(same-origin|no-referrer)$"),
        ("Cache-Control", r"^no-store$"),
    )
    for target, status in (("/account/login", 200), ("/privacy", 200), ("/o/none/units/", 302)):
        hides = "(?i)access-control-allow"
        yield Case("Headers", target, target, (status,), has=always, hides=hides)


def of_a_deployment() -> Iterator[Case]:
    """What only a site that people use must answer: over TLS, without the demonstration."""
    group = "Deployment"
    hsts = (("Strict-Transport-Security", r"max-age=\d{8}"),)
    yield Case(group, "TLS for a year", "/privacy", (200,), has=hsts)
    cookies = (("Set-Cookie", r"^__Host-csrf=.*Secure"),)
    yield Case(group, "cookies of this host alone", "/account/login", (200,), has=cookies)
    for target in ("/demo", "/demo/state.json", "/demo/sign-in/1"):
        yield Case(group, f"no demonstration: {target}", target, (404,))


def answered(url: str, case: Case, told: Headers = ()) -> Reply:
    """Sends it on a connection of its own. `told` is what a proxy in front of the site adds."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    own = {name for name, _ in case.headers}
    with closing(kind(parts.netloc, timeout=PATIENCE)) as line:
        line.putrequest(case.method, case.target, skip_host="Host" in own)
        for name, value in (*told, *case.headers):
            line.putheader(name, value)
        line.endheaders(case.body or None)
        answer = line.getresponse()
        return Reply(answer.status, answer.headers, answer.read())


def wrong(case: Case, reply: Reply) -> str:
    """What is not as it should be, in a few words; empty where all is."""
    if reply.status not in (*case.statuses, *case.by_proxy):
        wanted = " or ".join(map(str, case.statuses))
        return f"answered {reply.status}, not {wanted}"
    if reply.status >= 400 and not reply.content.strip():
        return f"answered {reply.status} and said nothing"
    for name, pattern in case.has:
        if not re.search(pattern, reply.headers.get(name, "")):
            return f"{name} is {reply.headers.get(name)!r}"
    if found := re.search(case.hides, f"{reply.headers}{reply.content.decode(errors='replace')}"):
        return f"says {found[0]!r}"
    return ""
