"""People whom no channel that is switched on reaches, and what to do about them."""

from surveys import text_messages


def unreached(mobile_only: int) -> int:
    """How many of so many people with nothing but a mobile number get no message."""
    return 0 if text_messages.are_on() else mobile_only


def unreached_words(mobile_only: int) -> str:
    """For the page; empty where everybody is reached."""
    number = unreached(mobile_only)
    if not number:
        return ""
    who = "1 person has" if number == 1 else f"{number} people have"
    return (
        f"{who} only a mobile number, and text messages are switched off here: they get no "
        "message. Give them a code slip or show them the poster, add an e-mail address for them, "
        "or ask whoever runs this site to switch text messages on."
    )
