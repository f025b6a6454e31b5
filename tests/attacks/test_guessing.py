"""Whoever guesses codes, links and tokens waits; whoever has the right one never does."""

from surveys.rules import tokens
from tests.attacks.conftest import Attacker, unchanged
from tests.responses.ballots import invite, open_unit
from tests.responses.forms import body

JSON = {"Accept": "application/json"}
GUESSES = 1_000


def test_a_guesser_waits_and_nobody_else(attacker: Attacker) -> None:
    unit = open_unit(headcount=12)
    right, link = f"/q/{unit.answer_code}", f"/a/{invite(unit)}"
    with unchanged():
        said = [attacker.get(f"/q/WRNG{number:06d}").status for number in range(GUESSES)]
        assert said[:300] == [404] * 300
        # A place comes back every two seconds.
        assert said[-300:].count(429) > 250
        stopped = attacker.get("/q/WRNG999999")
        assert stopped.status in (404, 429)
        assert attacker.get(right).status == 200
        assert attacker.get(link).status == 200
        assert attacker.at("198.51.100.7").get("/q/WRNG999999").status == 404
    assert attacker.post(right, body(), **JSON).status == 200
    assert attacker.post(link, body(), **JSON).status == 200


def test_a_network_of_six_is_one_and_its_neighbour_another(attacker: Attacker) -> None:
    with unchanged():
        last = 0
        for number in range(310):
            host = attacker.at(f"2001:db8:1:1::{number:x}")
            last = host.get(f"/a/{tokens.new_link_word()}").status
        assert last == 429
        assert attacker.at("2001:db8:1:2::1").get("/a/nobody").status == 404
