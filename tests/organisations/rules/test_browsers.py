import pytest

from organisations.rules.browsers import device_words, network_words

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}", "Chrome on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/156.0", "Edge on Windows"),
        (f"Mozilla/5.0 (Linux; Android 14; K) {CHROME}", "Chrome on Android"),
        (
            "Mozilla/5.0 (Linux; Android 14) SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (iPhone) FxiOS/140.0 Safari/605", "Firefox on iPhone"),
        ("Mozilla/5.0 (iPad) CriOS/156 Safari/605", "Chrome on iPad"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Safari/605", "Safari on Mac"),
        ("Something (X11; CrOS x86_64)", "Browser on ChromeOS"),
        ("Firefox", "Firefox"),
        ("curl/8.0", "Another browser"),
        ("", "Another browser"),
        ("<script>" * 1000, "Another browser"),
    ],
)
def test_a_browser_in_words(agent: str, words: str) -> None:
    assert device_words(agent) == words


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("192.0.2.77", "192.0.2.x"),
        ("::ffff:192.0.2.77", "192.0.2.x"),
        ("2001:db8:12:34::1", "2001:db8:12::x"),
        ("2001:db8:12:ffff:1:2:3:4", "2001:db8:12::x"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_a_network_without_its_last_part(address: str, words: str) -> None:
    assert network_words(address) == words
