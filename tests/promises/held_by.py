# ruff: noqa: E501 (a sentence stands as a whole)
"""Files of tests, and tests that hold a promise made in several places."""

CLOSING = "fieldwork/actions/test_closing.py::"
LIFE = "fieldwork/actions/test_life.py::"
SCREENING = "fieldwork/actions/test_screening.py::"
OWN = "browser/test_answer_own_device.py::"
SHARED = "browser/test_answer_shared_device.py::"
CONTACT = "surveys/actions/test_contact.py::"
RELEASE = "scoring/rules/test_release.py::"

TOO_FEW = (
    f"{CLOSING}test_one_short_of_k_it_is_extended_once_and_then_its_answers_are_destroyed_unopened"
)
CANCELLED = f"{LIFE}test_cancelling_deletes_answers_addresses_and_the_key_and_keeps_the_row"
SAME_MOMENT = (
    "scoring/actions/test_publish.py::test_a_counted_unit_is_released_to_everybody_at_once"
)
SAME_CORRECTED = "scoring/actions/test_correct.py::test_what_was_kept_never_changes"
NEWS = "surveys/actions/test_news.py::"
NEWS_ALIKE = f"{NEWS}test_goes_to_answered_and_not_answered_alike"
MARKS_GO = f"{NEWS}test_nobody_knows_then_who_has_answered"
ADDRESSES_GO = f"{CLOSING}test_addresses_go_thirty_days_after_closing"
ONCE_A_DAY = f"{CLOSING}test_enough_is_looked_at_once_a_day_at_seven_on_the_organisations_clock"
TRAIL = "organisations/test_audit.py::test_no_statement_changes_or_deletes_an_entry"
TRAIL_WITHOUT_ANSWERS = "responses/test_linkage.py::test_no_answer_leads_back_to_a_person"
LINKAGE = TRAIL_WITHOUT_ANSWERS
ERASED = "organisations/actions/test_people.py::test_erasure_blanks_the_person_and_keeps_the_trail"
MAILED = f"{LIFE}test_managers_above_leads_and_the_launcher_hear_of_it_and_nobody_else"
UNREAD = f"{SCREENING}test_too_few_to_be_read_are_never_stored"
UNDECIDED = f"{SCREENING}test_what_nobody_decided_about_goes_after_thirty_days"
LET_THROUGH = f"{SCREENING}test_only_what_was_let_through_is_shown_once"
TAKEN_OFF = f"{CONTACT}test_removing_ends_link_and_messages_and_looks_the_same"
NO_TELLING = "surveys/views/test_contact.py::test_every_page_is_the_same_for_all_answers"
BY_NAME = "overview/views/test_overview.py::test_units_stand_by_name_under_their_divisions"
STOP_ON_PAGE = "results/views/test_now.py::test_a_stop_is_on_the_page_and_nothing_says_we_go_ahead"
READ_FIRST = "overview/views/test_reviews.py::test_a_stop_is_read_once_more_and_then_done"
OPT_OUT = "surveys/test_opt_outs.py::test_it_survives_erasure_and_keeps_no_address"
SENT = f"{OWN}test_finished_offline_is_sent_once_at_the_next_opening"
NEVER_A_SCORE = "scoring/rules/test_sections.py::test_many_cant_say_is_more_than_thirty_percent"
COUNTS_NOT_SCORES = f"{RELEASE}test_no_payload_has_a_figure_that_looks_at_a_sheet"
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
COMMENT_OFF = f"{SCREENING}test_a_comment_can_be_taken_off_later"
EXTENDED_ONCE = TOO_FEW
WITHHELD = "results/views/test_ward_page.py::test_withheld_figures_are_nowhere_in_the_page"
ASKED_FIRST = "organisations/views/test_people.py::test_deactivating_and_erasing_ask_first"
MERGED = (
    "organisations/actions/test_units.py::"
    "test_a_unit_closed_by_mistake_opens_again_but_a_merged_one_does_not"
)
CLOSED_UNIT = "fieldwork/views/test_launch.py::test_a_closed_ward_is_not_offered"
KEPT_WHERE_COUNTED = f"{LIFE}test_cancelling_spares_units_that_were_counted_before"
SLIPS_GONE = "fieldwork/actions/test_slips.py::test_slips_are_nobodys_and_send_nothing"
UNSEEN = "browser/test_answer_refused.py::test_waits_unseen_and_is_sent_once_without_anybody"
BROWSER_KEEPS = f"{OWN}test_clear_in_every_state_between"
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
