"""Maintenance modes through the plugin's own protocol."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import RawServer, answer
from tests.provider.plugin import Plugin, PluginError
from tests.provider.test_protocol import make_policy

UPGRADE = {"routing_keys": ["db", "cache"], "all_routing_keys": False, "purpose": "Upgrade"}
ALL = {"all_routing_keys": True, "purpose": ""}


@pytest.fixture
def routing_keys(plugin: Plugin, client: Client) -> None:
    policy = make_policy(client)
    for name in ("db", "cache"):
        plugin.create(providers.RoutingKey, {"routing_key": name, "targets": [policy]})


@pytest.mark.usefixtures("routing_keys")
def test_a_maintenance_mode_lives(plugin: Plugin, client: Client) -> None:
    checked = plugin.check(providers.MaintenanceMode, {"routing_keys": ["db", "cache"], "purpose": "Upgrade"})
    assert (checked.failures, checked.inputs) == ([], UPGRADE)
    made = plugin.create(providers.MaintenanceMode, checked.inputs)
    [active] = client.maintenance.state().active_instances
    assert made.id == active.instance_id
    assert (active.purpose, active.is_global, active.targets[0].names) == ("Upgrade", False, ["db", "cache"])
    started_at = made.properties["started_at"]
    assert len(started_at) == len("2026-08-03T08:00:00Z")
    assert made.properties == {**UPGRADE, "started_at": started_at, "started_by": "admin"}

    read = plugin.read(providers.MaintenanceMode, made.id, {**made.properties, "routing_keys": ["CACHE", "db"]})
    assert read.inputs == {**UPGRADE, "routing_keys": ["CACHE", "db"]}, "the program's order and case stay"
    assert plugin.read(providers.MaintenanceMode, made.id).inputs == UPGRADE, "looked up, it's the same"

    plugin.delete(providers.MaintenanceMode, made.id, made.properties)
    assert client.maintenance.state().active_instances == []
    assert plugin.read(providers.MaintenanceMode, made.id, made.properties).id == ""
    plugin.delete(providers.MaintenanceMode, made.id, made.properties)


def test_the_whole_org_is_muted_only_where_the_program_says_so(plugin: Plugin, client: Client) -> None:
    checked = plugin.check(providers.MaintenanceMode, {"all_routing_keys": True})
    assert (checked.failures, checked.inputs) == ([], ALL)
    made = plugin.create(providers.MaintenanceMode, checked.inputs)
    [active] = client.maintenance.state().active_instances
    assert (made.id, active.is_global, active.targets[0].names) == (active.instance_id, True, [])
    assert plugin.read(providers.MaintenanceMode, made.id, made.properties).inputs == ALL
    assert plugin.read(providers.MaintenanceMode, made.id).inputs == ALL
    with pytest.raises(PluginError) as refused:
        plugin.create(providers.MaintenanceMode, checked.inputs)
    assert str(refused.value) == (
        "POST /api-public/v1/maintenancemode/start: 409: A global maintenance mode is active already; take "
        f"MaintenanceMode {made.id} over with adopt=True or victorops:adopt: exact, or bring it into the stack: "
        f"pulumi-victorops import MaintenanceMode {made.id} NAME"
    )


@pytest.mark.usefixtures("routing_keys")
def test_the_new_one_is_told_from_those_that_are_active_already(plugin: Plugin, client: Client) -> None:
    ids = []
    for inputs in (UPGRADE, {**UPGRADE, "purpose": ""}, {**UPGRADE, "routing_keys": ["db"]}, ALL, UPGRADE):
        ids.append(plugin.create(providers.MaintenanceMode, inputs).id)
        assert ids[-1] == client.maintenance.state().active_instances[-1].instance_id
    assert len(set(ids)) == 5


@pytest.mark.usefixtures("routing_keys")
def test_the_state_is_read_once_however_many_there_are(plugin: Plugin, client: Client, simulator: Simulator) -> None:
    for name in ("db", "cache"):
        client.maintenance.start(routing_keys=[name])
    before = simulator.requests()["total"]
    for active in client.maintenance.state().active_instances:
        assert plugin.read(providers.MaintenanceMode, active.instance_id, {"purpose": ""}).id == active.instance_id
    assert simulator.requests()["total"] == before + 2, "ours and the plugin's"


def instance(instance_id: str, at: Any, names: list[str], **more: Any) -> dict[str, Any]:
    return {"instanceId": instance_id, "startedAt": at, "targets": [{"type": "RoutingKeys", "names": names}], **more}


@pytest.mark.parametrize(
    ("active", "found"),
    [
        # Older services tell no purpose; then the newest is ours, wherever it stands.
        ([instance("mm-a", 1_500_000_002_000, ["DB"]), instance("mm-b", 1_500_000_001_000, ["db"])], "mm-a"),
        ([instance("mm-a", 1_500_000_001_000, ["db"]), instance("mm-b", 1_500_000_001_000, ["db"])], "mm-b"),
        ([instance("mm-a", "2017-07-14", ["db"]), instance("mm-b", None, ["cache"])], "mm-a"),
        ([instance("mm-a", 1, ["db"], isGlobal=True), instance("mm-b", 0, ["db"], purpose="Upgrade")], "mm-b"),
    ],
)
def test_services_that_tell_less_are_understood(
    server: RawServer, plugin_of_server: Plugin, active: list[dict[str, Any]], found: str
) -> None:
    server.script(answer(200, {"companyId": "acme", "activeInstances": active}))
    made = plugin_of_server.create(providers.MaintenanceMode, {**UPGRADE, "routing_keys": ["db"]})
    assert made.id == found
    assert server.requests[0].json == {"type": "RoutingKeys", "names": ["db"], "purpose": "Upgrade"}


def test_times_are_told_as_elsewhere(server: RawServer, plugin_of_server: Plugin) -> None:
    active = [instance("mm-a", 1_500_000_000_999, [], isGlobal=True)]
    server.script(answer(200, {"activeInstances": active}))
    made = plugin_of_server.create(providers.MaintenanceMode, ALL)
    assert made.properties == {**ALL, "started_at": "2017-07-14T02:40:00Z"}
    assert server.requests[0].json == {"type": "RoutingKeys", "names": []}


def test_an_answer_without_the_new_one_is_an_error(server: RawServer, plugin_of_server: Plugin) -> None:
    server.script(answer(200, {"activeInstances": [instance("mm-a", 1, ["db"], purpose="Other")]}))
    with pytest.raises(PluginError) as error:
        plugin_of_server.create(providers.MaintenanceMode, {**UPGRADE, "routing_keys": ["db"]})
    assert str(error.value) == (
        "POST /api-public/v1/maintenancemode/start: unexpected answer: the new maintenance mode is not in it"
    )
