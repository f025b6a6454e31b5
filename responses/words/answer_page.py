"""Every word of the answer page that is not the instrument's, one entry a language. No Django here.

Over 300 lines: a catalogue is read whole.
To add a language, add an entry with the same keys (a test compares them). `page` is printed by the
templates, `script` goes to the script, `refusals` are the kind pages. Words in braces are filled.
"""

from dataclasses import dataclass
from datetime import datetime

from responses.words import answer_page_cy

DEFAULT_LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Language:
    """The interface in one language; `name` is what it calls itself."""

    tag: str
    name: str
    direction: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    page: dict[str, str]
    script: dict[str, str]
    refusals: dict[str, tuple[str, str]]

    def day(self, local: datetime) -> str:
        """`3 December`."""
        return f"{local.day} {self.months[local.month - 1]}"

    def weekday(self, local: datetime) -> str:
        """`Thursday`."""
        return self.weekdays[local.weekday()]

    def clock(self, local: datetime) -> str:
        """`10am`, `2:30pm`, `midday`, `midnight`."""
        if local.minute == 0 and local.hour in (0, 12):
            return self.page["midday" if local.hour else "midnight"]
        half = self.page["am"] if local.hour < 12 else self.page["pm"]
        minutes = f":{local.minute:02}" if local.minute else ""
        return f"{local.hour % 12 or 12}{minutes}{half}"


_PAGE = {
    "am": "am",
    "pm": "pm",
    "midday": "midday",
    "midnight": "midnight",
    "demo": "demo",
    "caption_leaders": "Leaders’ form",
    "caption_joint": "Joint form for the team",
    "problem": "The problem",
    "change": "What would change",
    "facts": "{n} statements · about {minutes} minutes · until {day}, {time}",
    "who_sees": "Who sees my answers?",
    "private": (
        "We do not ask your name. Your answers stay locked until the survey closes, then are mixed "
        "with everyone else’s. No page or report shows one person’s answers."
    ),
    "only_if": (
        "We show results only if at least {k} people answer. If not, we delete the answers "
        "unopened."
    ),
    "give_away": "Could anyone still tell it’s me?",
    "give_away_answered": (
        "People may see you answer. If you use a personal link, we record that it was used, but "
        "not when."
    ),
    "give_away_unanimous": (
        "If everyone gives the same answer to a statement, everyone knows your answer."
    ),
    "give_away_compare": (
        "If only {k} people answer and {others} of them tell each other what they said, they can "
        "work out the last person’s answers."
    ),
    "give_away_employer": (
        "Your employer’s network and email may keep a record that you got the link or opened this "
        "page. We cannot see or delete that record."
    ),
    "give_away_key": (
        "Answers are locked with a key. We use it after the survey closes, keep it apart from the "
        "answers and destroy it after the count. Until then, someone with both the key and our "
        "database could match answers to people."
    ),
    "give_away_comment": (
        "If you write a comment, everyone in the team can read your words. Some people may "
        "recognise you from what you say or how you write."
    ),
    "named_leaders": "You’re answering in your own name: {name}.",
    "named_leaders_seen": (
        "The other leaders and the improvement lead can see your name with your answers. The team "
        "sees a mark for each leader without a name, but may guess whose it is."
    ),
    "together_how": (
        "The leaders of {unit} answer together. Agree an answer to each statement and select it. "
        "Send one form. It counts for all of you."
    ),
    "together_seen": (
        "The team sees one mark for its leaders. The leaders and the improvement lead can see the "
        "names of the leaders."
    ),
    "joint_how": (
        "Your team is small, so you answer together. Read each statement out loud, agree an answer "
        "and select it. Send one form for the whole team."
    ),
    "joint_seen": ("These answers are from the whole team. They are shown with its name: {unit}."),
    "unreviewed": "This translation has not been checked yet.",
    "not_yet": "This survey is not available in English yet.",
    "sent_before": (
        "This form has already been sent. If you send it again, the new answers replace the old "
        "ones."
    ),
    "move_on": "Next statement follows automatically",
    "start_own": "Start on my own phone or device",
    "start_shared": "Start on a shared device",
    "start_shared_help": "No answers are saved on it",
    "plain_how": "Select one answer for each statement. You can leave any of them blank.",
    "part": "Section {part} of {parts}",
    "back": "Back",
    "send": "Send my answers",
    "languages": "Language",
    "settings": "about this improvement, and settings",
    "help": "Help",
    "help_name": "Help: what does this mean?",
    "continue": "Continue",
    "next_section": "Next",
    "check_now": "Check and send what I have",
    "review": "Check and send",
    "change_any": "Select a number to change that answer.",
    "no_change": (
        "After you send your answers, nobody can change them or look them up, not even you."
    ),
    "no_change_named": (
        "You can send the form again until the survey closes. We use the last one you send."
    ),
    "resume": "Continue or start again?",
    "not_yours": "If they are not yours, start again.",
    "again": "Start again",
    "clear": "Clear answers",
    "clear_sure": "You cannot get your answers back after they’re cleared.",
    "keep": "Keep answers",
    "sent_here": "Someone has already sent answers from this device. Each person can answer once.",
    "comment_start": (
        "You can add a comment at the end. Read who can see it before you write one."
    ),
    "comment_head": "Do you want to add a comment?",
    "comment_no_names": "Do not name anyone: not a patient, a colleague or yourself.",
    "comment_who": (
        "We keep your comment apart from your answers. Someone outside your line management reads "
        "it first and may leave it out. Then the whole team can read it, word for word. This only "
        "happens if at least {people} people answer and at least {writers} write a comment here. "
        "If not, we delete it unread."
    ),
    "comment_label": "Your comment (optional)",
    "comment_parts": "Add a comment about a section",
    "comment_most": "You can enter up to {n} characters",
    "sent": "Answers sent. Thank you.",
    "sent_locked": "Your answers are locked until the survey closes.",
    "sent_named": "We’ve received your answers.",
    "next": "What happens next",
    "when": "{day}, {time}",
    "closes": (
        "The survey closes. If at least {k} people have answered, the answers are mixed together "
        "and counted."
    ),
    "closes_named": "The survey closes and the answers are counted.",
    "same_day": "Same day",
    "result": "Everyone in the team can read the result from the same moment.",
    "result_page": "The team page",
    "talk": (
        "The team discusses the result: what rings true, what is surprising and what to do first."
    ),
    "add_talk": "Add the team debrief to my calendar",
    "add_result": "Add the result date to my calendar",
    "calendar_talk": "Team debrief: {title}",
    "calendar_result": "Survey result: {title}",
    "calendar_text": "What rings true, what is surprising and what to do first. Result: {address}",
    "reminder_qr": (
        "You may still get a reminder if you used the poster. We do not know who has answered, so "
        "please ignore it."
    ),
    "reminder_link": "You will get no more reminders.",
    "reminder_everyone": (
        "You may still get a thank you message. It goes to everyone, so you can ignore it."
    ),
    "news": (
        "After the survey closes we’ll send everyone on the staff list up to 2 messages: the "
        "result and what the team decides."
    ),
    "stop_messages": "Stop messages",
    "close_page": "You can close this page.",
    "next_person": "Start again for the next person",
    "try_again": "Try again now",
    "keep_open": (
        "Keep this page open. We’ll keep trying automatically. Nobody can see your answers on this "
        "page."
    ),
    "open_later": (
        "Or close it, then open the same link or QR code on this device later. We’ll send your "
        "answers then, once only."
    ),
    "send_by": "Send by {weekday} {day}, {time}.",
    "after_that": "After that, the survey is closed and we cannot count your answers.",
    "really": "You will only see “Answers sent” when we have received your answers.",
    "not_sent": "Your answers were not sent.",
    "before": "You have answered",
    "before_text": "Your answers were sent from this device. Thank you.",
    "someone_else": "Someone else wants to answer on this device",
    "still_there": "Are you still there?",
    "clear_in": "This is a shared device. To keep your answers private, we’ll clear them in",
    "still_here": "Continue answering",
    "cannot_bring_back": (
        "You cannot get your answers back after they’re cleared. You can start again from the same "
        "link or QR code."
    ),
    "cleared": "Your answers have been cleared",
    "start": "Start",
    "problem_here": "There is a problem",
    "preview": "Preview: your answers will not be sent",
    "test": "Test: your answers will not be counted",
    "preview_sent": "This was a preview. Nothing was sent or saved.",
    "test_sent": "This was a test. Nothing was sent or saved.",
    "delete": "Delete my answers from this device",
    "slip_code": "Code on your code slip",
    "slip_use": "Continue with this code",
    "left_here": "Answers on this device that were not sent: {n}.",
    "sent_late": (
        "We’ve received the answers that were saved on this device, and deleted them from it."
    ),
}

# What only the script says. Words that take a number need no plural.
_SCRIPT = {
    "own": "Your answers stay on this device until you send them",
    "unkept": "This browser cannot save your answers. Answer in one go and send at the end.",
    "of": "{n} of {all}",
    "saved": "saved",
    "where": "Statement {n} of {all}, section {p} of {ps}.",
    "left": "About {n} minutes left.",
    "last": "About a minute left.",
    "was": "last: {v}",
    "skip": "Skip",
    "next": "Next",
    "check": "Back to check",
    "done": "Section {p} of {ps} done",
    "stop": (
        "You can stop here and come back later. Your answers stay on this device until you send "
        "them."
    ),
    "stay": "Answer in one go. Your answers are lost if you leave.",
    "here": "{n} of {all} answers saved on this device. They have not been sent.",
    "here_page": "{n} of {all} answers on this page. They have not been sent.",
    "answered": "{n} of {all} answered.",
    "blank": "Blank: {n}. You can leave statements blank.",
    "none": "not answered",
    "nothing": "Answer at least one statement before you send",
    "sending": "Sending…",
    "gone": "We’ve deleted them from this device.",
    "gone_shared": "No answers are saved on this device.",
    "unsent": "Your answers are saved on this device but not sent",
    "unsent_page": "Not sent yet. Keep this page open.",
    "offline": "You’re offline.",
    "silent": "We could not connect to the survey.",
    "tried": "Tries so far: {n}",
    "idle": "Your answers are cleared if nobody touches this page for 15 minutes.",
    "sure": "Clear your answers ({n})?",
    "clock": "{n} seconds until your answers are cleared.",
    "characters": "Characters left: {n}",
}

_SENT_ITS_SHARE = (
    "Several people have already answered on this device. We limit how many can, so that each "
    "set of answers is from one person. You can still answer. Scan the QR code with another "
    "phone, or ask the person who runs the survey for a code slip. You can use a code slip on "
    "this device."
)

# Title and text of each kind page; the first for a page that is opened, `sending …` for answers
# that came too late. Where that is missing it is the first, after `not_sent`.
_REFUSALS = {
    "not open": (
        "This survey is not open yet",
        "It opens on {opens}. Use the same link or QR code then.",
    ),
    "closed": (
        "The survey has closed",
        "You can no longer answer. Thank you for wanting to take part. The result is on the team "
        "page as soon as there is one.",
    ),
    "opening": (
        "This survey opens in a moment",
        "Open the same link or QR code again in a minute.",
    ),
    "used": (
        "This link has been used",
        "Each link works once, and this one has already been used to send answers. If that was "
        "you, thank you. You do not need to do anything else. If it was not you, tell the person "
        "who runs the survey.",
    ),
    "cancelled": (
        "This survey was cancelled",
        "All answers were deleted unopened. You do not need to do anything.",
    ),
    "full": (
        "This poster cannot take any more answers",
        "Use your personal link, or ask for a code slip.",
    ),
    "replaced": (
        "This poster was replaced",
        "Scan the new poster, or ask the person who runs the survey for it.",
    ),
    "browser full": (
        "You cannot send any more answers from this device",
        _SENT_ITS_SHARE,
    ),
    "sending closed": (
        "The survey has closed",
        "Sorry, your answers were not sent, so we cannot count them.",
    ),
    "sending not open": (
        "This survey is not open yet",
        "Your answers were not sent. Send them once it is open.",
    ),
    "sending used": (
        "This link has been used",
        "Each link works once, and this one has already been used. These answers were not sent.",
    ),
    "sending cancelled": (
        "This survey was cancelled",
        "Sorry, your answers were not sent, so we cannot count them.",
    ),
    "sending browser full": (
        "Your answers were not sent from this device",
        _SENT_ITS_SHARE,
    ),
    "bad": ("Not sent", "{sentence}"),
    "not now": (
        "Your answers have not been sent",
        "We could not receive them just now. They are still on this page. Wait a minute, then try "
        "again.",
    ),
    "again": (
        "Open the link again",
        "There are no answers saved here. Open the link or QR code for your survey again.",
    ),
    "unknown": (
        "This link or code is not correct",
        "This link is not correct or has ended. Ask your manager for the team page. If you typed "
        "a code, check it against the poster.",
    ),
    "restored": (
        "This link is not correct or has ended",
        "If it worked before, its survey may be lost: records were restored by {day}. Ask the "
        "person who sent you the link.",
    ),
    "too many": (
        "Too many attempts",
        "Too many wrong codes or links have been entered from this network. Try again in "
        "{sentence} minutes, or use mobile data instead of wifi. Answers saved on this device are "
        "not lost.",
    ),
    "large": ("Not sent", "You sent more than the form allows. Open the link again."),
}

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

LANGUAGES: dict[str, Language] = {
    DEFAULT_LANGUAGE: Language(
        tag=DEFAULT_LANGUAGE,
        name="English",
        direction="ltr",
        months=_MONTHS,
        weekdays=_WEEKDAYS,
        page=_PAGE,
        script=_SCRIPT,
        refusals=_REFUSALS,
    ),
    "cy": Language(
        tag="cy",
        name="Cymraeg",
        direction="ltr",
        months=answer_page_cy.MONTHS,
        weekdays=answer_page_cy.WEEKDAYS,
        page=answer_page_cy.PAGE,
        script=answer_page_cy.SCRIPT,
        refusals=answer_page_cy.REFUSALS,
    ),
}


def language_of(tag: str) -> Language:
    """The interface in a language, English where we have no words in it."""
    return LANGUAGES.get(tag, LANGUAGES[DEFAULT_LANGUAGE])
