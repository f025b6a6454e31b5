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
            "No more messages?",
            "{organisation} will not write to you again about this survey or a later one. "
            "You can still answer with the poster.",
            "Stop the messages",
        ),
        done=(
            "No more messages",
            "We will not write to you again. For this we keep no address, only a mark from which "
            "nobody can read it. You can still answer with the poster.",
            "That was a mistake, write to me again",
        ),
        again=("Messages come again", "We write to you again, starting with the next message."),
        erased=(
            "Your address is deleted already",
            "That survey is over and we have no address of yours from it.",
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
