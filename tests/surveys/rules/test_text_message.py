"""One text message of 160 letters: what gives way first, and what never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules import gsm7
from surveys.rules.text_message import TextMessage, short_unit
from surveys.words.news_words import WORDS as NEWS
from surveys.words.staff_words import WORDS

TOKEN = "x" * 24
LINK = f"https://ffit.merrowfield.example/a/{TOKEN}"
SAID = "staff survey, 8 minutes. No name asked."
ASK, LESS = "Answer by 3 Dec or opt out:", "Answer or opt out:"
# 23, 39 and 55 letters.
HOSTS = (
    "ffit.merrowfield.exampl",
    "fitness-for-improvement.merrowfield.uk0",
    "fitness-for-improvement.merrowfield-hospitals.nhs.examp",
)
ORGANISATIONS = ("Merrowfield Hospitals", "Merrowfield and Dale Uni")
UNITS = (
    "Ward 7",
    "Surgical assessment and short stay unit",
    "Emergency department majors, resuscitation and the clinical decisions unit 24",
)


def text(organisation: str = "Merrowfield Hospitals", unit: str = "Ward 7", **more: str) -> str:
    said = {"said": SAID, "ask": ASK, "ask_less": LESS, "link": LINK, **more}
    return TextMessage(organisation, unit, **said).fitted()


def test_the_usual_one() -> None:
    found = text()
    assert found == (
        "Merrowfield Hospitals, Ward 7: staff survey, 8 minutes. No name asked. "
        f"Answer by 3 Dec or opt out: {LINK}"
    )
    assert gsm7.length(found) == 158


def test_full_up_to_the_last_letter() -> None:
    assert gsm7.length(text(link=LINK + "xx")) == 160
    assert SAID in text(link=LINK + "xx")
    assert "No name asked" not in text(link=LINK + "xxx")


@pytest.mark.parametrize(
    ("step", "length"), [("result", 152), ("decided", 149), ("too_few", 159), ("stopped", 146)]
)
def test_news_with_the_names_of_the_example(step: str, length: int) -> None:
    words = NEWS["en-GB"]
    found = text(said=words.sms[step], ask=words.sms_ask[step], ask_less=words.sms_ask[step])
    assert found.startswith("Merrowfield Hospitals, Ward 7: ")
    assert gsm7.length(found) == length


@pytest.mark.parametrize(
    ("lengths", "begins"),
    [
        ((36, 47), "Merrowfield Hospitals, Surgical assessment unit for adults: {first} {ask}"),
        ((48, 58), "Merrowfield Hospitals, Surgical assessment unit: {first} {ask}"),
        ((59, 63), "Merrowfield Hospitals, Surgical assessment: {first} {ask}"),
        ((64, 70), "Surgical assessment unit for adults: {first} {ask}"),
        ((71, 81), "Surgical assessment unit: {first} {ask}"),
        ((82, 86), "Surgical assessment: {first} {ask}"),
        ((87, 97), "Surgical: {first} {ask}"),
        ((98, 106), "Surgical: {first} {less}"),
    ],
)
def test_what_gives_way_in_turn(lengths: tuple[int, int], begins: str) -> None:
    begins = begins.format(first="staff survey, 8 minutes.", ask=ASK, less=LESS)
    for length in lengths:
        link = f"https://{'h' * (length - 35)}/a/{TOKEN}"
        found = text(unit="Surgical assessment unit for adults", link=link)
        assert found == f"{begins} {link}"


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("organisation", ORGANISATIONS)
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("language", WORDS)
def test_the_longest_names_fit(host: str, organisation: str, unit: str, language: str) -> None:
    link = f"https://{host}/a/{TOKEN}"
    words, news = WORDS[language], NEWS[language]
    for said in (one.sms for one in words.own.values()):
        for ask in (
            words.sms_ask.format(day="30 Tach"),
            words.sms_ask_today.format(time="10:30" + words.am),
        ):
            asked = {"said": said.replace("{time}", words.minutes.format(n=12)), "link": link}
            found = text(organisation, unit, ask=ask, ask_less=words.sms_ask_less, **asked)
            assert gsm7.length(found) <= 160
            assert found.endswith(link)
            assert ("opt out" if language == "en-GB" else "optiwch") in found
            assert found.split(":")[0].split()[-1] not in {"and", "the", "of", "for", "to", "24"}
    for step, said in news.sms.items():
        ask = news.sms_ask[step]
        less = news.sms_less[step]
        found = text(
            organisation, unit, said=said, ask=ask, ask_less=ask, link=link, said_less=less
        )
        assert gsm7.length(found) <= 160
        assert found.endswith(f" {ask} {link}")
        assert gsm7.plain(said) in found or gsm7.plain(less) in found


def test_a_shortened_name_never_promises_more() -> None:
    long = "https://" + "h" * 40 + f"/a/{TOKEN}"
    name = "Bay and 12 for the recovery of patients after surgery"
    assert text("", name, link=long).startswith("Bay and 12 for the recovery: ")
    assert text("", name, link=long + "h" * 12).startswith("Bay: ")
    assert text("", "Ward 7 surgical admissions and elective orthopaedics", link=long).startswith(
        "Ward 7 surgical admissions"
    )


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ward 7 – care of older people", "Ward 7"),
        ("Ward 4, day surgery", "Ward 4"),
        ("Pain team (community)", "Pain team"),
        ("Tŷ Gwyn – adsefydlu", "Ty Gwyn"),
        ("(closed)", "(closed)"),
    ],
)
def test_a_unit_s_name_is_short(name: str, short: str) -> None:
    assert short_unit(name) == short


@given(
    organisation=st.text(max_size=24),
    unit=st.text(min_size=1, max_size=120),
    said=st.text(min_size=1, max_size=160),
    host=st.integers(10, 70),
)
def test_whatever_is_typed_the_link_stays_whole(
    organisation: str, unit: str, said: str, host: int
) -> None:
    link = f"https://{'h' * host}/a/{TOKEN}"
    found = text(organisation, unit, said=said, link=link)
    assert found.endswith(f" {link}")
    assert gsm7.length(found) <= 160
    assert gsm7.plain(found) == found


@pytest.mark.parametrize(("length", "over"), [(20, 0), (98, 0), (99, 1), (120, 22)])
def test_how_much_too_long_own_words_are(length: int, over: int) -> None:
    message = TextMessage("Merrowfield", "Ward 7", "a" * length, ASK, LESS, "https://h/a/" + TOKEN)
    assert message.over() == over
