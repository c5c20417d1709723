"""The messages that the pages explain are the ones that a user gets."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.api.errors import ConfigurationError, VictorOpsError
from pulumi_victorops.api.incidents import IncidentTarget
from pulumi_victorops.api.profiles import settings_for
from pulumi_victorops.api.settings import Settings
from pulumi_victorops.handlers import replacement, rotation_lists
from pulumi_victorops.lifecycle.dynamic import Provider
from pulumi_victorops.lifecycle.org import org_for
from pulumi_victorops.simulator import Simulator
from tests.docs.pages import ROOT, codes, resource_page, section, tables

USER = {"username": "ada", "first_name": "Ada", "last_name": "Winterbourne", "email": "ada@example.com"}
GRACE = {"username": "grace", "first_name": "Grace", "last_name": "Oyelowe", "email": "grace@example.com"}
PAGES_ADA = {"timeout": 0, "entries": [{"type": "user", "username": "ada"}]}


def policy(**changed: Any) -> dict[str, Any]:
    return {"team": "team-abc", "name": "Page Platform", "steps": [PAGES_ADA], **changed}


SHIFT = {
    "label": "primary",
    "type": "std",
    "timezone": "Europe/London",
    "start": "2024-01-01T09:00",
    "handoff_days": 7,
    "usernames": ["ada"],
}
WINDOW = {"days": ["m"], "start_time": "09:00", "end_time": "17:00"}


def rotation(*shifts: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {"team": "team-abc", "label": "Weekly", "shifts": list(shifts), **changed}


def shift(*windows: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return rotation({**SHIFT, **({"windows": list(windows)} if windows else {}), **changed})


TURN = {"rotation": "team-abc/4242", "shift": "primary", "username": "ada"}


HOLIDAY = {
    "username": "ada",
    "timezone": "Europe/London",
    "start": "2099-08-03T09:00",
    "end": "2099-08-17T09:00",
}
COVER = {"override": "ovrprd-abc", "policy": "pol-abc", "username": "grace"}
NOTE = {"incident": 4217, "name": "review", "display_name": "Review", "json_value": {}}


def entries(*made: dict[str, Any]) -> dict[str, Any]:
    return policy(steps=[{"timeout": 0, "entries": list(made)}])


BAD_INPUTS: dict[str, list[dict[str, Any]]] = {
    "User": [
        USER | {"username": "Ada"},
        USER | {"username": "ada winter"},
        USER | {"first_name": ""},
        USER | {"first_name": " Ada"},
        USER | {"last_name": "x" * 300},
        {name: value for name, value in USER.items() if name != "email"},
        USER | {"email": "ada"},
        USER | {"expiration_hours": 0},
        USER | {"expiration_hours": "24"},
        USER | {"replacement_user": "on call"},
        USER | {"replacement_strategy": "lottery"},
        USER | {"replacement_strategy": "specifiedUser"},
        USER | {"replacement_strategy": "teamAdmin", "replacement_user": "grace"},
    ],
    "Team": [{"name": ""}, {"name": "Platform "}, {"name": "Platform", "description": 3}],
    "TeamMembership": [
        {"team": "Platform", "username": "ada"},
        {"team": "team-abc", "username": "Ada Winterbourne"},
    ],
    "EscalationPolicy": [
        policy(team="Platform"),
        policy(steps=[]),
        policy(steps=[{"timeout": 0, "entries": []}]),
        entries({"type": "user", "username": "ada"}, {"type": "user", "username": "Ada"}),
        policy(steps=[PAGES_ADA | {"timeout": 5000}]),
        policy(steps=[PAGES_ADA | {"timeouts": 5}]),
        entries({"type": "pager"}),
        entries({"type": "user"}),
        entries({"type": "user", "username": "ada", "email": "ada@example.com"}),
        entries({"type": "rotation_group", "rotation_group": "Weekly"}),
        entries({"type": "webhook", "webhook": "tickets"}),
        entries({"type": "policy_routing", "target_policy": "Last resort"}),
    ],
    "Rotation": [
        rotation(SHIFT, team="Platform"),
        rotation(SHIFT, label=""),
        rotation(),
        rotation(SHIFT, SHIFT),
        shift(type="24/7"),
        shift(timezone="Europe/Lundon"),
        shift(start="next monday"),
        shift(start="2026-03-29T01:30"),
        shift(handoff_days=0),
        shift(usernames=[]),
        shift(usernames=["on call"]),
        shift(WINDOW),
        shift(type="pho"),
        shift(type="cstm"),
        shift(WINDOW | {"days": []}, type="pho"),
        shift(WINDOW | {"days": ["m", "m"]}, type="pho"),
        shift(WINDOW | {"days": ["mon"]}, type="pho"),
        shift(WINDOW | {"end_time": "24:00"}, type="pho"),
    ],
    "RotationShiftAssignment": [
        TURN | {"rotation": "Weekly"},
        TURN | {"shift": True},
        TURN | {"username": "on call"},
        TURN | {"position": -1},
    ],
    "RoutingKey": [
        {"routing_key": "data base", "targets": ["pol-abc"]},
        {"routing_key": "database", "targets": []},
        {"routing_key": "database", "targets": ["Page Platform"]},
        {"routing_key": "database", "targets": ["pol-DtNsrQ7AqkDGnqk8", "pol-DtNsrQ7AqkDGnqk8"]},
        {"routing_key": "database", "targets": "pol-DtNsrQ7AqkDGnqk8"},
    ],
    "Override": [
        HOLIDAY | {"username": "on call"},
        HOLIDAY | {"timezone": "Europe/Londen"},
        HOLIDAY | {"start": "next monday"},
        HOLIDAY | {"start": "2026-03-29T01:30"},
        HOLIDAY | {"start": "2026-08-03T09:00", "end": "2026-08-03T08:00Z"},
    ],
    "OverrideAssignment": [
        COVER | {"override": "holiday"},
        COVER | {"policy": "Page Platform"},
        COVER | {"username": "on call"},
        COVER | {"accept_overlap": "yes"},
    ],
    "MaintenanceMode": [
        {},
        {"routing_keys": ["database"], "all_routing_keys": True},
        {"routing_keys": []},
        {"routing_keys": ["database", "DATABASE"]},
        {"routing_keys": ["data base"]},
        {"routing_keys": ["database"], "purpose": 3},
    ],
    "IncidentNote": [
        NOTE | {"incident": "#4217"},
        NOTE | {"name": ""},
        NOTE | {"name": ".."},
        {name: value for name, value in NOTE.items() if name != "display_name"},
        NOTE | {"json_value": '{"owners": []}'},
        NOTE | {"json_value": {"share": float("nan")}},
        NOTE | {"json_value": {"id": 2**53 + 1}},
    ],
}


@pytest.fixture
def service(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Simulator:
    monkeypatch.setenv("VO_API_ID", simulator.api_id)
    monkeypatch.setenv("VO_API_KEY", simulator.api_key)
    monkeypatch.setenv("VO_BASE_URL", simulator.url)
    monkeypatch.setenv("VO_RATE_LIMIT", "off")
    monkeypatch.delenv("VO_DEFAULT_REPLACEMENT", raising=False)
    # A refusal to remove somebody is told at once.
    monkeypatch.setattr(replacement, "_QUIET", 0.0)
    # So is a rotation that isn't listed.
    monkeypatch.setattr(rotation_lists, "WAITS", ())
    return simulator


def provider(resource: str) -> Provider:
    made: Provider = getattr(providers, resource)()
    return made


def refused(resource: str, new: dict[str, Any], old: dict[str, Any] | None = None) -> Iterator[tuple[str, str]]:
    for failure in provider(resource).check(old or {}, new).failures:
        yield failure.property, general(failure.reason)


def general(message: str) -> str:
    """The message with the slugs and numbers that the service made up left out."""
    without_slugs = re.sub(r"\b(team|pol|ovrprd)-[A-Za-z0-9]{16}\b", r"\1-...", message)
    without_numbers = re.sub(r"\bmm-[A-Za-z0-9]{32}\b", "mm-...", without_slugs)
    return re.sub(r"/\d{6}\b", "/...", without_numbers)


def explained(resource: str, first_column: str) -> list[dict[str, str]]:
    found = tables(section(resource_page(resource), "What can go wrong"))
    return [row for rows in found for row in rows if next(iter(row)) == first_column]


@pytest.mark.parametrize("resource", sorted(BAD_INPUTS))
def test_what_a_page_says_of_previews(resource: str, service: Simulator) -> None:
    page = {
        ((codes(row["property"]) or [""])[0], general(codes(row["message"])[0]))
        for row in explained(resource, "property")
    }
    given = {found for inputs in BAD_INPUTS[resource] for found in refused(resource, inputs)}
    if resource == "RoutingKey":
        given |= set(refusals_to_lead_a_key_elsewhere())
    # A misspelt property is missing under its right name too.
    given -= {("steps[0].entries[0].username", "is required")}
    assert page == given


def refusals_to_lead_a_key_elsewhere() -> Iterator[tuple[str, str]]:
    made = Made()
    old = {"routing_key": "database", "targets": [made.policy]}
    provider("RoutingKey").create(old)
    return refused("RoutingKey", old | {"targets": [made.other_policy]}, old)


class Made:
    """Ada, Grace and a team with two policies that page Ada."""

    def __init__(self) -> None:
        for person in (USER, GRACE):
            provider("User").create(person)
        self.team = str(provider("Team").create({"name": "Platform"}).id)
        self.membership = {"team": self.team, "username": "ada"}
        self.membership_id = str(provider("TeamMembership").create(self.membership).id)
        self.policy = str(provider("EscalationPolicy").create(policy(team=self.team)).id)
        self.other_policy = str(provider("EscalationPolicy").create(policy(team=self.team)).id)


@dataclass(frozen=True)
class Refusal:
    """Something that the service doesn't do."""

    resource: str
    attempt: Callable[[Made], object]


def create(resource: str, inputs: Callable[[Made], dict[str, Any]]) -> Refusal:
    return Refusal(resource, lambda made: provider(resource).create(inputs(made)))


def remove(resource: str, made: Made, object_id: str, state: dict[str, Any]) -> None:
    """Remove somebody whom one policy names."""
    provider("EscalationPolicy").delete(made.other_policy, policy(team=made.team))
    provider(resource).delete(object_id, state)


def create_entry(entry: dict[str, Any]) -> Refusal:
    return create("EscalationPolicy", lambda made: entries(entry) | {"team": made.team})


def create_key_twice(made: Made) -> None:
    for _ in range(2):
        provider("RoutingKey").create({"routing_key": "database", "targets": [made.policy]})


def replace_a_policy_to_which_a_key_of_others_leads(made: Made) -> None:
    provider("RoutingKey").create({"routing_key": "by-hand", "targets": [made.policy]})
    old = policy(team=made.team)
    provider("EscalationPolicy").diff(made.policy, old, old | {"name": "Other"})
    provider("EscalationPolicy").delete(made.policy, old)


def change_a_policy_in_place(made: Made) -> None:
    provider("EscalationPolicy").update(made.policy, policy(team=made.team), policy(team=made.team, name="Page"))


def rename_to_a_taken_name(made: Made) -> None:
    other = provider("Team").create({"name": "Payments"}).id
    provider("Team").update(str(other), {"name": "Payments"}, {"name": "Platform"})


def make_rotation(made: Made, **changed: Any) -> tuple[str, dict[str, Any]]:
    """A rotation of that team: its id and its properties."""
    done = provider("Rotation").create(shift(**changed) | {"team": made.team})
    return str(done.id), dict(done.outs or {})


def delete_a_rotation_that_is_paged(made: Made) -> None:
    rotation_id, properties = make_rotation(made)
    entry = {"type": "rotation_group", "rotation_group": properties["slug"]}
    provider("EscalationPolicy").create(entries(entry) | {"team": made.team})
    provider("Rotation").delete(rotation_id, properties)


def assign(changed: dict[str, Any], **shift_changed: Any) -> Refusal:
    def attempt(made: Made) -> None:
        rotation_id, _ = make_rotation(made, **shift_changed)
        provider("RotationShiftAssignment").create(TURN | {"rotation": rotation_id} | changed)

    return Refusal("RotationShiftAssignment", attempt)


def cover(**changed: Any) -> Refusal:
    def attempt(made: Made) -> None:
        override = provider("Override").create(HOLIDAY).id
        inputs = {"override": override, "policy": made.policy, "username": "grace"}
        provider("OverrideAssignment").create(inputs | changed)

    return Refusal("OverrideAssignment", attempt)


def cover_while_absent(made: Made) -> None:
    provider("Override").create(HOLIDAY | {"username": "grace"})
    cover().attempt(made)


def cover_where_nobody_is_missed(made: Made) -> None:
    page_grace = {"timeout": 0, "entries": [{"type": "user", "username": "grace"}]}
    cover(policy=provider("EscalationPolicy").create(policy(team=made.team, steps=[page_grace])).id).attempt(made)


def mute_everything_twice(_made: Made) -> None:
    for _ in range(2):
        provider("MaintenanceMode").create({"all_routing_keys": True})


def note_twice(made: Made) -> None:
    with closing(Client(Settings.load(lambda _: None, os.environ))) as client:
        target = IncidentTarget(type="User", slug="ada")
        made_incident = client.incidents.create(username="ada", summary="Disk", details="full", targets=[target])
    for _ in range(2):
        provider("IncidentNote").create(NOTE | {"incident": str(made_incident.incident_number)})


REFUSALS = [
    create("User", lambda _: USER | {"email": "other@example.com"}),
    create("User", lambda _: USER | {"username": "ada2"}),
    Refusal("User", lambda _: provider("User").update("ada", USER, USER | {"email": "grace@example.com"})),
    Refusal("User", lambda made: remove("User", made, "ada", USER)),
    create("Team", lambda _: {"name": "Platform"}),
    Refusal("Team", rename_to_a_taken_name),
    create("TeamMembership", lambda made: {"team": made.team, "username": "nobody"}),
    create("TeamMembership", lambda _: {"team": "team-nope", "username": "ada"}),
    Refusal("TeamMembership", lambda made: remove("TeamMembership", made, made.membership_id, made.membership)),
    Refusal("TeamMembership", lambda _: provider("TeamMembership").read("ada", {})),
    create("EscalationPolicy", lambda _: policy(team="team-nope")),
    create_entry({"type": "user", "username": "nobody"}),
    create_entry({"type": "rotation_group", "rotation_group": "rtg-nope"}),
    create_entry({"type": "webhook", "webhook": "wh-nope"}),
    create_entry({"type": "policy_routing", "target_policy": "pol-nope"}),
    Refusal("EscalationPolicy", replace_a_policy_to_which_a_key_of_others_leads),
    Refusal("EscalationPolicy", change_a_policy_in_place),
    create("Rotation", lambda _: shift() | {"team": "team-nope"}),
    create("Rotation", lambda made: shift(usernames=["nobody"]) | {"team": made.team}),
    Refusal("Rotation", delete_a_rotation_that_is_paged),
    Refusal("Rotation", lambda _: provider("Rotation").read("Weekly", {})),
    assign({"shift": "secondary"}),
    create("RotationShiftAssignment", lambda made: TURN | {"rotation": f"{made.team}/4242"}),
    assign({"username": "grace"}),
    assign({}, start="2190-01-01T09:00"),
    Refusal("RotationShiftAssignment", lambda _: provider("RotationShiftAssignment").read("team-a/4242", {})),
    Refusal("RoutingKey", create_key_twice),
    create("RoutingKey", lambda _: {"routing_key": "database", "targets": ["pol-nope"]}),
    create("Override", lambda _: HOLIDAY | {"username": "nobody"}),
    cover(override="ovrprd-nope"),
    Refusal("OverrideAssignment", cover_where_nobody_is_missed),
    cover(username="nobody"),
    cover(username="ada"),
    Refusal("OverrideAssignment", cover_while_absent),
    Refusal("OverrideAssignment", lambda _: provider("OverrideAssignment").read("ovrprd-a", {})),
    create("MaintenanceMode", lambda _: {"routing_keys": ["nope"]}),
    Refusal("MaintenanceMode", mute_everything_twice),
    create("IncidentNote", lambda _: NOTE),
    Refusal("IncidentNote", note_twice),
    Refusal("IncidentNote", lambda _: provider("IncidentNote").read("4217", {})),
]


@pytest.mark.parametrize("resource", sorted(BAD_INPUTS))
def test_what_a_page_says_of_updates_and_look_ups(resource: str, service: Simulator) -> None:
    page = {codes(row["message"])[0] for row in explained(resource, "message")}
    given = set()
    for refusal in (one for one in REFUSALS if one.resource == resource):
        service.reset("empty")
        # What that changes is nothing that the directory could know of.
        org_for(Settings.load(lambda _: None, os.environ)).directory.everything_changed()
        made = Made()
        with pytest.raises(VictorOpsError) as error:
            refusal.attempt(made)
        given.add(general(str(error.value)))
    assert page == given


BAD_SETTINGS: list[dict[str, str]] = [
    {"VO_API_ID": "", "VO_API_KEY": ""},
    {"VO_API_KEY": ""},
    {"VO_API_KEY": "two words"},
    {"VO_BASE_URL": "api.victorops.com"},
    {"VO_BASE_URL": "http://api.example.com"},
    {"VO_BASE_URL": "https://api.victorops.com/api-public"},
    {"VO_RATE_LIMIT": "fast"},
    {"VO_AUDIT": "always"},
    {"VO_ADOPT": "maybe"},
    {"VO_EXTENDED_API": "yes"},
    {"VO_RATE_LIMIT_STORE": "redis.example.com"},
]


BAD_PROFILES = [
    ("eu", ""),
    ("EU", '{"eu": {"apiId": "id", "apiKey": "key"}}'),
    ("eu", '{"eu": {"apiId": "56ef78ab"   "apiKey": "key"}}'),
    ("eu", '{"eu": {"apiId": "id", "apikey": "key"}}'),
    ("eu", '{"eu": {"apiId": "id"}}'),
    ("eu", '{"eu": {"apiId": "id", "apiKey": "key", "rateLimit": "fast"}}'),
]


def test_what_the_page_on_configuration_says() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    rows = [row for rows in tables(section(text, "What can go wrong")) for row in rows]
    given = set()
    for settings in BAD_SETTINGS:
        with pytest.raises(ConfigurationError) as error:
            Settings.load(lambda _: None, {"VO_API_ID": "id", "VO_API_KEY": "key", **settings})
        given.add(str(error.value))
    for profile, profiles in BAD_PROFILES:
        with pytest.raises(ConfigurationError) as error:
            settings_for(lambda _: None, {"VO_PROFILES": profiles}, profile)
        given.add(str(error.value))
    assert {codes(row["message"])[0] for row in rows} == given


@pytest.mark.parametrize(
    ("key", "attempt", "message"),
    [
        (
            "looks-only",
            lambda: provider("Team").create({"name": "Platform"}),
            "POST /api-public/v1/team: 403: This API key is read-only; the API key may be read-only",
        ),
        (
            "wrong",
            lambda: provider("Team").read("team-abc", {}),
            "GET /api-public/v1/team/team-abc: 403: Authentication failed; "
            "check victorops:apiId and victorops:apiKey (or VO_API_ID and VO_API_KEY)",
        ),
    ],
)
def test_what_the_readme_says_of_keys(
    key: str, attempt: Callable[[], object], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Simulator(seed="empty", read_only_key="looks-only") as simulator:
        monkeypatch.setenv("VO_API_ID", simulator.api_id)
        monkeypatch.setenv("VO_API_KEY", key)
        monkeypatch.setenv("VO_BASE_URL", simulator.url)
        with pytest.raises(VictorOpsError) as error:
            attempt()
    assert str(error.value) == message
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert message.partition(": ")[2] in [
        codes(row["message"])[0] for rows in tables(readme) for row in rows if "message" in row
    ]
