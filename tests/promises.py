# ruff: noqa: E501 (a sentence stands as a whole)
"""Each sentence of a page, mail or document that promises what the code does, and its test.

By file, pieces of sentences as they stand there, spaces made single; behind each the test that
holds it. `tests/test_promises.py` fails for a sentence with a promising word that has none, for a
test that is gone and for a sentence that is. A sentence that no code keeps goes.
"""

_CLOSING = "fieldwork/actions/test_closing.py::"
_LIFE = "fieldwork/actions/test_life.py::"
_SCREENING = "fieldwork/actions/test_screening.py::"
_OWN = "browser/test_answer_own_device.py::"
_SHARED = "browser/test_answer_shared_device.py::"
_CONTACT = "surveys/actions/test_contact.py::"
_RELEASE = "scoring/rules/test_release.py::"

TOO_FEW = (
    f"{_CLOSING}test_one_short_of_k_it_is_extended_once_and_then_its_answers_are_destroyed_unopened"
)
CANCELLED = f"{_LIFE}test_cancelling_deletes_answers_addresses_and_the_key_and_keeps_the_row"
SAME_MOMENT = (
    "scoring/actions/test_publish.py::test_a_counted_unit_is_released_to_everybody_at_once"
)
SAME_CORRECTED = "scoring/actions/test_correct.py::test_what_was_kept_never_changes"
_NEWS = "surveys/actions/test_news.py::"
NEWS_ALIKE = f"{_NEWS}test_goes_to_answered_and_not_answered_alike"
MARKS_GO = f"{_NEWS}test_nobody_knows_then_who_has_answered"
ADDRESSES_GO = f"{_CLOSING}test_addresses_go_thirty_days_after_closing"
ONCE_A_DAY = f"{_CLOSING}test_enough_is_looked_at_once_a_day_at_seven_on_the_organisations_clock"
TRAIL = "organisations/test_audit.py::test_no_statement_changes_or_deletes_an_entry"
TRAIL_WITHOUT_ANSWERS = "responses/test_linkage.py::test_no_answer_leads_back_to_a_person"
LINKAGE = TRAIL_WITHOUT_ANSWERS
ERASED = "organisations/actions/test_people.py::test_erasure_blanks_the_person_and_keeps_the_trail"
MAILED = f"{_LIFE}test_managers_above_leads_and_the_launcher_hear_of_it_and_nobody_else"
UNREAD = f"{_SCREENING}test_too_few_to_be_read_are_never_stored"
UNDECIDED = f"{_SCREENING}test_what_nobody_decided_about_goes_after_thirty_days"
LET_THROUGH = f"{_SCREENING}test_only_what_was_let_through_is_shown_once"
TAKEN_OFF = f"{_CONTACT}test_removing_ends_link_and_messages_and_looks_the_same"
NO_TELLING = "surveys/views/test_contact.py::test_every_page_is_the_same_for_all_answers"
BY_NAME = "overview/views/test_overview.py::test_units_stand_by_name_under_their_divisions"
STOP_ON_PAGE = "results/views/test_now.py::test_a_stop_is_on_the_page_and_nothing_says_we_go_ahead"
READ_FIRST = "overview/views/test_reviews.py::test_a_stop_is_read_once_more_and_then_done"
OPT_OUT = "surveys/test_opt_outs.py::test_it_survives_erasure_and_keeps_no_address"
SENT = f"{_OWN}test_finished_offline_is_sent_once_at_the_next_opening"
NEVER_A_SCORE = "scoring/rules/test_sections.py::test_many_cant_say_is_more_than_thirty_percent"
COUNTS_NOT_SCORES = f"{_RELEASE}test_no_payload_has_a_figure_that_looks_at_a_sheet"
LEADERS_BESIDE = (
    "scoring/actions/test_publish.py::test_leaders_stand_beside_the_ward_and_never_within"
)
TRIED_ONLY = "fieldwork/views/test_preview.py::test_test_answers_never_count"
STAFF_CHECK = (
    "surveys/views/test_staff_list.py::test_a_list_with_a_bad_row_is_checked_mended_and_added"
)
STAFF_ALL = "surveys/actions/test_staff_import.py::test_killed_midway_nobody_is_in_and_the_next_worker_adds_all"

READERS_NAMES = "results/views/test_result_list.py::test_the_list_is_by_name_with_states"
EXPORT_NAMES = "reports/presenters/test_all_units.py::test_table_and_workbook_say_what_each_units_own_figures_say"
LOCKED = "instruments/test_version_lock.py::test_no_statement_changes_it"
FILE_FIRST = "instruments/views/test_question_bank.py::test_a_file_is_shown_first_and_taken_whole"
DRAFT_ASKED = (
    "instruments/actions/test_publish_version.py::"
    "test_launch_offers_what_is_published_and_not_what_is_retired"
)
AFTER_CLOSING = "surveys/views/test_resending.py::test_nothing_is_sent_after_closing"
COMMENT_OFF = f"{_SCREENING}test_a_comment_can_be_taken_off_later"
EXTENDED_ONCE = TOO_FEW
WITHHELD = "results/views/test_ward_page.py::test_withheld_figures_are_nowhere_in_the_page"
ASKED_FIRST = "organisations/views/test_people.py::test_deactivating_and_erasing_ask_first"
MERGED = (
    "organisations/actions/test_units.py::"
    "test_a_unit_closed_by_mistake_opens_again_but_a_merged_one_does_not"
)
CLOSED_UNIT = "fieldwork/views/test_launch.py::test_a_closed_ward_is_not_offered"
KEPT_WHERE_COUNTED = f"{_LIFE}test_cancelling_spares_units_that_were_counted_before"
SLIPS_GONE = "fieldwork/actions/test_slips.py::test_slips_are_nobodys_and_send_nothing"
BROWSER_KEEPS = f"{_OWN}test_clear_in_every_state_between"
QUIET = "surveys/actions/test_plan.py::test_a_worker_that_was_away_wakes_nobody"

SAVES_ITSELF = (
    "instruments/views/test_question_bank.py::test_a_text_saves_itself_and_a_second_editor_is_told"
)
API_READS = "reports/api/test_v1.py::test_a_snapshot_is_what_was_released"
COUNT_FAILED = "fieldwork/views/test_survey.py::test_a_failed_count_is_said_loudly"
PREPARED_AGAIN = (
    "responses/test_killed.py::test_a_preparation_killed_after_its_key_was_written_starts_again"
)
OPENS_AT_ONCE = (
    "responses/test_counting.py::test_a_launched_survey_gets_its_key_and_opens_at_once_if_due"
)
CLOSES_AT_ITS_TIME = (
    "responses/views/test_answer_refused.py::test_closes_at_its_time_even_if_the_sweep_is_late"
)
POSTER_FULL = "fieldwork/views/test_new_poster.py::test_a_full_poster_is_said_on_the_survey_s_page"

PROMISES: dict[str, dict[str, str]] = {
    "account/sessions.html": {
        "so nobody else’s requests can keep your sign-in code from you.": (
            "attacks/test_codes.py::test_forty_requests_make_one_letter_and_the_owner_comes_in_by_it"
        )
    },
    "organisations/public/_interviews.html": {"Nothing is sent.": TRIED_ONLY},
    "overview/organisational_base.html": {
        "Units are in order of name, never of score.": (
            "overview/views/test_organisational_base.py::"
            "test_each_statement_of_the_base_is_counted_by_its_released_level"
        )
    },
    "overview/reviews/list.html": {
        "The team reads what you decide straight away.": STOP_ON_PAGE,
    },
    "overview/reviews/confirm.html": {"Nothing has changed yet.": READ_FIRST},
    "overview/presenters/review.py": {"The team page shows this straight away.": STOP_ON_PAGE},
    "overview/units.html": {"In order of name, never of score": BY_NAME},
    "overview/presenters/overview.py": {"The answers were deleted unopened.": TOO_FEW},
    "overview/presenters/to_do_surveys.py": {
        "If nobody decides by {…}, they are deleted unread.": UNDECIDED,
        "It opens automatically at {…}.": OPENS_AT_ONCE,
    },
    "debriefs/debrief/discuss.html": {"Nobody has to say what they answered.": LINKAGE},
    "debriefs/presenters/debrief.py": {
        "Nobody has to say what they answered, and nobody asks.": LINKAGE
    },
    "debriefs/views/debrief.py": {
        "the priorities that only it has chosen are deleted permanently. The result stays": (
            "debriefs/views/test_discarding.py::test_a_meeting_that_came_to_nothing_is_discarded"
        )
    },
    "instruments/difference.html": {"after you publish it.": LOCKED},
    "instruments/list.html": {"so wording never changes after people have answered.": LOCKED},
    "instruments/check.html": {"We have not saved anything yet.": FILE_FIRST},
    "instruments/import.html": {
        "It cannot be used in a survey until you publish it.": DRAFT_ASKED,
        "You can check the file before we save it.": FILE_FIRST,
    },
    "instruments/views/version.py": {
        "It cannot be used in a survey until you publish it.": DRAFT_ASKED
    },
    "instruments/discard.html": {
        "This deletes all its wording. You cannot undo this.": (
            "instruments/actions/test_draft.py::test_discarding_leaves_nothing"
        )
    },
    "instruments/section.html": {
        "Yours are shown below but not saved.": SAVES_ITSELF,
        "Changes save automatically as you type.": SAVES_ITSELF,
    },
    "results/combined/combined.html": {
        "Units are listed by name and never ranked.": (
            "results/views/test_combined.py::test_the_lead_of_all_sees_the_whole_first_then_divisions_by_name"
        )
    },
    "results/result/waiting.html": {"will show the result at the same time": SAME_MOMENT},
    "results/words/sentences.py": {
        "We deleted the answers unopened.": TOO_FEW,
        "and blanks are never counted as": NEVER_A_SCORE,
    },
    "results/result/_too_few.html": {
        "Nobody has read the answers and nobody can.": TOO_FEW,
    },
    "results/correction/correct.html": {
        "Everyone will see the corrected result at the same time": SAME_CORRECTED
    },
    "results/presenters/state.py": {
        "All answers were deleted unopened. There will be no result.": CANCELLED,
        "Until then the answers stay locked and nobody can see any of them.": (
            "responses/actions/test_count.py::test_only_a_closed_unit_is_counted"
        ),
        "The whole team will see the result here at the same time.": SAME_MOMENT,
    },
    "results/words/explanations.py": {
        "never as a low score.": NEVER_A_SCORE,
        "never on the scores they chose.": COUNTS_NOT_SCORES,
        "They are never part of the team’s figures.": LEADERS_BESIDE,
    },
    "reports/export/list.html": {"Units are in order of name, never of score.": EXPORT_NAMES},
    "reports/api/docs.html": {"It never contains anyone’s answers.": API_READS},
    "reports/presenters/slides.py": {"Nobody has read the answers, and nobody can": TOO_FEW},
    "reports/presenters/codebook.py": {
        "are never part of the staff figures.": LEADERS_BESIDE,
        "blanks are never counted as a score.": NEVER_A_SCORE,
    },
    "surveys/message_words/edit.html": {
        "We always include the problem, the link, what happens to answers": (
            "surveys/test_staff_messages.py::test_whatever_a_manager_writes_the_rest_is_in_every_message"
        )
    },
    "surveys/views/message_words.py": {
        "Your changes are not saved yet.": (
            "surveys/views/test_message_words.py::test_the_preview_follows_without_saving"
        )
    },
    "surveys/staff/checked.html": {
        "We have not saved the list or sent any messages yet.": STAFF_CHECK,
        "Nothing is added twice.": "surveys/actions/test_staff.py::test_the_same_list_again_changes_nothing",
        "delete them 30 days after it closes.": ADDRESSES_GO,
    },
    "surveys/staff/add.html": {
        "We delete their contact details 30 days after it closes.": ADDRESSES_GO
    },
    "surveys/staff/contact.html": {
        "The survey has closed, so we will not send any more messages.": AFTER_CLOSING,
        "We delete the contact details 30 days after closing": ADDRESSES_GO,
        "They’ll get no more messages and we’ll delete their contact details.": TAKEN_OFF,
    },
    "surveys/staff/adding.html": {"We add everyone on the list, or nobody.": STAFF_ALL},
    "surveys/staff/upload.html": {"We delete them 30 days after it closes.": ADDRESSES_GO},
    "surveys/staff/remove.html": {
        "We’ll delete their contact details now.": TAKEN_OFF,
        "Nobody can see if they have.": NO_TELLING,
    },
    "surveys/presenters/staff_import.py": {"Nobody was added": STAFF_ALL},
    "surveys/views/contact.py": {"1 person removed and their contact details deleted.": TAKEN_OFF},
    "surveys/actions/contact.py": {
        "The survey has closed, so nothing is sent any more.": AFTER_CLOSING
    },
    "surveys/actions/resending.py": {
        "The survey has closed, so nothing is sent any more.": AFTER_CLOSING,
        "The address is deleted, so nothing can be sent there.": (
            "surveys/views/test_resending.py::test_nothing_is_sent_to_who_was_taken_off"
        ),
    },
    "surveys/words/no_result.py": {"The answers were deleted unopened.": TOO_FEW},
    "surveys/words/messages.py": {
        "staff answered, so the answers were deleted unopened. Nobody has seen them.": TOO_FEW,
        "We could not count the answers. Nobody has seen any of them.": COUNT_FAILED,
    },
    "surveys/words/news_words.py": {
        "Nobody has to say what they answered.": LINKAGE,
        "We deleted the answers unopened, as we told everyone. Nobody has read them.": TOO_FEW,
    },
    "fieldwork/actions/release.py": {
        "This may have been sent before records were restored, so we will not send it automatically.": (
            "fieldwork/actions/test_release.py::test_what_may_have_gone_out_is_held_and_reminders_of_then_are_dropped"
        )
    },
    "surveys/actions/outbox_leases.py": {
        "We do not know if this was sent, so we will not send it again automatically.": (
            "surveys/actions/test_sending.py::test_what_a_dead_worker_had_claimed_goes_out_and_what_it_sent_is_held"
        )
    },
    "surveys/words/staff_words.py": {
        "We show results only if at least {k} people answer. If not, we delete the answers unopened.": TOO_FEW
    },
    "organisations/public/accessibility.html": {
        "We never use colour on its own to show meaning": "results/presenters/test_charts.py::test_every_mark_is_told_from_every_other_without_colour",
        "After 15 minutes, we clear your answers so that nobody else can read them.": (
            f"{_SHARED}test_warns_after_13_minutes_and_clears_after_15"
        ),
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
        "the survey open for 7 more days, once only. If it’s still too few, we delete the answers unopened.": TOO_FEW,
        "It never depends on the scores they chose.": COUNTS_NOT_SCORES,
        "Everyone gets the same.": NEWS_ALIKE,
        "We erase the mark 30 days after the survey closes.": MARKS_GO,
        "no more than one of them shows bars. So nobody can compare the bars": (
            f"{_RELEASE}test_too_soon_a_large_ward_is_released_like_a_small_one"
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
        "So we only show “Not enough yet” or “Enough for a result”, and update it once a day.": ONCE_A_DAY,
        "we tell you straight away when a poster can take no more answers.": POSTER_FULL,
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
    "fieldwork/presenters/cancelling.py": {
        "We’ll permanently delete all answers, email addresses, mobile numbers and the key. "
        "Nobody will see a result.": CANCELLED,
        "of the others are deleted permanently. Nobody will see a result of them.": KEPT_WHERE_COUNTED,
        "What was not counted is deleted.": KEPT_WHERE_COUNTED,
        "Survey cancelled and its answers deleted": CANCELLED,
    },
    "fieldwork/slips/page.html": {"we keep no codes and cannot show these again.": SLIPS_GONE},
    "fieldwork/presenters/survey_page.py": {
        "All answers, contact details and the key were deleted. Nobody will see a result.": CANCELLED,
        "The answers were deleted unopened.": TOO_FEW,
    },
    "fieldwork/survey/_enough.html": {
        "once a day at 7am, so that nobody can work out who has answered.": ONCE_A_DAY,
        "once a day at 7am, not straight away, so that nobody can work out who has answered.": ONCE_A_DAY,
    },
    "fieldwork/survey/_none_yet.html": {"see the result at the same time.": SAME_MOMENT},
    "fieldwork/survey/poster.html": {"answer. If not, we delete the answers unopened.": TOO_FEW},
    "fieldwork/survey/_distribution.html": {
        "Nobody needs an account.": (
            "fieldwork/views/test_poster.py::test_the_code_leads_to_the_link_of_the_unit"
        )
    },
    "fieldwork/survey/close.html": {
        "The survey closes automatically on": CLOSES_AT_ITS_TIME,
        "If you close it now, nobody else can answer": (
            "responses/actions/test_submission.py::test_a_page_opened_before_closing_takes_nothing_after_it"
        ),
    },
    "fieldwork/survey/page.html": {
        "Nobody has seen any answers.": COUNT_FAILED,
        "We’ll keep trying automatically.": PREPARED_AGAIN,
        "It will continue automatically and nothing is lost.": PREPARED_AGAIN,
        "This page will update automatically.": OPENS_AT_ONCE,
    },
    "fieldwork/survey/_steer.html": {"This happens automatically if fewer than": TOO_FEW},
    "fieldwork/survey/new_poster.html": {
        "The old poster stops working straight away.": (
            "fieldwork/actions/test_poster.py::test_a_new_code_has_room_and_the_old_one_is_known_as_replaced"
        )
    },
    "fieldwork/forms/more_choices.py": {
        "We only show them if at least 10 people answer and at least 5 write one.": UNREAD
    },
    "initiatives/import/checked.html": {
        "We have not saved anything yet.": (
            "initiatives/views/test_register_import.py::test_a_cell_to_correct_is_named_and_nothing_is_saved"
        )
    },
    "results/presenters/comments.py": {"Staff could add comments, but we cannot show any.": UNREAD},
    "fieldwork/survey/recipients.html": {
        "or we have already deleted the contact details. We delete them 30 days after the survey closes.": ADDRESSES_GO
    },
    "fieldwork/survey/_over.html": {
        "If nobody has decided about a comment within {{ comments_kept_for.days }} days of closing, we delete it unread.": UNDECIDED
    },
    "fieldwork/comments/screening.html": {
        "They have all been deleted.": LET_THROUGH,
        "Comments do not show who wrote them.": LINKAGE,
        "If nobody decides by {{ kept_until | day }}, we delete them unread.": UNDECIDED,
        "We delete the comments you leave out.": LET_THROUGH,
    },
    "fieldwork/views/comments.py": {
        "They have all been deleted.": LET_THROUGH,
        "The others have been deleted.": LET_THROUGH,
        "The comment is deleted.": COMMENT_OFF,
        "This also removes it from the team page. You cannot undo this.": COMMENT_OFF,
    },
    "fieldwork/actions/launch.py": {"We only show comments if {…} or more people answer.": UNREAD},
    "fieldwork/launch/new.html": {
        "The survey opens as soon as you launch it.": OPENS_AT_ONCE,
        "see the result at the same time.": SAME_MOMENT,
    },
    "fieldwork/launch/preview.html": {
        "nothing is saved and your answers do not count.": TRIED_ONLY,
        "Test answers are never sent and never counted.": TRIED_ONLY,
    },
    "fieldwork/presenters/launch_page.py": {
        "we keep the survey open for 7 more days. If it is still too few, we delete the answers unopened.": TOO_FEW
    },
    "responses/words/answer_page.py": {
        "We show results only if at least {k} people answer. If not, we delete the answers unopened.": TOO_FEW,
        "Next statement follows automatically": (
            "browser/test_answer_statements.py::test_a_second_tap_moves_at_once_and_answers_once"
        ),
        "nobody can change them or look them up, not even you.": LINKAGE,
        "If not, we delete it unread.": UNREAD,
        "Everyone in the team can read the result from the same moment.": SAME_MOMENT,
        "We’ll send your answers automatically when you are back online.": (
            f"{_OWN}test_sends_automatically_when_the_network_is_back"
        ),
        "We’ve received the answers that were saved on this device, and deleted them from it.": SENT,
        "We’ve deleted them from this device.": BROWSER_KEEPS,
        "We’ll keep trying automatically.": f"{_OWN}test_sends_automatically_when_the_network_is_back",
        "All answers were deleted unopened.": CANCELLED,
    },
    "responses/words/opt_out.py": {
        "We have already deleted your contact details": OPT_OUT,
        "Nobody can read your email address or number from it.": OPT_OUT,
        "We’ll message you again, starting with the next message.": (
            "surveys/test_opt_outs.py::test_a_mistake_is_taken_back_and_welsh_is_spoken"
        ),
    },
    "overview/views/status.py": {
        "It is kept with the improvement.": (
            "overview/views/test_register.py::test_why_it_was_stopped_is_kept_with_the_improvement"
        )
    },
}

# A promising word that promises nothing: a button, an empty list, what others do.
NO_PROMISE: dict[str, tuple[str, ...]] = {
    "organisations/public/_interviews.html": ("They cannot show that the scores are right.",),
    "organisations/forms/sign_in.py": ("on a device nobody else uses",),
    "organisations/public/help.html": ("on a device nobody else uses.", "“Delete this debrief”"),
    "organisations/forms/limits.py": ("Hours an improvement counts as while nobody has said",),
    "initiatives/forms/responsible.py": ("Nobody from the list",),
    "overview/register/staff_hours.html": ("nobody has said the hours",),
    "overview/register/list.html": ("nobody has said the hours",),
    "instruments/views/version.py": ("Draft deleted",),
    "results/presenters/soffts.py": ("We cannot show any statements about this.",),
    "debriefs/debrief/discuss.html": ("Nobody scored a statement",),
    "instruments/history.html": ("Nobody has changed the wording here.",),
    "instruments/section.html": ("Nobody else is editing.",),
    "responses/answer/message.html": ("language.page.delete",),
    "responses/words/answer_page.py": (
        "delete",  # the name of the next
        "Delete my answers from this device",
        "We cannot see or delete that record.",
    ),
    "responses/words/answer_page_cy.py": ("delete",),
    "organisations/units/unit.html": ("Nobody yet.",),
    "organisations/people/person.html": ('"text": "Erased"',),
    "organisations/actions/people.py": (
        "This person was erased. Invite them again.",
        "person erased",
        "erased-{…}@erased.invalid",
    ),
    "fieldwork/survey/recipients.html": ("Nobody on the list matches.",),
    "fieldwork/comments/screening.html": ("delete it here", ">Delete<"),
    "fieldwork/views/comments.py": ("Delete this comment?", "Delete the comment"),
    "fieldwork/forms/cancel.py": ("Cancel survey and delete all answers",),
    "fieldwork/presenters/progress.py": ("Nobody on the staff list is marked as working nights",),
    "fieldwork/actions/launch.py": (
        "There’s nobody outside line management to check comments first.",
    ),
    "fieldwork/actions/screening.py": ("comments deleted unread",),
    "overview/views/status.py": ("Say it so that nobody on the units is blamed.",),
    "results/presenters/change.py": ("nobody has confirmed that both ask the same",),
    "results/words/phrases.py": ("nobody scored it",),
    "responses/actions/submission.py": ("never in a name.",),
    "surveys/views/resending.py": ("an address that is deleted",),
    "surveys/actions/erasure.py": ("addresses erased",),
}
