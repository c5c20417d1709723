"""Rotations and whose turn it is through the plugin's own protocol, and what a service with oddities does to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from pulumi_victorops import providers
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api.errors import InvalidArgumentError, NotFoundError, UnexpectedResponseError, VictorOpsError
from pulumi_victorops.api.rotations import Mask, MaskDays, MaskWindow, TimeOfDay
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.handlers import rotation_lists
from pulumi_victorops.handlers.rotation import RotationHandler, RotationInputs
from pulumi_victorops.handlers.rotation_shift_assignment import (
    RotationShiftAssignmentHandler,
    RotationShiftAssignmentInputs,
)
from pulumi_victorops.lifecycle.cycle import Cycle
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import RawServer, answer
from tests.provider.conftest import config_of
from tests.provider.plugin import UNKNOWN, Plugin, PluginError

PRIMARY: dict[str, Any] = {
    "label": "primary",
    "type": "std",
    "timezone": "Europe/London",
    "start": "2024-01-01T09:00",
    "handoff_days": 7.0,
    "usernames": ["ada", "admin", "ada"],
}
OFFICE: dict[str, Any] = {"days": ["m", "t", "w", "th", "f"], "start_time": "09:00", "end_time": "17:30"}
NIGHT: dict[str, Any] = {"days": ["sa"], "start_time": "22:00", "end_time": "06:00"}
ALL_DAY: dict[str, Any] = {"days": ["su"], "start_time": "00:00", "end_time": "00:00"}
DAYTIME = {**PRIMARY, "label": "daytime", "type": "pho", "windows": [OFFICE]}
ODD_HOURS = {**PRIMARY, "label": "odd hours", "type": "cstm", "windows": [OFFICE, NIGHT, ALL_DAY]}
SUN = {**PRIMARY, "label": "sun", "type": "fts", "timezone": "Asia/Tokyo", "windows": [OFFICE, NIGHT]}


@pytest.fixture(scope="module")
def shared(running_simulator: Simulator) -> Iterator[Plugin]:
    """A plugin for tests that read no list twice, since it keeps what it read."""
    started = Plugin(config_of(running_simulator))
    yield started
    started.stop()


@pytest.fixture
def team(client: Client) -> str:
    client.users.create(UserPayload(username="ada", first_name="Ada", last_name="Byron", email="ada@example.com"))
    return client.teams.create(TeamPayload(name="Platform")).slug


def make(plugin: Plugin, team: str, *shifts: dict[str, Any]) -> Any:
    checked = plugin.check(providers.Rotation, {"team": team, "label": "Weekly", "shifts": list(shifts)})
    assert checked.failures == []
    return plugin.create(providers.Rotation, checked.inputs)


def test_a_rotation_lives_with_all_four_types_of_shifts(plugin: Plugin, client: Client, team: str) -> None:
    inputs = {"team": team, "label": "Weekly", "shifts": [PRIMARY, DAYTIME, ODD_HOURS, SUN]}
    made = make(plugin, team, PRIMARY, DAYTIME, ODD_HOURS, SUN)
    [group] = client.rotations.groups(team)
    [rotation] = client.rotations.all(team)
    assert made.id == f"{team}/{group.group_id}"
    assert made.properties == {
        **inputs,
        "slug": group.slug,
        "group_id": group.group_id,
        "shift_ids": {shift.label: shift.shift_id for shift in rotation.shifts},
    }
    assert set(made.properties["shift_ids"]) == {"primary", "daytime", "odd hours", "sun"}
    assert [
        (shift.label, shift.shift_type, shift.timezone, shift.start, shift.duration) for shift in rotation.shifts
    ] == [
        ("primary", "std", "Europe/London", "2024-01-01T09:00:00Z", 7),
        ("daytime", "pho", "Europe/London", "2024-01-01T09:00:00Z", 7),
        ("odd hours", "cstm", "Europe/London", "2024-01-01T09:00:00Z", 7),
        ("sun", "fts", "Asia/Tokyo", "2024-01-01T00:00:00Z", 7),
    ]
    assert [member.username for member in rotation.shifts[0].shift_members] == ["ada", "admin", "ada"]
    assert rotation.shifts[2].mask == Mask(
        day=MaskDays(m=True, t=True, w=True, th=True, f=True),
        time=[MaskWindow(start=TimeOfDay(hour=9), end=TimeOfDay(hour=17, minute=30))],
    )
    assert rotation.shifts[2].mask2 == Mask(
        day=MaskDays(sa=True), time=[MaskWindow(start=TimeOfDay(hour=22), end=TimeOfDay(hour=6))]
    )
    assert rotation.shifts[2].mask3 == Mask(
        day=MaskDays(su=True), time=[MaskWindow(start=TimeOfDay(), end=TimeOfDay())]
    )

    read = plugin.read(providers.Rotation, made.id, made.properties)
    assert (read.id, read.properties, read.inputs) == (made.id, made.properties, inputs)
    looked_up = plugin.read(providers.Rotation, made.id)
    assert looked_up.properties == made.properties
    assert not plugin.diff(providers.Rotation, made.id, looked_up.properties, inputs).changes

    plugin.delete(providers.Rotation, made.id, made.properties)
    assert client.rotations.all(team) == []
    assert plugin.read(providers.Rotation, made.id, made.properties).id == ""
    plugin.delete(providers.Rotation, made.id, made.properties)
    client.teams.delete(team)
    assert plugin.read(providers.Rotation, made.id, made.properties).id == ""
    plugin.delete(providers.Rotation, made.id, made.properties)


def test_a_rotation_is_one_write_and_read_in_two_lists_for_its_team(
    plugin: Plugin, client: Client, simulator: Simulator, team: str
) -> None:
    before = simulator.requests()["by_operation"]
    made = [make(plugin, team, PRIMARY) for _ in range(2)]
    for one in made:
        assert plugin.read(providers.Rotation, one.id, one.properties).properties == one.properties
    after = simulator.requests()["by_operation"]
    assert {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)} == {
        "POST /api-public/v1/teams/{team}/rotations": 2,
        "GET /api-public/v1/teams/{team}/rotations": 2,
        "GET /api-public/v2/team/{team}/rotations": 1,
    }


@pytest.mark.parametrize(
    ("zone", "start", "reading", "instant"),
    [
        ("Europe/London", "2026-07-06T09:00", "2026-07-06T09:00", "2026-07-06T08:00:00Z"),
        ("Europe/London", "2026-07-06T09:00:00", "2026-07-06T09:00", "2026-07-06T08:00:00Z"),
        ("Europe/London", "2026-07-06T09:00Z", "2026-07-06T10:00", "2026-07-06T09:00:00Z"),
        ("America/New_York", "2026-01-05T09:00:00.000+01:00", "2026-01-05T03:00", "2026-01-05T08:00:00Z"),
        ("Asia/Kathmandu", "2026-01-05T00:00", "2026-01-05T00:00", "2026-01-04T18:15:00Z"),
        ("US/Pacific", "2026-01-05T09:00", "2026-01-05T09:00", "2026-01-05T17:00:00Z"),
        # The clock shows it twice; the first time counts.
        ("Europe/London", "2026-10-25T01:30", "2026-10-25T01:30", "2026-10-25T00:30:00Z"),
        ("Europe/London", "2026-10-25T01:30+00:00", "2026-10-25T01:30", "2026-10-25T00:30:00Z"),
        ("UTC", "2026-01-05T09:00:30", "2026-01-05T09:00:30", "2026-01-05T09:00:30Z"),
    ],
)
def test_a_start_is_the_reading_of_the_clock_in_the_shifts_own_zone(
    shared: Plugin, client: Client, team: str, zone: str, start: str, reading: str, instant: str
) -> None:
    made = make(shared, team, {**PRIMARY, "timezone": zone, "start": start})
    assert made.properties["shifts"][0]["start"] == reading
    assert client.rotations.all(team)[0].shifts[0].start == instant
    assert shared.read(providers.Rotation, made.id).properties == made.properties


@pytest.mark.parametrize(
    "changed",
    [
        {"team": "team-b"},
        {"label": "Monthly"},
        {"shifts": UNKNOWN},
        {"shifts": [UNKNOWN, DAYTIME]},
        *(
            {"shifts": [PRIMARY, {**DAYTIME, name: value}]}
            for name, value in {
                "label": "day",
                "type": "cstm",
                "timezone": "Europe/Dublin",
                "start": "2024-01-01T10:00",
                "handoff_days": 1,
                "usernames": ["admin", "ada", "ada"],
                "windows": [{**OFFICE, "days": ["m"]}],
            }.items()
        ),
        {"shifts": [PRIMARY, {**DAYTIME, "windows": [{**OFFICE, "start_time": "08:00"}]}]},
        {"shifts": [PRIMARY, {**DAYTIME, "windows": [{**OFFICE, "end_time": UNKNOWN}]}]},
        {"shifts": [PRIMARY]},
    ],
)
def test_every_change_replaces_a_rotation_and_the_new_one_is_made_first(
    shared: Plugin, changed: dict[str, Any]
) -> None:
    state = {"team": "team-a", "label": "Weekly", "shifts": [PRIMARY, DAYTIME], "slug": "rtg-a", "group_id": 1}
    found = shared.diff(providers.Rotation, "team-a/1", state, {**state, **changed})
    assert (found.changes, found.replaces, found.deletes_first) == (True, list(changed), False)


def test_what_means_the_same_is_no_change(shared: Plugin) -> None:
    state = {"team": "team-a", "label": "Weekly", "shifts": [PRIMARY, ODD_HOURS]}
    loud = {**PRIMARY, "usernames": ["ADA", "Admin", "ada"], "start": "2024-01-01T10:00+01:00"}
    shuffled = {**ODD_HOURS, "windows": [ALL_DAY, NIGHT, {**OFFICE, "days": ["f", "th", "w", "t", "m"]}]}
    checked = shared.check(providers.Rotation, {**state, "shifts": [shuffled, loud]})
    assert checked.failures == []
    assert not shared.diff(providers.Rotation, "team-a/1", state, checked.inputs).changes


def test_what_is_not_known_yet_comes_back_unknown(shared: Plugin) -> None:
    inputs = {
        "team": UNKNOWN,
        "label": UNKNOWN,
        "shifts": [
            UNKNOWN,
            {**DAYTIME, "timezone": UNKNOWN, "start": "2026-01-05T09:00+01:00", "usernames": [UNKNOWN, "ada"]},
            {**ODD_HOURS, "type": UNKNOWN, "label": UNKNOWN, "start": UNKNOWN, "windows": [UNKNOWN] * 4},
            {**SUN, "windows": [{"days": [UNKNOWN, "m"], "start_time": UNKNOWN, "end_time": UNKNOWN}]},
        ],
    }
    checked = shared.check(providers.Rotation, inputs)
    assert checked.failures == []
    assert checked.inputs == inputs


def test_a_rotation_that_a_policy_pages_is_not_deleted(shared: Plugin, client: Client, team: str) -> None:
    made = make(shared, team, PRIMARY)
    entries = [{"type": "rotation_group", "rotation_group": made.properties["slug"]}]
    policy = {"team": team, "name": "Page", "steps": [{"timeout": 0, "entries": entries}]}
    page = shared.create(providers.EscalationPolicy, policy)
    with pytest.raises(PluginError) as refused:
        shared.delete(providers.Rotation, made.id, made.properties)
    assert str(refused.value) == (
        f"DELETE /api-public/v1/teams/{team}/rotations/{made.properties['group_id']:.0f}: 422: Rotation Weekly is used "
        "by policy Page; where an escalation policy still pages it, let that page somebody else first"
    )
    shared.delete(providers.EscalationPolicy, page.id, page.properties)
    shared.delete(providers.Rotation, made.id, made.properties)
    assert client.rotations.all(team) == []


def edit(simulator: Simulator, change: Callable[[dict[str, Any]], object]) -> None:
    document = simulator.snapshot()
    change(document["rotations"][0])
    requests.put(f"{simulator.url}/_simulator/snapshot", json=document, timeout=10).raise_for_status()


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda shift: shift.update(label="edited"), {"label": "edited"}),
        (lambda shift: shift.update(type="fts"), {"type": "fts"}),
        (lambda shift: shift.update(type="std"), {"type": "std", "windows": None}),
        (lambda shift: shift.update(timezone="Europe/Paris"), {"timezone": "Europe/Paris"}),
        (lambda shift: shift.update(start="2024-01-02T09:00:00"), {"start": "2024-01-02T09:00"}),
        (lambda shift: shift.update(duration=14), {"handoff_days": 14}),
        (lambda shift: shift["members"].reverse(), {"usernames": ["admin", "ada"]}),
        (lambda shift: shift["members"].clear(), {"usernames": []}),
        (
            lambda shift: shift["masks"][0]["weekdays"].remove(4),
            {"windows": [{**OFFICE, "days": ["m", "t", "w", "th"]}]},
        ),
        (
            lambda shift: shift["masks"][0]["windows"][0].update(start="08:00:00"),
            {"windows": [{**OFFICE, "start_time": "08:00"}]},
        ),
        (
            lambda shift: shift["masks"][0]["windows"][0].update(end="06:15:00"),
            {"windows": [{**OFFICE, "end_time": "06:15"}]},
        ),
        (
            lambda shift: shift["masks"][0]["windows"].append({"start": "20:00:00", "end": "22:00:00"}),
            {"windows": [OFFICE, {**OFFICE, "start_time": "20:00", "end_time": "22:00"}]},
        ),
        (
            lambda shift: shift["masks"].append(
                {"weekdays": [5], "windows": [{"start": "22:00:00", "end": "06:00:00"}]}
            ),
            {"windows": [OFFICE, NIGHT]},
        ),
    ],
)
def test_what_somebody_changed_in_a_shift_is_seen(
    shared: Plugin,
    simulator: Simulator,
    team: str,
    change: Callable[[dict[str, Any]], object],
    seen: dict[str, Any],
) -> None:
    shift = {**DAYTIME, "usernames": ["ada", "admin"]}
    made = make(shared, team, shift)
    inputs = {"team": team, "label": "Weekly", "shifts": [shift]}
    edit(simulator, lambda rotation: change(rotation["shifts"][0]))
    read = shared.read(providers.Rotation, made.id, made.properties)
    expected = {name: value for name, value in {**shift, **seen}.items() if value is not None}
    assert read.inputs == {**inputs, "shifts": [expected]}
    assert shared.diff(providers.Rotation, made.id, read.properties, inputs).replaces == ["shifts"]


def test_other_changes_by_hand_are_seen_and_what_time_brings_is_not(
    plugin: Plugin, client: Client, simulator: Simulator, team: str
) -> None:
    made = make(plugin, team, PRIMARY)
    [rotation] = client.rotations.all(team)
    client.rotations.set_scheduled_user(team, rotation.group_id, rotation.shifts[0].shift_id or 0, username="admin")
    assert plugin.read(providers.Rotation, made.id, made.properties).properties == made.properties

    def relabel_and_double(rotation: dict[str, Any]) -> None:
        rotation["label"] = "Edited"
        rotation["shifts"].append({**rotation["shifts"][0], "id": 424242, "label": "second"})

    edit(simulator, relabel_and_double)
    again = Plugin(config_of(simulator))
    try:
        read = again.read(providers.Rotation, made.id, made.properties)
    finally:
        again.stop()
    assert read.inputs == {"team": team, "label": "Edited", "shifts": [PRIMARY, {**PRIMARY, "label": "second"}]}
    assert read.properties["shift_ids"] == {**made.properties["shift_ids"], "second": 424242}
    assert read.properties["slug"] == made.properties["slug"]


def test_an_assignment_lives(plugin: Plugin, client: Client, simulator: Simulator, team: str) -> None:
    rotation = make(plugin, team, PRIMARY, DAYTIME)
    group_id, shift_id = int(rotation.properties["group_id"]), int(rotation.properties["shift_ids"]["daytime"])

    def whose_turn() -> str | None:
        user = client.rotations.scheduled_user(team, group_id, shift_id)
        return user.username if user else None

    other = "ada" if whose_turn() == "admin" else "admin"
    checked = plugin.check(
        providers.RotationShiftAssignment, {"rotation": rotation.id, "shift": "daytime", "username": other.upper()}
    )
    assert checked.failures == []
    made = plugin.create(providers.RotationShiftAssignment, checked.inputs)
    said = {"rotation": rotation.id, "shift": "daytime", "username": other}
    assert (made.id, made.properties) == (
        f"{rotation.id}/{shift_id}",
        {**said, "assigned_at": made.properties["assigned_at"]},
    )
    assert whose_turn() == other

    looked_up = plugin.read(providers.RotationShiftAssignment, made.id)
    assert looked_up.properties == said
    new = {**said, "username": "ada", "position": 2.0}
    assert plugin.diff(providers.RotationShiftAssignment, made.id, made.properties, new).replaces == []
    changed = plugin.update(providers.RotationShiftAssignment, made.id, made.properties, new)
    assert (changed, whose_turn()) == ({**new, "assigned_at": changed["assigned_at"]}, "ada")
    turn = next(one for one in simulator.snapshot()["rotations"][0]["shifts"] if one["id"] == shift_id)["turn"]

    read = plugin.read(providers.RotationShiftAssignment, made.id, changed)
    assert (read.inputs, read.properties) == (new, changed)

    client.rotations.set_scheduled_user(team, group_id, shift_id, username="admin")
    plugin.delete(providers.RotationShiftAssignment, made.id, changed)
    assert whose_turn() == "admin", "a turn that was given isn't taken back"
    assert plugin.update(providers.RotationShiftAssignment, made.id, changed, {**new, "position": 0.0})
    again = next(one for one in simulator.snapshot()["rotations"][0]["shifts"] if one["id"] == shift_id)["turn"]
    assert (turn - again) % 3 == 2, "the first place is two before the third"

    plugin.delete(providers.Rotation, rotation.id, rotation.properties)
    assert plugin.read(providers.RotationShiftAssignment, made.id, changed).id == ""
    client.teams.delete(team)
    plugin.delete(providers.Rotation, rotation.id, rotation.properties)
    assert plugin.read(providers.RotationShiftAssignment, made.id, changed).id == ""


def test_an_assignment_by_the_shifts_number_makes_no_reads(shared: Plugin, simulator: Simulator, team: str) -> None:
    rotation = make(shared, team, PRIMARY)
    before = simulator.requests()["total"]
    shift = rotation.properties["shift_ids"]["primary"]
    inputs = {"rotation": rotation.id, "shift": shift, "username": "admin", "position": 1.0}
    made = shared.create(providers.RotationShiftAssignment, inputs)
    assert made.id == f"{rotation.id}/{shift:.0f}"
    assert made.properties == {**inputs, "assigned_at": made.properties["assigned_at"]}
    assert simulator.requests()["total"] == before + 1


def test_a_shift_that_has_not_begun_is_looked_up_without_anybody(shared: Plugin, team: str) -> None:
    rotation = make(shared, team, {**PRIMARY, "start": "2190-01-01T09:00"})
    shift = rotation.properties["shift_ids"]["primary"]
    found = shared.read(providers.RotationShiftAssignment, f"{rotation.id}/{shift:.0f}")
    assert found.properties == {"rotation": rotation.id, "shift": "primary"}


def test_a_shift_that_is_not_there_is_an_error_that_names_those_that_are(shared: Plugin, team: str) -> None:
    rotation = make(shared, team, PRIMARY, DAYTIME)
    with pytest.raises(PluginError) as refused:
        shared.create(providers.RotationShiftAssignment, {"rotation": rotation.id, "shift": "night", "username": "ada"})
    assert str(refused.value) == (
        f"the rotation {rotation.id} has no shift 'night'; its shifts are 'primary', 'daytime'"
    )


@pytest.mark.parametrize(
    ("changed", "replaces"),
    [
        ({"rotation": "team-a/2"}, ["rotation"]),
        ({"rotation": UNKNOWN}, ["rotation"]),
        ({"shift": 7.0}, ["shift"]),
        ({"username": "bao"}, []),
        ({"username": UNKNOWN}, []),
        ({"position": 0.0}, []),
    ],
)
def test_what_a_change_of_an_assignment_replaces(shared: Plugin, changed: dict[str, Any], replaces: list[str]) -> None:
    state = {"rotation": "team-a/1", "shift": "primary", "username": "ada"}
    found = shared.diff(providers.RotationShiftAssignment, "team-a/1/7", state, {**state, **changed})
    assert (found.changes, found.replaces, found.deletes_first) == (True, replaces, False)


@pytest.mark.parametrize(
    ("provider", "form", "ids"),
    [
        (providers.Rotation, "team/groupId", ["team-a", "team-a/rtg-b", "team-a/1/2", "/1", "team-a/\u0661"]),
        (providers.RotationShiftAssignment, "team/groupId/shiftId", ["team-a/1", "team-a/1/primary", "team-a//2"]),
    ],
)
def test_an_ill_formed_id_is_an_error(shared: Plugin, provider: Any, form: str, ids: list[str]) -> None:
    for ill in ids:
        with pytest.raises(PluginError) as refused:
            shared.read(provider, ill)
        assert str(refused.value) == f"{ill!r} is not an id of the form {form}"


# Services with oddities. They are told by bytes, and without the seconds of waiting.

INPUTS = RotationInputs.model_validate(
    {"team": "team-a", "label": "Weekly", "shifts": [{**PRIMARY, "handoff_days": 7}]}
)
CREATED = {"id": 7, "label": "Weekly", "shifts": [{"rot_id": 77, "group_id": 7, "label": "primary"}]}
LISTED = {"rotationGroups": [{"slug": "rtg-7", "label": "Weekly", "groupId": "7"}]}
NOTHING: dict[str, list[object]] = {"rotationGroups": []}


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as started:
        yield started


@pytest.fixture
def org(server: RawServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Org]:
    monkeypatch.setattr(rotation_lists, "WAITS", (0.0, 0.0))
    made = Org(Settings("id", "key", base_url=server.url, rate_limit=None))
    yield made
    made.client.close()


def test_the_slug_is_waited_for(server: RawServer, org: Org) -> None:
    server.script(answer(200, CREATED), answer(200, NOTHING), answer(200, NOTHING), answer(200, LISTED))
    live = RotationHandler().create(org, INPUTS)
    assert (live.id, live.outputs) == ("team-a/7", {"slug": "rtg-7", "group_id": 7, "shift_ids": {"primary": 77}})
    assert server.requests[0].json["shifts"][0]["start"] == 1704099600000


def test_a_list_without_ids_is_searched_by_label(server: RawServer, org: Org) -> None:
    rows = [{"slug": "rtg-1", "label": "Daily"}, {"slug": "rtg-2", "label": "Weekly"}]
    server.script(answer(200, CREATED), answer(200, {"rotationGroups": rows}))
    assert RotationHandler().create(org, INPUTS).outputs["slug"] == "rtg-2"


TWO_ALIKE = {"rotationGroups": [{"slug": "rtg-1", "label": "Weekly"}, {"slug": "rtg-2", "label": "Weekly"}]}


@pytest.mark.parametrize("lists", [[NOTHING] * 3, [TWO_ALIKE] * 3], ids=["missing", "ambiguous"])
def test_a_rotation_whose_slug_is_not_to_be_had_is_taken_back(server: RawServer, org: Org, lists: list[object]) -> None:
    server.script(answer(200, CREATED), *(answer(200, one) for one in lists), answer(200, {}))
    with pytest.raises(VictorOpsError) as failed:
        RotationHandler().create(org, INPUTS)
    assert str(failed.value) == (
        "the rotation 'Weekly' was made as number 7, but not its slug learned: the service doesn't list it; it was "
        "deleted again, so just try again"
    )
    assert server.lines[-1] == "DELETE /api-public/v1/teams/team-a/rotations/7"


def test_a_rotation_that_cannot_be_taken_back_is_named(server: RawServer, org: Org) -> None:
    refusal = answer(422, {"error": "no"})
    server.script(answer(200, CREATED), refusal, refusal)
    with pytest.raises(UnexpectedResponseError) as failed:
        RotationHandler().create(org, INPUTS)
    assert str(failed.value) == (
        "the rotation 'Weekly' was made as number 7, but not its slug learned: "
        "GET /api-public/v1/teams/team-a/rotations: 422: no; delete it by hand, since that failed too "
        "(DELETE /api-public/v1/teams/team-a/rotations/7: 422: no)"
    )


def test_an_answer_without_a_number_is_an_error(server: RawServer, org: Org) -> None:
    server.script(answer(200, {"label": "Weekly", "shifts": []}))
    with pytest.raises(UnexpectedResponseError) as failed:
        RotationHandler().create(org, INPUTS)
    assert str(failed.value) == ("POST /api-public/v1/teams/{team}/rotations: unexpected answer: no id in it")


def test_a_slug_that_a_refresh_does_not_find_stays_as_it_was(server: RawServer, org: Org) -> None:
    server.script(answer(200, {"rotations": [{"groupId": 7, "label": "Weekly"}]}), answer(200, NOTHING))
    found = Cycle(RotationHandler()).read(org, "team-a/7", {"slug": "rtg-7"})
    assert found is not None
    assert found.properties["slug"] == "rtg-7"


@pytest.mark.parametrize(
    ("start", "zone", "read"),
    [
        (1767603600000, "America/New_York", "2026-01-05T04:00"),
        ("2026-01-05T09:00:00.000+0000", "Europe/London", "2026-01-05T09:00"),
        ("5 January 2026", "Europe/London", "5 January 2026"),
        ("2026-01-05T09:00:00.000Z", "Europe/London", "2026-01-05T09:00"),
        ("2026-01-05T09:00:00Z", "Mars/Olympus", "2026-01-05T09:00:00Z"),
        ("2026-01-05T09:00:00Z", None, "2026-01-05T09:00:00Z"),
        ("2026-01-05T09:00:00", "Asia/Tokyo", "2026-01-05T09:00"),
        (None, "Europe/London", None),
    ],
)
def test_a_start_is_read_in_any_form_and_shown_as_it_is_where_it_is_none(
    server: RawServer, org: Org, start: object, zone: str | None, read: str | None
) -> None:
    shift = {"shiftId": 77, "label": "primary", "shifttype": "std", "timezone": zone, "start": start}
    server.script(answer(200, {"rotations": [{"groupId": 7, "shifts": [shift]}]}), answer(200, LISTED))
    live = RotationHandler().read(org, "team-a/7", {})
    assert live is not None
    assert live.inputs["shifts"][0].get("start") == read


def test_an_assignment_waits_for_a_rotation_that_is_not_listed_yet(server: RawServer, org: Org) -> None:
    inputs = RotationShiftAssignmentInputs(rotation="team-a/7", shift="primary", username="ada")
    listed = {"rotations": [{"groupId": 7, "shifts": [{"shiftId": 77, "label": "primary"}]}]}
    server.script(answer(200, {"rotations": []}), answer(200, listed), answer(200, {"username": "ada"}))
    assert RotationShiftAssignmentHandler().create(org, inputs).id == "team-a/7/77"
    assert server.requests[-1].json == {"username": "ada"}

    server.script(*[answer(200, {"rotations": []})] * 3)
    org.directory.everything_changed()
    with pytest.raises(NotFoundError, match=r"\Athere is no rotation with the id 'team-a/7'\Z"):
        RotationShiftAssignmentHandler().create(org, inputs)


def test_a_rotation_without_shifts_has_none_to_assign(server: RawServer, org: Org) -> None:
    inputs = RotationShiftAssignmentInputs(rotation="team-a/7", shift="primary", username="ada")
    server.script(answer(200, {"rotations": [{"groupId": 7, "shifts": []}]}))
    with pytest.raises(InvalidArgumentError) as failed:
        RotationShiftAssignmentHandler().create(org, inputs)
    assert str(failed.value) == "the rotation team-a/7 has no shift 'primary'; its shifts are none"
