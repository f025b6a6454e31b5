"""The links at the head of every page of an organisation, by role, and which pages open."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import cast

from django.urls import URLPattern, URLResolver, get_resolver

from organisations.models import Role

EVERYONE = frozenset(Role)
# (route, words, roles that see it); each route takes the organisation's slug.
LINKS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("start_of", "Home", EVERYONE),
    ("surveys", "Surveys", frozenset({Role.MANAGER, Role.LEAD, Role.ADMINISTRATOR})),
    ("results", "Results", frozenset({Role.MANAGER, Role.LEAD, Role.REVIEWER})),
    (
        "initiatives",
        "Improvements",
        frozenset({Role.MANAGER, Role.LEAD, Role.REVIEWER, Role.ADMINISTRATOR}),
    ),
    ("staff_hours", "Staff hours", frozenset({Role.REVIEWER})),
    ("actions", "Actions", frozenset({Role.MANAGER, Role.LEAD, Role.REVIEWER})),
    ("units", "Units", frozenset({Role.ADMINISTRATOR})),
    ("people", "People", frozenset({Role.ADMINISTRATOR})),
    ("question_bank", "Question bank", frozenset({Role.EDITOR, Role.ADMINISTRATOR})),
    ("suggestions", "Learning", frozenset({Role.MANAGER, Role.LEAD, Role.EDITOR})),
    ("overview", "Overview", frozenset({Role.LEAD, Role.REVIEWER})),
    ("organisation_settings", "Settings", frozenset({Role.ADMINISTRATOR})),
)


# A senior reviewer and nothing else begins with what there is to review.
REVIEWERS_FIRST = ("start_of", "initiatives", "staff_hours")


@cache
def navigation_of(roles: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Route and words of the links that these roles see, in their order."""
    seen = [(route, words) for route, words, who in LINKS if roles & who]
    if roles == {Role.REVIEWER}:
        seen.sort(key=lambda link: link[0] not in REVIEWERS_FIRST)
    return tuple(seen)


# So many links are in a row; on a phone those that fit, in px of its narrowest usual screen.
MOST_IN_ROW = 7
_PHONE_ROW, _LETTER, _GAP = 300, 9, 16


@cache
def fit_on_phones(roles: frozenset[str]) -> int:
    """How many of these roles' links a phone shows in its one row, beside “More”."""
    room, fit = _PHONE_ROW, 0
    for _, words in navigation_of(roles)[:MOST_IN_ROW]:
        room -= _LETTER * len(words) + _GAP
        if room < 0:
            break
        fit += 1
    return fit


@cache
def account_links_of(roles: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Route and words of what stands beside the member's own name."""
    links = (("exports", "Downloads"), ("access_tokens", "API tokens"))
    return tuple((route, words) for route, words in links if opens(route, roles))


Patterns = Iterable[URLPattern | URLResolver]


def opens(route: str, roles: frozenset[str]) -> bool:
    """Whether the page of this name opens for these roles, so far as roles decide it."""
    return bool(_opens_for()[route] & roles)


@cache
def _opens_for() -> dict[str, frozenset[str]]:
    def views(
        found: Iterable[URLPattern | URLResolver],
    ) -> Iterable[tuple[str, Callable[..., object]]]:
        for one in found:
            if isinstance(one, URLResolver):
                yield from views(one.url_patterns)
            elif one.name:
                yield one.name, one.callback

    members = views(get_resolver().url_patterns)
    return {
        name: cast(frozenset[str], view.opens_for)
        for name, view in members
        if hasattr(view, "opens_for")
    }
