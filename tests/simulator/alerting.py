"""What tests of alerts and incidents have in common."""

from __future__ import annotations

from typing import Any

from tests.simulator.conftest import Caller, page_user

INCIDENTS = "/api-public/v1/incidents"


def send(call: Caller, message_type: str, entity_id: str = "db-1/disk", key: str = "database", **fields: Any) -> str:
    """Send an alert without any header, as a monitoring tool does, and give the entity."""
    body = {"message_type": message_type, "entity_id": entity_id, **fields}
    answer = call.ok("POST", f"/integrations/generic/demo-integration/alert/{key}", body)
    assert answer["result"] == "success"
    entity: str = answer["entity_id"]
    return entity


def critical(call: Caller, entity_id: str = "db-1/disk", key: str = "database", **fields: Any) -> dict[str, Any]:
    """Open an incident, or let an alert join it, and give the incident."""
    entity = send(call, "CRITICAL", entity_id, key, **fields)
    found: dict[str, Any] = [each for each in incidents(call) if each["entityId"] == entity][-1]
    return found


def incidents(call: Caller) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = call.ok("GET", INCIDENTS)["incidents"]
    return listed


def incident(call: Caller, number: str = "1") -> dict[str, Any]:
    found: dict[str, Any] = call.ok("GET", f"{INCIDENTS}/{number}")
    return found


def advance(call: Caller, minutes: float) -> None:
    call.ok("PUT", "/_simulator/clock", {"advance_seconds": minutes * 60})


def messages(call: Caller) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = call.ok("GET", "/_simulator/messages")["messages"]
    return listed


def pages(call: Caller) -> list[tuple[str, str, str]]:
    """Who was reached: the time of the day, the user, the way."""
    return [(each["at"][11:16], each["username"], each["kind"]) for each in messages(call) if each["username"]]


def database_key(call: Caller) -> str:
    """Let the routing key `database` page Ada at once and Grace after 15 minutes; give the policy."""
    call.user("ada")
    call.user("grace")
    team = call.team("Platform", "ada", "grace")
    steps = [
        {"timeout": 0, "entries": [page_user("ada")]},
        {"timeout": 15, "entries": [page_user("grace")]},
    ]
    return routed(call, team, steps, "database")


def routed(call: Caller, team: str, steps: list[dict[str, Any]], key: str | None = None) -> str:
    """Make a policy, and a routing key that leads to it."""
    body = {"name": f"Page {key}", "teamSlug": team, "steps": steps}
    slug: str = call.ok("POST", "/api-public/v1/policies", body)["slug"]
    if key is not None:
        call.ok("POST", "/api-public/v1/org/routing-keys", {"routingKey": key, "targets": [slug]})
    return slug
