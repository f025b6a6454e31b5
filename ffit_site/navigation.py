"""The links at the head of every page of an organisation, by role."""

from organisations.models import Role

EVERYONE = frozenset(Role)
# (route, words, roles that see it); each route takes the organisation's slug.
LINKS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("start_of", "Start", EVERYONE),
    ("surveys", "Surveys", frozenset({Role.MANAGER, Role.LEAD, Role.ADMINISTRATOR})),
    ("results", "Results", frozenset({Role.MANAGER, Role.LEAD, Role.REVIEWER})),
    ("actions", "Actions", frozenset({Role.MANAGER, Role.LEAD})),
    ("overview", "Every unit", frozenset({Role.LEAD})),
    (
        "initiatives",
        "Initiatives",
        frozenset({Role.MANAGER, Role.LEAD, Role.REVIEWER, Role.ADMINISTRATOR}),
    ),
    ("suggestions", "What could help", frozenset({Role.LEAD, Role.EDITOR})),
    ("question_bank", "Question bank", frozenset({Role.EDITOR, Role.ADMINISTRATOR})),
    ("units", "Units", frozenset({Role.ADMINISTRATOR})),
    ("people", "People", frozenset({Role.ADMINISTRATOR})),
    ("organisation_settings", "Settings", frozenset({Role.ADMINISTRATOR})),
    ("audit_trail", "Audit trail", frozenset({Role.ADMINISTRATOR})),
)


def navigation_of(roles: frozenset[str]) -> list[tuple[str, str]]:
    """Route and words of the links that these roles see."""
    return [(route, words) for route, words, who in LINKS if roles & who]
