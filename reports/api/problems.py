"""Every refusal of the API as problem+json (RFC 9457): a title, a status and a sentence."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema

from organisations.carriers.failed_attempts import seconds_after_wrong
from reports.api.tokens import TooMany

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: "Not readable",
    401: "No valid token",
    403: "Not allowed",
    404: "Not found",
    422: "Not understood",
    429: "Too many requests",
}


class Problem(Schema):
    """Why there is no answer."""

    title: str
    status: int
    detail: str


def problem(status: int, detail: str) -> HttpResponse:
    """The answer to a request that is refused."""
    response = JsonResponse(
        {"title": TITLES[status], "status": status, "detail": detail},
        status=status,
        content_type=CONTENT_TYPE,
    )
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="FFIT"'
    return response


def too_many(detail: str, seconds: int) -> HttpResponse:
    """429, and after how many seconds it may be tried again."""
    response = problem(429, detail)
    response["Retry-After"] = str(seconds)
    return response


def no_token(request: HttpRequest, refusal: object) -> HttpResponse:
    """401, the same for an unknown token, an ended one and none; 429 after very many wrong ones."""
    brought = "Authorization" in request.headers
    wait = seconds_after_wrong(request, "token") if brought else 0
    if wait:
        return too_many("Too many wrong tokens came from this network. Wait and try again.", wait)
    return problem(401, "Send a valid token: Authorization: Bearer ffit_…")


def read_too_much(request: HttpRequest, refusal: TooMany | type[TooMany]) -> HttpResponse:
    """429 for a token that reads more than 600 times a minute."""
    return too_many(
        "This token has read too often. Wait, then continue.", getattr(refusal, "seconds", 1)
    )


def not_allowed(request: HttpRequest, refusal: object) -> HttpResponse:
    """403."""
    return problem(403, str(refusal) or "This token does not have access to this.")


def not_found(request: HttpRequest, refusal: object) -> HttpResponse:
    """404."""
    return problem(404, "Not found, or this token does not have access to it.")


def not_understood(request: HttpRequest, refusal: object) -> HttpResponse:
    """422, naming the parameter."""
    errors: list[dict[str, list[str]]] = getattr(refusal, "errors", [])
    said = "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in errors)
    return problem(422, said or str(refusal) or "A parameter is not valid.")
