"""Scheduled overrides and who covers in them: operations E48 to E55.

An override says only that a user is absent. The service makes a row for each policy that pages the user, and in each
row somebody can be put who covers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_victorops.simulator.bodies import Body, Text
from pulumi_victorops.simulator.clock import stamp
from pulumi_victorops.simulator.records_oncall import Instant, Override, Zone
from pulumi_victorops.simulator.refusals import bad_request, not_found, unprocessable
from pulumi_victorops.simulator.roster import policies_paging
from pulumi_victorops.simulator.subjects.links import link

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule
    from pulumi_victorops.simulator.records import Policy


class _OverrideBody(Body):
    username: Text
    timezone: Zone
    start: Instant
    end: Instant


class _CoverBody(Body):
    username: Text
    accept_overlap: bool | None = None


def _find_override(call: Call) -> Override:
    public_id = call.params["publicId"]
    override = call.org.duty.overrides.get(public_id)
    if override is None or override.end <= call.now:  # what is past drops out
        raise not_found(f"No override '{public_id}' found")
    return override


def _find_row(call: Call) -> tuple[Override, Policy]:
    override, slug = _find_override(call), call.params["policySlug"]
    paging = policies_paging(call.org, override.username, call.now)
    policy = next((policy for policy in paging if policy.slug == slug), None)
    if policy is None:
        raise not_found(f"No assignment '{slug}' found in override '{override.public_id}'")
    return override, policy


def _row_json(override: Override, policy: Policy) -> dict[str, Any]:
    cover = override.covers.get(policy.slug)
    row = {
        "_selfUrl": link("overrides", override.public_id, "assignments", policy.slug),
        "team": policy.team_slug,
        "policy": policy.slug,
        "assigned": cover is not None,
    }
    return row if cover is None else row | {"user": cover}


def _rows_json(call: Call, override: Override) -> list[dict[str, Any]]:
    return [_row_json(override, policy) for policy in policies_paging(call.org, override.username, call.now)]


def _override_json(call: Call, override: Override) -> dict[str, Any]:
    user = call.org.users[override.username]
    return {
        "publicId": override.public_id,
        "user": {"username": user.username, "firstName": user.first_name, "lastName": user.last_name},
        "timezone": override.timezone,
        "start": stamp(override.start),
        "end": stamp(override.end),
        "assignments": _rows_json(call, override),
    }


def _wrapped(call: Call, override: Override, name: str = "override") -> dict[str, Any]:
    return {name: _override_json(call, override), "_selfUrl": link("overrides", override.public_id)}


def _list(call: Call) -> dict[str, Any]:
    present = [override for override in call.org.duty.overrides.values() if override.end > call.now]
    return {
        "overrides": [_override_json(call, override) for override in present],
        "_selfUrl": link("overrides"),
    }


def _create(call: Call) -> dict[str, Any]:
    body = call.body(_OverrideBody)
    start, end = body.start.replace(microsecond=0), body.end.replace(microsecond=0)
    if end <= start:
        raise bad_request("end: has to be after start")
    if body.username.lower() not in call.org.users:
        raise unprocessable(f"No user '{body.username}' found")
    override = Override(
        public_id=call.org.new_slug("ovrprd-"),
        username=body.username.lower(),
        timezone=body.timezone,
        start=start,
        end=end,
    )
    call.org.duty.add_override(override)
    return _wrapped(call, override, "schedule" if call.config.schedule_envelope else "override")


def _read(call: Call) -> dict[str, Any]:
    return _wrapped(call, _find_override(call))


def _delete(call: Call) -> dict[str, Any]:
    override = _find_override(call)
    call.org.duty.remove_override(override)
    return _wrapped(call, override)


def _list_rows(call: Call) -> list[dict[str, Any]]:
    return _rows_json(call, _find_override(call))


def _read_row(call: Call) -> dict[str, Any]:
    return _row_json(*_find_row(call))


def _assign(call: Call) -> dict[str, Any]:
    override, policy = _find_row(call)
    body = call.body(_CoverBody)
    cover = call.org.users.get(body.username.lower())
    if cover is None:
        raise unprocessable(f"No user '{body.username}' found")
    if cover.username == override.username:
        raise unprocessable(f"{cover.username} cannot cover their own absence")
    if call.org.duty.absences_between(cover.username, override.start, override.end) and not body.accept_overlap:
        raise unprocessable(f"{cover.username} is absent in that time too; acceptOverlap permits it")
    override.covers[policy.slug] = cover.username
    return _row_json(override, policy)


def _clear(call: Call) -> dict[str, Any]:
    override, policy = _find_row(call)
    override.covers.pop(policy.slug, None)
    return _row_json(override, policy)


_ONE = "/api-public/v1/overrides/{publicId}"
_ROW = f"{_ONE}/assignments/{{policySlug}}"

RULES: dict[str, Rule] = {
    "GET /api-public/v1/overrides": _list,
    "POST /api-public/v1/overrides": _create,
    f"GET {_ONE}": _read,
    f"DELETE {_ONE}": _delete,
    f"GET {_ONE}/assignments": _list_rows,
    f"GET {_ROW}": _read_row,
    f"PUT {_ROW}": _assign,
    f"DELETE {_ROW}": _clear,
}
"""What answers each operation on overrides."""
