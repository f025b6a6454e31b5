# ruff: noqa: E501 (a sentence stands as a whole)
"""What the rooms of people and improvements promise, and the page of sessions."""

from tests.promises.held_by import (
    ADDRESSES_GO,
    API_READS,
    ASKED_FIRST,
    BY_NAME,
    CLOSED_UNIT,
    COUNTS_NOT_SCORES,
    ERASED,
    LEADERS_BESIDE,
    LINKAGE,
    MARKS_GO,
    MERGED,
    NEWS_ALIKE,
    ONCE_A_DAY,
    OPT_OUT,
    POSTER_FULL,
    RELEASE,
    SENT,
    SHARED,
    TOO_FEW,
    TRAIL,
    TRAIL_WITHOUT_ANSWERS,
    TRIED_ONLY,
    UNDECIDED,
    UNREAD,
    UNSEEN,
)

REQUESTS = "surveys/actions/test_request_messages.py::"
PROMISES: dict[str, dict[str, str]] = {
    "account/sessions.html": {
        "so nobody else’s requests can keep your sign-in code from you.": (
            "attacks/test_codes.py::test_forty_requests_make_one_letter_and_the_owner_comes_in_by_it"
        )
    },
    "initiatives/forms/ideas.py": {
        "Only show it to the improvement lead": (
            "debriefs/views/test_ideas.py::test_a_manager_answers_and_the_team_reads_it"
        )
    },
    "initiatives/measures/checked.html": {
        "We have not saved anything yet.": (
            "initiatives/views/test_on_unit.py::test_pasted_numbers_are_checked_then_saved"
        )
    },
    "initiatives/import/checked.html": {
        "We have not saved anything yet.": (
            "initiatives/views/test_register_import.py::test_a_cell_to_correct_is_named_and_nothing_is_saved"
        )
    },
    "layout.html": {
        "Nothing is sent until they have been checked.": (
            "fieldwork/views/test_on_hold.py::test_nothing_is_sent_closed_or_destroyed"
        ),
    },
    "organisations/public/_interviews.html": {"Nothing is sent.": TRIED_ONLY},
    "organisations/public/accessibility.html": {
        "We never use colour on its own to show meaning": "results/presenters/test_charts.py::test_every_mark_is_told_from_every_other_without_colour",
        "After 15 minutes, we clear your answers so that nobody else can read them.": (
            f"{SHARED}test_warns_after_13_minutes_and_clears_after_15"
        ),
        "Answers that you sent but that have not reached us stay: nobody can see them, and we keep trying.": UNSEEN,
    },
    "organisations/settings/edit.html": {
        "new quiet hours apply to all surveys straight away.": (
            "surveys/actions/test_plan.py::test_new_quiet_hours_hold_for_a_survey_that_runs"
        )
    },
    "organisations/public/about.html": {
        "Units are never put in order by score.": BY_NAME,
        "We never add the two together.": LEADERS_BESIDE,
    },
    "organisations/public/privacy.html": {
        "We delete the copy and its link 30 days after the answer, and never later than 120 days after the request.": (
            "initiatives/actions/test_requests.py::test_go_120_days_after_asking_at_the_latest"
        ),
        "We set no cookie, and keep no name, address or time of day.": (
            "debriefs/views/test_ideas.py::test_an_idea_leaves_no_cookie_and_no_entry"
        ),
        "the new ideas are mixed, so that nothing shows their order.": (
            "initiatives/actions/test_ideas.py::test_of_a_thousand_ideas_neither_keys_nor_rows_tell_the_order"
        ),
        "or only the lead if you choose so. Your team reads it only with its answer.": (
            "debriefs/views/test_ideas.py::test_the_team_page_has_answered_ideas_only"
        ),
        "We delete an idea a year after its answer.": (
            "initiatives/actions/test_ideas.py::test_ideas_are_kept_for_a_year"
        ),
        "the survey open for 7 more days, once only. If it’s still too few, we delete the answers unopened.": TOO_FEW,
        "It never depends on the scores they chose.": COUNTS_NOT_SCORES,
        "Everyone gets the same.": NEWS_ALIKE,
        "We erase the mark 30 days after the survey closes.": MARKS_GO,
        "no more than one of them shows bars. So nobody can compare the bars": (
            f"{RELEASE}test_too_soon_a_large_ward_is_released_like_a_small_one"
        ),
        "We delete it when you sign out or are signed out.": "organisations/test_tasks.py::test_the_sweep_tells_whom_it_must_and_forgets_old_sessions",
        "they are always optional.": "fieldwork/views/test_comments.py::test_answers_without_a_comment_are_taken",
        "Nobody can put the two together again.": LINKAGE,
        "or fewer than 5 write, the comments are deleted unread.": UNREAD,
        "If nobody has decided about a comment within 30 days of the survey closing, we delete it.": UNDECIDED,
        "are saved on the phone until you send them, then deleted.": SENT,
        "delete them 30 days after it closes.": ADDRESSES_GO,
        "Nobody can read your email address or number from it.": OPT_OUT,
        "we permanently delete your name and email address.": ERASED,
        "We cannot find or delete one person’s answers, because nobody can tell whose they are.": LINKAGE,
        "we tell the manager straight away.": POSTER_FULL,
        "We only show leaders’ names to the leaders and the improvement": (
            "results/views/test_result.py::test_a_manager_sees_leaders_names_only_as_one_of_them"
        ),
    },
    "organisations/public/help.html": {
        "We remind them on the day. 3 days later the senior reviewer is told.": f"{REQUESTS}test_a_reminder_on_the_day_and_the_reviewer_three_days_later",
        "You get an email with the answer, and on the day of a yes we ask if it has come.": f"{REQUESTS}test_has_it_come_is_asked_on_the_day_of_a_yes",
        "The team reads an idea only with its answer": (
            "debriefs/views/test_ideas.py::test_the_team_page_has_answered_ideas_only"
        ),
        "It is then in the plan, and stays when the idea is deleted.": (
            "debriefs/views/test_idea_action.py::test_the_action_stays_when_the_idea_is_erased"
        ),
        "Ideas are deleted a year after their answer.": (
            "initiatives/actions/test_ideas.py::test_ideas_are_kept_for_a_year"
        ),
        "So we only show “Not enough yet” or “Enough for a result”, and update it once a day.": ONCE_A_DAY,
        "we tell you straight away when a poster can take no more answers.": POSTER_FULL,
        "We show the answer of one debrief to no one.": (
            "debriefs/views/test_protected_time.py::test_no_page_says_it_of_one_debrief"
        ),
        "You cannot delete a debrief that has ended.": (
            "debriefs/views/test_discarding.py::test_a_meeting_that_has_ended_is_not_discarded"
        ),
        "the survey open for 7 more days, once only. If it’s still too few, we delete the answers unopened.": TOO_FEW,
        "Units are in order of name, never of score.": BY_NAME,
    },
    "organisations/units/checked.html": {
        "We have not saved anything yet.": (
            "organisations/actions/test_unit_import.py::test_the_dry_run_changes_nothing"
        )
    },
    "organisations/units/unit.html": {
        "Nobody will be able to launch a survey for it.": CLOSED_UNIT
    },
    "organisations/views/units.py": {
        "From today, nobody can launch a survey for this unit.": CLOSED_UNIT,
        "Its results are kept and running surveys continue. You cannot undo this.": MERGED,
    },
    "organisations/audit/trail.html": {
        "Nobody can change or delete an entry.": TRAIL,
        "It never shows what anyone answered.": TRAIL_WITHOUT_ANSWERS,
    },
    "organisations/access_tokens/list.html": {"They can never read anyone’s answers.": API_READS},
    "organisations/access_tokens/created.html": {
        "We only show it once.": (
            "organisations/views/test_access_tokens.py::test_a_token_is_shown_once_and_kept_as_a_hash"
        )
    },
    "organisations/views/access_tokens.py": {
        "The program will stop working straight away.": (
            "organisations/views/test_access_tokens.py::test_taking_back_asks_first_and_ends_it"
        )
    },
    "organisations/forms/access_tokens.py": {
        "It can never read more than you can see yourself.": (
            "reports/api/test_v1.py::test_a_token_opens_what_its_scopes_and_its_holder_may"
        )
    },
    "organisations/forms/people.py": {
        "We’ll email them today.": (
            "organisations/actions/test_people.py::test_an_invited_person_is_told_once"
        )
    },
    "organisations/forms/limits.py": {
        "It never blocks.": (
            "fieldwork/views/test_launch_warnings.py::"
            "test_a_full_week_is_a_warning_with_reasons_never_a_block"
        ),
    },
    "organisations/views/limits.py": {
        "It never blocks.": (
            "fieldwork/views/test_launch_warnings.py::"
            "test_a_full_week_is_a_warning_with_reasons_never_a_block"
        ),
    },
    "organisations/forms/settings.py": {
        "Staff who work nights always get messages between 6pm and 8pm": (
            "surveys/rules/test_quiet_hours.py::test_no_reminder_comes_too_late_for_nights"
        ),
    },
    "organisations/people/person.html": {
        "Their name and email were deleted permanently.": ERASED,
        "We permanently delete their name and email address.": ERASED,
    },
    "organisations/views/people.py": {
        "We permanently delete their name and email address, and remove every role. "
        "What they did stays in the audit log under a number. You cannot undo this.": ERASED,
        "The person was erased.": ASKED_FIRST,
    },
    "organisations/views/adapters.py": {
        "Nobody can sign in without the code.": (
            "organisations/test_sign_in.py::test_a_code_works_in_any_browser_that_asked_for_the_address_and_in_no_other"
        )
    },
}
