"""What docker-compose.yml lets each service have: memory, a disk, a network, a way to be asked."""

import re

import pytest

from devtools import ROOT
from tests.dev.test_production import COMPOSE, SERVICES

pytestmark = pytest.mark.sqlite

LIMITS = {
    "proxy": ("128m", "64m"),
    "web": ("1g", "64m"),
    "worker": ("1g", "64m"),
    "counting": ("512m", "16m"),
    "beat": ("256m", "16m"),
    "migrate": ("512m", "16m"),
    "postgresql": ("2g", "64m"),
    "redis": ("256m", "64m"),
}
NETWORKS = {
    "proxy": {"edge"},
    "web": {"edge", "inside"},
    "worker": {"inside", "outgoing"},
}


def test_every_service_has_its_memory_and_a_disk_that_runs_nothing() -> None:
    assert SERVICES.keys() == LIMITS.keys()
    for name, (memory, disk) in LIMITS.items():
        assert SERVICES[name]["mem_limit"] == memory, name
        disks = dict(one.split(":") for one in SERVICES[name]["tmpfs"])
        assert f"size={disk}" in disks["/tmp"].split(","), name
        for place, options in disks.items():
            assert {"noexec", "nosuid", "nodev"} <= set(options.split(",")), (name, place)
            assert "size=" in options, (name, place)


def test_no_service_keeps_more_rights_or_more_log_than_it_needs() -> None:
    for name, service in SERVICES.items():
        assert not {"privileged", "devices", "pid", "ipc", "network_mode"} & service.keys(), name
        assert service["logging"] == {
            "driver": "json-file", "options": {"max-size": "20m", "max-file": "5"}
        }, name  # fmt: skip
        assert service["stop_grace_period"] == "30s", name
        assert service["restart"] == ("on-failure" if name == "migrate" else "unless-stopped")
    added = {name: service["cap_add"] for name, service in SERVICES.items() if "cap_add" in service}
    assert added == {"postgresql": ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"]}
    assert "version" not in COMPOSE


def test_each_service_is_in_the_networks_it_needs() -> None:
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name, service in SERVICES.items():
        assert set(service["networks"]) == NETWORKS.get(name, {"inside"}), name


def test_each_service_is_asked_itself_whether_it_works() -> None:
    """A check that any other could answer would keep a dead one."""
    asked = {
        name: service["healthcheck"]["test"][-1]
        for name, service in SERVICES.items()
        if "healthcheck" in service
    }
    for name in ("worker", "counting"):
        # The name it gives itself is the one that is asked.
        assert f"--hostname {name}@%h" in SERVICES[name]["command"]
        assert f"inspect ping --destination {name}@$$HOSTNAME " in asked[name]
    assert asked["web"] == "http://127.0.0.1:8000/livez"
    assert asked["proxy"].endswith("https://127.0.0.1:8443/livez")
    assert "/tmp" in asked["beat"] and "--schedule /tmp/beat " in SERVICES["beat"]["command"]


def test_what_a_service_reads_is_in_its_log_under_its_own_name() -> None:
    ours = {name for name, service in SERVICES.items() if service.get("image") == "ffit"}
    assert {name: SERVICES[name]["environment"]["FFIT_SERVICE"] for name in ours} == {
        name: name for name in ours
    }


def test_images_are_named_by_their_whole_version() -> None:
    built = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    named = {service["image"] for service in SERVICES.values()} - {"ffit"} | set(built)
    assert len(named) == 4
    for image in named:
        name, _, tag = image.partition(":")
        wanted = r"\d+\.\d+-bookworm" if name == "postgres" else r"\d+\.\d+\.\d+-(slim-)?bookworm"
        assert re.fullmatch(wanted, tag), image
