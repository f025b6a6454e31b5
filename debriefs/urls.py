"""Addresses of debriefs."""

from django.urls import URLPattern, URLResolver, path

from debriefs.views import (
    action_list,
    check_action,
    debrief,
    idea_action,
    ideas,
    meeting,
    picture,
    plan,
    without_survey,
    you_said,
)

RESULT = "o/<slug:slug>/results/<int:survey_unit_id>/"
DEBRIEF = f"{RESULT}debrief/"
MEETING = f"{DEBRIEF}<int:debrief_id>/"
PICTURE = f"{DEBRIEF}pictures/<int:attachment_id>"
PLAN = f"{RESULT}plan/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("w/<slug:code>/you-said-we-did", you_said.you_said_we_did, name="you_said_we_did"),
    path("w/<slug:code>/idea", ideas.send, name="send_idea"),
    path("o/<slug:slug>/ideas/<uuid:idea_id>/act", idea_action.act, name="idea_act"),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/checks/<int:number>/act",
        check_action.act,
        name="check_act",
    ),
    path("w/<slug:code>/pictures/<int:attachment_id>", picture.ward_picture, name="ward_picture"),
    path("o/<slug:slug>/actions/", action_list.action_list, name="actions"),
    path(
        "o/<slug:slug>/initiatives/<int:initiative_id>/units/<int:unit_id>/decide",
        without_survey.decide,
        name="initiative_decide",
    ),
    path(DEBRIEF, debrief.debrief, name="debrief"),
    path(f"{DEBRIEF}sheet", debrief.sheet, name="debrief_sheet"),
    path(f"{DEBRIEF}views", debrief.views, name="debrief_views"),
    path(PICTURE, picture.picture, name="debrief_picture"),
    path(f"{PICTURE}/remove", picture.remove, name="debrief_picture_remove"),
    path(f"{MEETING}discard", debrief.discard, name="debrief_discard"),
    path(f"{MEETING}shown", debrief.shown, name="debrief_shown"),
    path(f"{MEETING}pictures", picture.attach, name="debrief_attach"),
    path(f"{MEETING}notes", meeting.write, name="debrief_note"),
    path(f"{MEETING}notes/<int:note_id>/remove", meeting.remove, name="debrief_note_remove"),
    path(f"{MEETING}people", meeting.people, name="debrief_people"),
    path(f"{MEETING}count", meeting.count, name="debrief_count"),
    path(f"{MEETING}promises", meeting.promise, name="debrief_promise"),
    path(f"{MEETING}promises/remove", meeting.unpromise, name="debrief_promise_remove"),
    path(f"{MEETING}end", meeting.end, name="debrief_end"),
    path(f"{MEETING}choices", meeting.choose, name="debrief_choose"),
    path(f"{MEETING}choices/<int:choice_id>/drop", meeting.drop, name="debrief_drop"),
    path(f"{MEETING}steps/<slug:stage>", meeting.step, name="debrief_step"),
    path(PLAN, plan.plan, name="plan"),
    path(f"{PLAN}priority", plan.priority, name="plan_priority"),
    path(f"{PLAN}priorities/<int:priority_id>/act", plan.new_action, name="action_add"),
    path(f"{PLAN}actions/<int:action_id>", plan.action, name="action"),
    path(f"{PLAN}actions/<int:action_id>/close", plan.close, name="action_close"),
    path(f"{PLAN}actions/<int:action_id>/move", plan.move, name="action_move"),
    path(f"{PLAN}actions/<int:action_id>/take-up", plan.take_up, name="action_take_up"),
]
