"""Browser and network in few words, so that people know their own sign-ins again."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# The first that is found counts: Edge and Opera call themselves Chrome, Chrome calls itself Safari.
_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def device_words(user_agent: str) -> str:
    """“Firefox on Windows”; “Another browser” where it says nothing known."""
    browser = next((word for mark, word in _BROWSERS.items() if mark in user_agent), "")
    system = next((word for mark, word in _SYSTEMS.items() if mark in user_agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or (f"Browser on {system}" if system else "Another browser")


def network_words(address: str) -> str:
    """The first three parts of an IPv4 address, the first 48 bits of an IPv6 one; else nothing."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if isinstance(found, IPv4Address):
        return ".".join([*str(found).split(".")[:3], "x"])
    return f"{ip_network((found, 48), strict=False).network_address}x"
