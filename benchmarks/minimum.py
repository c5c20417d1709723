"""The fewest calls with which the API lets each operation be done, for an org of some size, by operation."""

from __future__ import annotations

from benchmarks.reference_org import Size

Calls = dict[str, int]

_V1, _V2 = "/api-public/v1", "/api-public/v2"


def create(size: Size) -> Calls:
    """One write for each object; and the slug of a rotation, which policies need, stands in a list of its team only.

    A batch of users at a time would do with fewer; how many, depends on how many the engine makes at a time.
    """
    return {
        f"POST {_V1}/user": size.users,
        f"POST {_V1}/team": size.teams,
        f"POST {_V1}/team/{{team}}/members": size.memberships,
        f"POST {_V1}/teams/{{team}}/rotations": size.rotations,
        f"GET {_V1}/teams/{{team}}/rotations": min(size.teams, size.rotations),
        f"POST {_V1}/policies": size.policies,
        f"POST {_V1}/org/routing-keys": size.routing_keys,
        f"POST {_V1}/alertRules": size.alert_rules,
        f"POST {_V1}/user/{{user}}/contact-methods/phones": size.phones,
        f"POST {_V1}/overrides": size.overrides,
    }


def refresh(size: Size) -> Calls:
    """A list for each kind, by team or by user where there is none for the org; a policy's steps stand in no list."""
    return {
        f"GET {_V2}/user": 1,
        f"GET {_V1}/team": 1,
        f"GET {_V1}/team/{{team}}/members": size.teams,
        f"GET {_V2}/team/{{team}}/rotations": min(size.teams, size.rotations),
        f"GET {_V1}/policies": 1,
        f"GET {_V1}/policies/{{policy}}": size.policies,
        f"GET {_V1}/org/routing-keys": 1,
        f"GET {_V1}/alertRules": 1,
        f"GET {_V1}/user/{{user}}/contact-methods": min(size.users, size.phones),
        f"GET {_V1}/overrides": 1,
    }


def destroy(size: Size) -> Calls:
    """One deletion for each object but routing keys, which go with their policies; and a look at what names people.

    That is each list once: teams and their rotations (with the team that every org has), the one policy that is
    left, overrides, and the keys that go along.
    """
    return {
        f"DELETE {_V1}/overrides/{{publicId}}": size.overrides,
        f"DELETE {_V1}/user/{{user}}/contact-methods/phones/{{contactId}}": size.phones,
        f"DELETE {_V1}/alertRules/{{ruleId}}": size.alert_rules,
        f"DELETE {_V1}/policies/{{policy}}": size.policies,
        f"DELETE {_V1}/teams/{{team}}/rotations/{{groupId}}": size.rotations,
        f"DELETE {_V1}/team/{{team}}/members/{{user}}": size.memberships,
        f"DELETE {_V1}/team/{{team}}": size.teams,
        f"DELETE {_V1}/user/{{user}}": size.users,
        f"GET {_V1}/org/routing-keys": 1,
        f"GET {_V1}/team": 1,
        f"GET {_V2}/team/{{team}}/rotations": size.teams + 1,
        f"GET {_V1}/policies": 1,
        f"GET {_V1}/policies/{{policy}}": 1,
        f"GET {_V1}/overrides": 1,
    }


def total(calls: Calls) -> int:
    """All of them."""
    return sum(calls.values())
