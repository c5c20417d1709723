"""The messages on the pages of contact methods, paging policies and alert rules are the ones that a user gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from pulumi_victorops import providers
from pulumi_victorops.api.errors import VictorOpsError
from pulumi_victorops.lifecycle.dynamic import Provider
from pulumi_victorops.simulator import Simulator
from tests.docs.pages import codes, resource_page, section, tables

EMAIL = {"username": "ada", "email": "ada@home.example.com", "label": "Home"}
PHONE = {"username": "ada", "phone": "+44 20 7946 0958", "label": "Mobile"}
DEVICE = {"username": "ada", "device": "3f1d2c4b-58a6-4e0b-9c1d-7a2b5e8f9d01", "label": "Pixel 9"}
RULE = {"alert_field": "host_name", "alert_value_match": "db-*"}
RUNBOOK = {"annotation_type": "url", "field_name": "Runbook", "field_value": "https://wiki.example.com"}
PUSH = {"type": "push"}


def policy(*rules: dict[str, Any], timeout: int = 5, username: str = "ada") -> dict[str, Any]:
    return {"username": username, "steps": [{"timeout": timeout, "rules": list(rules)}]}


BAD_INPUTS: dict[str, list[dict[str, Any]]] = {
    "ContactEmail": [
        EMAIL | {"email": "ada"},
        EMAIL | {"label": "Default"},
        EMAIL | {"rank": -1},
        EMAIL | {"username": "Ada Winterbourne"},
    ],
    "ContactPhone": [
        PHONE | {"phone": "020 7946 0958"},
        PHONE | {"phone": "+44 20 7946"},
        PHONE | {"phone": "+44 (0)20 7946 0958"},
        PHONE | {"label": ""},
        PHONE | {"rank": -1},
    ],
    "ContactDevice": [
        {name: value for name, value in DEVICE.items() if name != "label"},
        DEVICE | {"device": "Pixel 9"},
        DEVICE | {"label": ""},
    ],
    "PagingPolicy": [
        {"username": "ada", "steps": []},
        policy(),
        policy(PUSH, PUSH),
        policy(PUSH, timeout=300),
        policy({"type": "pager"}),
        policy({"type": "sms"}),
        policy(PUSH | {"contact_id": 7}),
        policy({"type": "sms", "contact_id": "7a2b5e8f"}),
    ],
    "AlertRule": [
        RULE | {"alert_field": ""},
        RULE | {"alert_value_match": ""},
        RULE | {"alert_value_match": "disk (full", "match_type": "REGEX"},
        RULE | {"match_type": "regex"},
        RULE | {"rank": 0},
        RULE | {"route_key": "data base"},
        RULE | {"annotations": [RUNBOOK | {"annotation_type": "link"}]},
        RULE | {"annotations": [RUNBOOK, RUNBOOK]},
    ],
}


@pytest.fixture
def service(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Simulator:
    monkeypatch.setenv("VO_API_ID", simulator.api_id)
    monkeypatch.setenv("VO_API_KEY", simulator.api_key)
    monkeypatch.setenv("VO_BASE_URL", simulator.url)
    monkeypatch.setenv("VO_RATE_LIMIT", "off")
    return simulator


def provider(resource: str) -> Provider:
    made: Provider = getattr(providers, resource)()
    return made


def explained(resource: str, first_column: str) -> list[dict[str, str]]:
    found = tables(section(resource_page(resource), "What can go wrong"))
    return [row for rows in found for row in rows if next(iter(row)) == first_column]


@pytest.mark.parametrize("resource", sorted(BAD_INPUTS))
def test_what_a_page_says_of_previews(resource: str, service: Simulator) -> None:
    page = {
        ("" if row["property"] == "the resource" else codes(row["property"])[0], codes_of(row["message"]))
        for row in explained(resource, "property")
    }
    given = {
        (failure.property, failure.reason)
        for inputs in BAD_INPUTS[resource]
        for failure in provider(resource).check({}, inputs).failures
    }
    assert page == given


def codes_of(cell: str) -> str:
    [found] = codes(cell)
    return found


def create(resource: str, inputs: dict[str, Any]) -> Callable[[Simulator], object]:
    return lambda _: provider(resource).create(inputs)


def page_by_an_unverified_phone(_: Simulator) -> None:
    made = provider("ContactPhone").create(PHONE)
    provider("PagingPolicy").create(policy({"type": "sms", "contact_id": (made.outs or {})["contact_id"]}))


def page_without_the_default_address(service: Simulator) -> None:
    document = service.snapshot()
    for user in document["users"]:
        user["contacts"][0]["label"] = "Work"
    requests.put(f"{service.url}/_simulator/snapshot", json=document, timeout=10).raise_for_status()
    provider("PagingPolicy").create(policy({"type": "email"}))


def use_a_regular_expression_that_only_other_dialects_know(_: Simulator) -> None:
    provider("AlertRule").create(RULE | {"alert_value_match": "(?<", "match_type": "REGEX"})


REFUSALS: dict[str, list[Callable[[Simulator], object]]] = {
    "ContactEmail": [
        create("ContactEmail", EMAIL | {"username": "nobody"}),
        lambda _: provider("ContactEmail").read("ada", {}),
    ],
    "ContactPhone": [
        create("ContactPhone", PHONE | {"username": "nobody"}),
        lambda _: provider("ContactPhone").read("ada", {}),
    ],
    "ContactDevice": [
        create("ContactDevice", DEVICE | {"device": "nope"}),
        lambda _: provider("ContactDevice").read("ada", {}),
    ],
    "PagingPolicy": [
        page_by_an_unverified_phone,
        create("PagingPolicy", policy({"type": "sms", "contact_id": 4711})),
        create("PagingPolicy", policy(PUSH, username="nobody")),
        page_without_the_default_address,
    ],
    "AlertRule": [
        use_a_regular_expression_that_only_other_dialects_know,
        lambda _: provider("AlertRule").update("4711", RULE, RULE | {"notes": "gone"}),
    ],
}


@pytest.mark.parametrize("resource", sorted(REFUSALS))
def test_what_a_page_says_of_updates_and_look_ups(resource: str, service: Simulator) -> None:
    page = {codes_of(row["message"]) for row in explained(resource, "message")}
    given = set()
    for refused in REFUSALS[resource]:
        service.reset("empty")
        ada = {"username": "ada", "first_name": "Ada", "last_name": "Winterbourne", "email": "ada@example.com"}
        provider("User").create(ada)
        with pytest.raises(VictorOpsError) as error:
            refused(service)
        given.add(str(error.value))
    assert page == given
