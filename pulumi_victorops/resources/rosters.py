"""The teams' members that a program has described so far: what pages a team's people has to go before they do.

The service refuses to remove somebody whom a policy or rotation still names, and the engine deletes side by side what
doesn't depend on one another. So policies and rotations depend on the memberships of their team.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import pulumi
from pulumi.runtime import get_root_resource

# By the stack's own resource, since one process may run several programs, one after another or at once.
_rosters: WeakKeyDictionary[pulumi.Resource, list[tuple[Any, pulumi.Resource]]] = WeakKeyDictionary()


def joins(team: pulumi.Input[str], membership: pulumi.Resource) -> None:
    """Note that the program describes a membership of a team."""
    program = get_root_resource()
    if program is not None:
        _rosters.setdefault(program, []).append((team, membership))


def after_members(team: pulumi.Input[str], opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions | None:
    """The options with a dependency on each membership of the team that the program has described before."""
    program = get_root_resource()
    roster = _rosters.get(program, []) if program is not None else []
    members = [membership for other, membership in roster if _same(other, team)]
    return pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=members)) if members else opts


def _same(one: pulumi.Input[str], other: pulumi.Input[str]) -> bool:
    """Whether two inputs are the same text or the same output; outputs can't be compared."""
    return one is other or (isinstance(one, str) and isinstance(other, str) and one == other)
