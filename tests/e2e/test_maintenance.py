"""Maintenance modes through the real engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pulumi

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from tests.e2e.harness import Stack

_STATE = "GET /api-public/v1/maintenancemode"
_START = "POST /api-public/v1/maintenancemode/start"
_END = "PUT /api-public/v1/maintenancemode/{maintenancemodeid}/end"


def upgrade(some: Mapping[str, Any] = {}, all_: Mapping[str, Any] | None = None) -> Callable[[], None]:
    """Two routing keys that are muted, and the whole org where `all_` is given. The mappings replace arguments."""

    def program() -> None:
        team = vo.Team("platform", name="Platform")
        steps = [vo.Step(timeout=0, entries=[vo.Notify.user("admin")])]
        page = vo.EscalationPolicy("page", team=team.slug, name="Page", steps=steps)
        keys = [vo.RoutingKey(name, routing_key=name, targets=[page.slug]).routing_key for name in ("db", "cache")]
        muted = vo.MaintenanceMode("upgrade", **{"routing_keys": keys, "purpose": "Upgrade", **some})
        pulumi.export("some", muted.id)
        pulumi.export("by", muted.started_by)
        if all_ is not None:
            pulumi.export("all", vo.MaintenanceMode("move", **{"all_routing_keys": True, **all_}).id)

    return program


def active(client: Client) -> dict[str, tuple[str | None, list[str]]]:
    """The purpose and the routing keys of each maintenance mode."""
    return {
        one.instance_id: (one.purpose, sorted(one.targets[0].names))
        for one in client.maintenance.state().active_instances
    }


def test_maintenance_begins_changes_and_ends_with_its_resource(stack: Stack, client: Client) -> None:
    assert stack.preview(upgrade(all_={})).changes == {"create": 7}
    made = stack.must_up(upgrade(all_={}))
    assert (made.changes, made.calls[_START]) == ({"create": 7}, 2)
    some, everything = made.outputs["some"], made.outputs["all"]
    assert active(client) == {some: ("Upgrade", ["cache", "db"]), everything: ("", [])}
    assert made.outputs["by"] == "admin"

    again = stack.must_up(upgrade({"routing_keys": ["CACHE", "db"]}, all_={"purpose": ""}))
    assert (again.changes, again.calls) == ({"same": 7}, {}), "order and case don't matter"
    refreshed = stack.refresh(upgrade(all_={}))
    assert (refreshed.changes, refreshed.calls[_STATE]) == ({"same": 7}, 1)

    # The whole org can't be muted twice, so the old one ends first.
    changed = stack.must_up(upgrade({"routing_keys": ["db"]}, all_={"purpose": "Move"}))
    assert changed.changes == {"replace": 2, "same": 5}
    assert changed.calls == {_START: 2, _END: 2}
    fewer, moving = changed.outputs["some"], changed.outputs["all"]
    assert active(client) == {fewer: ("Upgrade", ["db"]), moving: ("Move", [])}

    client.maintenance.end(fewer)
    assert stack.refresh(upgrade({"routing_keys": ["db"]}, all_={"purpose": "Move"})).changes == {
        "delete": 1,
        "same": 6,
    }
    last = stack.must_up(upgrade({"routing_keys": ["db"]}))
    assert last.changes == {"create": 1, "delete": 1, "same": 5}
    assert active(client) == {last.outputs["some"]: ("Upgrade", ["db"])}

    client.maintenance.end(last.outputs["some"])
    gone = stack.destroy()
    assert not gone.failed, gone.output
    assert active(client) == {}


def test_an_empty_list_never_mutes_the_whole_org(stack: Stack, client: Client) -> None:
    bad = stack.up(lambda: vo.MaintenanceMode("upgrade", routing_keys=[]))
    assert bad.errors == [
        "error: pulumi-python:dynamic/victorops:MaintenanceMode resource 'upgrade': property routing_keys value {[]} "
        "has a problem: must name at least one routing key; to mute the whole org, set all_routing_keys=True and leave "
        "this out"
    ]

    def later() -> None:
        team = vo.Team("platform", name="Platform")
        vo.MaintenanceMode("upgrade", routing_keys=team.slug.apply(lambda _: []))

    bad = stack.up(later)
    assert bad.failed
    assert any("must name at least one routing key" in error for error in bad.errors), bad.output
    assert active(client) == {}
