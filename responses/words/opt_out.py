"""The words of the opt-out pages, one entry a language. No Django here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OptOutWords:
    """Title, text and button of each of the four pages. `{organisation}` is filled in."""

    ask: tuple[str, str, str]
    done: tuple[str, str, str]
    again: tuple[str, str]
    erased: tuple[str, str]


WORDS = {
    "en-GB": OptOutWords(
        ask=(
            "Stop messages?",
            "{organisation} will not send you any more messages about this survey or later "
            "ones. You can still answer using the poster.",
            "Stop messages",
        ),
        done=(
            "Messages stopped",
            "We will not message you again. To do this, we do not keep your email address or "
            "mobile number, only a coded mark. Nobody can read your email address or number "
            "from it. You can still answer using the poster.",
            "Undo: start messages again",
        ),
        again=("Messages restarted", "We’ll message you again, starting with the next message."),
        erased=(
            "We have already deleted your contact details",
            "That survey has ended and we no longer have your email address or mobile number "
            "from it.",
        ),
    ),
    "cy": OptOutWords(
        ask=(
            "Dim rhagor o negeseuon?",
            "Ni fydd {organisation} yn ysgrifennu atoch eto am yr arolwg hwn nac un diweddarach. "
            "Gallwch ateb gyda’r poster o hyd.",
            "Stopio’r negeseuon",
        ),
        done=(
            "Dim rhagor o negeseuon",
            "Ni fyddwn yn ysgrifennu atoch eto. Nid ydym yn cadw cyfeiriad ar gyfer hyn, dim ond "
            "marc na all neb ei ddarllen ohono. Gallwch ateb gyda’r poster o hyd.",
            "Camgymeriad oedd hynny, ysgrifennwch ataf eto",
        ),
        again=("Daw negeseuon eto", "Byddwn yn ysgrifennu atoch eto, gan ddechrau gyda’r nesaf."),
        erased=(
            "Mae eich cyfeiriad wedi’i ddileu eisoes",
            "Mae’r arolwg hwnnw ar ben ac nid oes gennym gyfeiriad i chi ohono.",
        ),
    ),
}


def opt_out_words(tag: str) -> OptOutWords:
    """The words in a language, English where we have none in it."""
    return WORDS.get(tag, WORDS["en-GB"])
