"""Who may open which address: one line for each. `tests/test_access_matrix.py` tries them all.

Over 300 lines: one line for each address.

A new address needs a line here. The key is the route as it is written in the urls, from the root.
`to(roles…)` is for an address of an organisation: anybody else in it gets 403, a stranger 404, a
visitor without sign-in is asked to sign in; with ids of another organisation it is 404 for all.
`reach=True` where the object belongs to one unit: a member for another unit gets 403 as well.
`anybody(status)` and `signed_in(status)` are for addresses outside organisations.
"""

from dataclasses import dataclass

from organisations.models import Role

ADMINISTRATOR, MANAGER, LEAD = Role.ADMINISTRATOR, Role.MANAGER, Role.LEAD
REVIEWER, EDITOR = Role.REVIEWER, Role.EDITOR
EVERYONE = tuple(Role)
STEERING = (MANAGER, LEAD, ADMINISTRATOR)
EDITORS = (EDITOR, ADMINISTRATOR)


@dataclass(frozen=True)
class Line:
    """What one address answers. `posts`: fields of the POST and the id each holds."""

    roles: tuple[Role, ...] = ()
    method: str = "GET"
    answers: tuple[int, ...] = (200,)
    reach: bool = False
    public: bool = False
    in_organisation: bool = True
    posts: tuple[tuple[str, str], ...] = ()


def to(*roles: Role, answers: tuple[int, ...] = (200,), reach: bool = False) -> Line:
    """A page of an organisation for these roles."""
    return Line(roles, answers=answers, reach=reach)


def sends(
    *roles: Role, answers: tuple[int, ...] = (302, 422), reach: bool = False, **posts: str
) -> Line:
    """An address that only takes a POST; one with just these ids is answered with one of these."""
    return Line(roles, "POST", answers, reach, posts=tuple(posts.items()))


def anybody(*answers: int, method: str = "GET") -> Line:
    """An address without sign-in."""
    return Line(method=method, answers=answers, public=True, in_organisation=False)


def signed_in(*answers: int, method: str = "GET") -> Line:
    """An address for everybody who is signed in, with or without a role."""
    return Line(method=method, answers=answers, in_organisation=False)


MATRIX: dict[str, Line] = {
    "": signed_in(200, 302),
    "about": anybody(200),
    "accessibility": anybody(200),
    "help": anybody(200),
    "privacy": anybody(200),
    "readyz": anybody(200),
    # Inside only, which these visitors are: tests/ffit_site tries those from outside.
    "watchz": anybody(200, 503),
    "metrics": anybody(200),
    # For programs: tests/reports/api tries tokens; a session opens nothing here.
    "api/": anybody(200),
    "api/v1/": anybody(404),
    "api/v1/openapi.json": anybody(200),
    "api/v1/organisations": anybody(401),
    **{
        f"api/v1/organisations/<slug>/{name}": anybody(401)
        for name in ("units", "surveys", "snapshots", "figures", "initiatives", "actions")
    },
    "api/v1/organisations/<slug>/snapshots/<survey_unit_id>": anybody(401),
    # Signing in; who is signed in already goes to the start page.
    "account/login": anybody(200, 302),
    "account/login/code": anybody(302),
    "account/login/again": anybody(302, method="POST"),
    "account/login/ask": anybody(302),
    "account/signup": anybody(302),
    "account/logout": anybody(200, 302),
    "account/here": anybody(204, 401),
    "account/sessions": signed_in(200),
    "account/sessions/end": signed_in(404, method="POST"),
    "account/sessions/end-others": signed_in(302, method="POST"),
    "account/devices/<int:device_id>/forget": signed_in(404, method="POST"),
    "account/second-step": signed_in(200),
    "account/second-step/code": anybody(302),
    "account/second-step/code-again": signed_in(403),
    "account/second-step/app": signed_in(200),
    "account/second-step/off": signed_in(404),
    "account/second-step/recovery": signed_in(404),
    "account/second-step/recovery/new": signed_in(200),
    # Organisations
    "o/<slug:slug>/units/": to(ADMINISTRATOR),
    "o/<slug:slug>/units/add": to(ADMINISTRATOR),
    "o/<slug:slug>/units/import": to(ADMINISTRATOR),
    "o/<slug:slug>/units/import/confirm": sends(ADMINISTRATOR),
    "o/<slug:slug>/units/<int:unit_id>/": to(ADMINISTRATOR),
    "o/<slug:slug>/units/<int:unit_id>/change": to(ADMINISTRATOR),
    "o/<slug:slug>/units/<int:unit_id>/limits": to(REVIEWER, ADMINISTRATOR),
    "o/<slug:slug>/units/<int:unit_id>/move": to(ADMINISTRATOR),
    "o/<slug:slug>/units/<int:unit_id>/merge": to(ADMINISTRATOR),
    "o/<slug:slug>/units/<int:unit_id>/close": to(ADMINISTRATOR),
    "o/<slug:slug>/units/<int:unit_id>/reopen": sends(ADMINISTRATOR),
    "o/<slug:slug>/people/": to(ADMINISTRATOR),
    "o/<slug:slug>/people/invite": to(ADMINISTRATOR),
    "o/<slug:slug>/people/<int:user_id>/": to(ADMINISTRATOR),
    "o/<slug:slug>/people/<int:user_id>/invite-again": sends(ADMINISTRATOR),
    "o/<slug:slug>/people/<int:user_id>/deactivate": to(ADMINISTRATOR),
    "o/<slug:slug>/people/<int:user_id>/reactivate": sends(ADMINISTRATOR),
    "o/<slug:slug>/people/<int:user_id>/sign-out": to(ADMINISTRATOR),
    "o/<slug:slug>/people/<int:user_id>/erase": to(ADMINISTRATOR),
    "o/<slug:slug>/people/<int:user_id>/roles/add": to(ADMINISTRATOR),
    "o/<slug:slug>/people/<int:user_id>/roles/<int:membership_id>/change": to(ADMINISTRATOR),
    "o/<slug:slug>/people/<int:user_id>/roles/<int:membership_id>/take-away": to(ADMINISTRATOR),
    "o/<slug:slug>/settings/": to(ADMINISTRATOR),
    "o/<slug:slug>/settings/departments/": to(ADMINISTRATOR),
    "o/<slug:slug>/settings/departments/add": to(ADMINISTRATOR),
    "o/<slug:slug>/settings/departments/<int:department_id>/change": to(ADMINISTRATOR),
    "o/<slug:slug>/settings/departments/<int:department_id>/remove": to(ADMINISTRATOR),
    "o/<slug:slug>/limits/": to(REVIEWER, ADMINISTRATOR),
    "o/<slug:slug>/programs/": to(*EVERYONE),
    "o/<slug:slug>/programs/add": to(*EVERYONE),
    "o/<slug:slug>/programs/<int:token_id>/take-back": to(*EVERYONE, answers=(404,)),
    "o/<slug:slug>/audit/": to(ADMINISTRATOR),
    # Answering: the credential is the right. None of these is real.
    "a/": anybody(200),
    "a/<str:credential>": anybody(404),
    "a/talk/<str:ward_page_code>.ics": anybody(200),
    "q/<str:credential>": anybody(200),
    "l/<str:credential>": anybody(404),
    "stop/<str:token>": anybody(404),
    "ask/<str:token>": anybody(404),
    # GOV.UK Notify's own word, with a token; none is set here.
    "notify/receipts": anybody(404, method="POST"),
    # Surveys
    "o/<slug:slug>/": to(*EVERYONE),
    "o/<slug:slug>/surveys/": to(*STEERING),
    "o/<slug:slug>/surveys/launch": to(*STEERING),
    "o/<slug:slug>/surveys/preview": to(*STEERING),
    "o/<slug:slug>/surveys/trial": to(*STEERING),
}
SUGGESTIONS = "o/<slug:slug>/learning/"
MATRIX[SUGGESTIONS] = to(MANAGER, LEAD, *EDITORS)
for rest in ("add", "<int:suggestion_id>/change", "<int:suggestion_id>/withdraw"):
    MATRIX[SUGGESTIONS + rest] = to(LEAD, *EDITORS)
MATRIX |= {
    "o/<slug:slug>/initiatives/": to(MANAGER, LEAD, REVIEWER, ADMINISTRATOR),
    "o/<slug:slug>/initiatives/import": to(LEAD, REVIEWER, ADMINISTRATOR),
    "o/<slug:slug>/initiatives/import/check": sends(LEAD, REVIEWER, ADMINISTRATOR),
    "o/<slug:slug>/load/": to(MANAGER, LEAD, REVIEWER, ADMINISTRATOR),
    "o/<slug:slug>/reviews/": to(REVIEWER),
    "o/<slug:slug>/initiatives/<int:initiative_id>/review": to(REVIEWER, reach=True),
    "o/<slug:slug>/initiatives/<int:initiative_id>/review/confirm": sends(
        REVIEWER, answers=(422,), reach=True
    ),
    "o/<slug:slug>/initiatives/<int:initiative_id>/ask-for-review": sends(
        MANAGER, LEAD, answers=(302,), reach=True
    ),
    "o/<slug:slug>/initiatives/<int:initiative_id>/reviews/<int:review_id>/reply": to(
        MANAGER, LEAD, reach=True
    ),
    "o/<slug:slug>/initiatives/<int:initiative_id>/reviews/<int:review_id>/read": sends(
        REVIEWER, answers=(302,), reach=True
    ),
    "o/<slug:slug>/initiatives/add": to(MANAGER, LEAD, REVIEWER, ADMINISTRATOR),
    "o/<slug:slug>/initiatives/<int:initiative_id>/": to(
        MANAGER, LEAD, REVIEWER, ADMINISTRATOR, reach=True
    ),
    "o/<slug:slug>/initiatives/<int:initiative_id>/status/<slug:word>": to(LEAD, reach=True),
    "o/<slug:slug>/initiatives/<int:initiative_id>/responsible": to(MANAGER, LEAD, reach=True),
    "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/status/<slug:word>": to(
        MANAGER, LEAD, reach=True
    ),
    "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/hours": to(
        MANAGER, LEAD, REVIEWER, reach=True
    ),
    "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/still-done": to(
        MANAGER, LEAD, reach=True
    ),
    "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/decide": to(
        MANAGER, LEAD, answers=(409,), reach=True
    ),
}
REQUESTS = "o/<slug:slug>/requests/"
MATRIX[REQUESTS] = to(MANAGER, LEAD, REVIEWER, ADMINISTRATOR)
REQUEST = f"{REQUESTS}<int:request_id>"
MATRIX[REQUEST] = to(MANAGER, LEAD, REVIEWER, ADMINISTRATOR, reach=True)
MATRIX[f"{REQUEST}/again"] = to(MANAGER, LEAD, answers=(302,), reach=True)
for rest in ("withdraw", "come", "resend"):
    MATRIX[f"{REQUEST}/{rest}"] = sends(MANAGER, LEAD, answers=(302,), reach=True)
MATRIX["o/<slug:slug>/ideas/"] = to(MANAGER, LEAD)
MATRIX["o/<slug:slug>/ideas/<uuid:idea_id>"] = to(MANAGER, LEAD, reach=True)
MATRIX["o/<slug:slug>/ideas/close"] = to(LEAD)
MATRIX["o/<slug:slug>/ideas/units/<int:unit_id>/open"] = sends(LEAD, answers=(302,), reach=True)
# An idea that nobody has answered has no action: back to the ideas.
MATRIX["o/<slug:slug>/ideas/<uuid:idea_id>/act"] = to(MANAGER, LEAD, answers=(302,), reach=True)
CHECKS = "o/<slug:slug>/initiatives/<int:initiative_id>/checks/"
MATRIX[CHECKS] = to(MANAGER, LEAD, REVIEWER, reach=True)
MATRIX[f"{CHECKS}<int:number>"] = to(MANAGER, LEAD, reach=True)
MATRIX[f"{CHECKS}<int:number>/act"] = to(MANAGER, LEAD, reach=True)
MATRIX[f"{CHECKS}stop-sign"] = sends(MANAGER, LEAD, answers=(302,), reach=True)
ON_UNIT = "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/"
MATRIX[ON_UNIT] = to(MANAGER, LEAD, REVIEWER, ADMINISTRATOR, reach=True)
for rest in (
    "measures/add",
    "measures/watch",
    "measures/<int:measure_id>/add",
    "measures/<int:measure_id>/paste",
    "measures/<int:measure_id>/restart",
    "measures/<int:measure_id>/end",
    "tests/add",
    "tests/<int:test_id>",
    "requests/add",
    "actions/<int:action_id>/request",
    "priorities/<int:priority_id>/request",
):
    MATRIX[f"{ON_UNIT}{rest}"] = to(MANAGER, LEAD, reach=True)
SURVEY = "o/<slug:slug>/surveys/<int:survey_id>/"
SURVEY_UNIT = f"{SURVEY}units/<int:survey_unit_id>/"
for rest in (
    "",
    "recipients",
    "staff",
    "progress",
    "words/<slug:wording>",
    "messages/<slug:step>",
    "cancel",
    "recipients/<int:message_id>/again",
    "staff/lists/<int:import_id>",
    "staff/add",
    "staff/<int:contact_id>/",
    "staff/<int:contact_id>/remove",
):
    MATRIX[SURVEY + rest] = to(*STEERING, reach=True)
# No number before the result is out.
MATRIX[f"{SURVEY_UNIT}thanks"] = to(*STEERING, answers=(302,), reach=True)
MATRIX[f"{SURVEY}staff/check"] = sends(*STEERING, reach=True)
MATRIX[f"{SURVEY}pause"] = Line(STEERING, "POST", (302,), reach=True)
for rest in ("extend", "close", "poster", "poster/new", "slips", "preview", "trial"):
    MATRIX[SURVEY_UNIT + rest] = to(*STEERING, reach=True)
# Reading first is for somebody outside the line management.
MATRIX |= {
    SURVEY_UNIT + "comments": to(LEAD, ADMINISTRATOR, reach=True),
    SURVEY_UNIT + "comments/ask": Line((LEAD, ADMINISTRATOR), "POST", (302,), reach=True),
    # Names none of the comments: back to them.
    SURVEY_UNIT + "comments/off": to(LEAD, ADMINISTRATOR, answers=(302,), reach=True),
}
READERS = (MANAGER, LEAD, REVIEWER)
MATRIX |= {
    "o/<slug:slug>/overview/": to(MANAGER, LEAD, REVIEWER),
    "o/<slug:slug>/overview/support/": to(MANAGER, LEAD, REVIEWER),
    "o/<slug:slug>/overview/base/": to(MANAGER, LEAD, REVIEWER),
    "o/<slug:slug>/actions/": to(MANAGER, LEAD, REVIEWER),
    "o/<slug:slug>/results/": to(*READERS),
    "o/<slug:slug>/figures/": to(*READERS),
    # A slug that names no kind of file.
    "o/<slug:slug>/figures/<slug:kind>": to(*READERS, answers=(404,)),
    # A senior reviewer sees a result once the team has had its time.
    "o/<slug:slug>/results/<int:survey_unit_id>/": to(MANAGER, LEAD, reach=True),
    # Nothing is released there yet.
    "o/<slug:slug>/results/<int:survey_unit_id>/change": to(
        MANAGER, LEAD, reach=True, answers=(404,)
    ),
    "o/<slug:slug>/results/<int:survey_unit_id>/sections/<slug:section_code>": to(
        MANAGER, LEAD, answers=(404,), reach=True
    ),
    "o/<slug:slug>/results/<int:survey_unit_id>/tasks": to(
        MANAGER, LEAD, answers=(404,), reach=True
    ),
    "o/<slug:slug>/results/<int:survey_unit_id>/correct": to(MANAGER, LEAD, reach=True),
    "o/<slug:slug>/results/together/<int:survey_id>/": to(LEAD, reach=True),
    "o/<slug:slug>/results/<int:survey_unit_id>/documents/": to(MANAGER, LEAD, reach=True),
    "o/<slug:slug>/results/<int:survey_unit_id>/documents/<slug:kind>": to(
        MANAGER, LEAD, answers=(404,), reach=True
    ),
    # Leaders who answered see it too.
    "o/<slug:slug>/results/<int:survey_unit_id>/leaders": to(LEAD, reach=True),
    "w/<slug:code>": anybody(200),
    "w/<slug:code>/statements": anybody(200, 404),
    "w/<slug:code>/change": anybody(404),
    "w/<slug:code>/tasks": anybody(404),
    "w/<slug:code>/sections/<slug:section_code>": anybody(404),
    "w/<slug:code>/you-said-we-did": anybody(404),
    "w/<slug:code>/idea": anybody(200),
    "w/<slug:code>/pictures/<int:attachment_id>": anybody(404),
    # The demo
    "demo": anybody(200),
    "demo/state.json": anybody(200),
    "demo/messages": anybody(404, method="POST"),
    "demo/sign-in/<int:user_id>": anybody(302, 404),
    "demo/colleagues/<int:survey_unit_id>": anybody(302, 404, method="POST"),
}
RESULT = "o/<slug:slug>/results/<int:survey_unit_id>/"
MEETING = f"{RESULT}debrief/<int:debrief_id>/"
PICTURE = f"{RESULT}debrief/pictures/<int:attachment_id>"
HOLDING = (MANAGER, LEAD)
# Without a result there is nothing to talk through: back to the page that says so.
for address in ("debrief/", "debrief/sheet", "debrief/views", "plan/"):
    MATRIX[RESULT + address] = to(*HOLDING, answers=(302,), reach=True)
MATRIX[f"{MEETING}steps/<slug:stage>"] = to(*HOLDING, answers=(302,), reach=True)
for address in (
    f"{MEETING}discard",
    f"{MEETING}pictures",
    PICTURE,
    f"{RESULT}plan/priorities/<int:priority_id>/act",
    f"{RESULT}plan/actions/<int:action_id>",
    f"{RESULT}plan/actions/<int:action_id>/close",
    f"{RESULT}plan/actions/<int:action_id>/move",
):
    MATRIX[address] = to(*HOLDING, reach=True)
for address in (
    f"{MEETING}shown",
    f"{MEETING}people",
    f"{MEETING}count",
    f"{MEETING}end",
    f"{MEETING}promises",
    f"{MEETING}promises/remove",
    f"{MEETING}notes",
    f"{MEETING}notes/<int:note_id>/remove",
    f"{MEETING}choices",
    f"{MEETING}choices/<int:choice_id>/drop",
    f"{PICTURE}/remove",
    f"{RESULT}plan/priority",
    f"{RESULT}plan/actions/<int:action_id>/take-up",
):
    MATRIX[address] = sends(*HOLDING, answers=(302,), reach=True)
MATRIX |= {
    f"{RESULT}notes/": to(*HOLDING, reach=True),
    f"{RESULT}notes/<int:context_note_id>": to(*HOLDING, reach=True),
    f"{RESULT}notes/<int:context_note_id>/remove": sends(*HOLDING, answers=(302,), reach=True),
}
BANK = "o/<slug:slug>/question-bank/"
VERSION = f"{BANK}<int:version_id>/"
SECTION = f"{VERSION}sections/<int:section_id>"
STATEMENT = f"{VERSION}statements/<int:item_id>"
EDITION = f"{VERSION}editions/<int:edition_id>"
LANGUAGE = f"{VERSION}languages/<int:translation_id>"
for address in (
    *(BANK + rest for rest in ("", "new", "schema.json", "import")),
    *(VERSION + rest for rest in ("about", "discard", "history", "one-word", "editions/")),
    *(VERSION + rest for rest in ("export.json", "export.xlsx", "sections/new", "editions/new")),
    *(
        VERSION + rest
        for rest in (
            "languages/new",
            "preview",
            "preview/<int:edition_id>/<slug:sheet>",
            "difference",
        )
    ),
    *(SECTION + rest for rest in ("", "/remove", "/add", "/readings", "/questions")),
    *(STATEMENT + rest for rest in ("/remove", "/reading")),
    *(EDITION + rest for rest in ("", "/remove")),
    *(LANGUAGE + rest for rest in ("/scale", "/remove", "/missing")),
    f"{VERSION}retire",
):
    MATRIX[address] = to(*EDITORS)
for address in (
    VERSION,  # a draft is edited section by section
    f"{VERSION}declare/stem/<int:row_id>/<int:edition_id>",
    f"{VERSION}declare/item/<int:row_id>/<int:edition_id>",
):
    MATRIX[address] = to(*EDITORS, answers=(200, 302))
for address in (
    f"{BANK}import/confirm",
    *(VERSION + rest for rest in ("copy", "publish")),
    *(SECTION + rest for rest in ("/confirm", "/move")),
    f"{STATEMENT}/move",
    f"{LANGUAGE}/review",
):
    MATRIX[address] = sends(*EDITORS)
MATRIX[f"{VERSION}save"] = sends(*EDITORS, answers=(200, 422))
MATRIX[f"{STATEMENT}/leave-out"] = sends(*EDITORS, edition="edition_id")
