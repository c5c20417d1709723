"""The part of the page on deletes that is about the command says what the command does."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable

from pulumi_victorops.api.policies import PolicyPayload
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.audit.command import audit as audit_command
from tests.audit.conftest import Audit, Command
from tests.audit.plans import Step, delete, plan, replace
from tests.docs.deletes import REMEDY, Org
from tests.docs.pages import ROOT, code, codes, section, table
from tests.importer.stand_in import StandIn

PAGE = section((ROOT / "docs" / "deletes.md").read_text(encoding="utf-8"), "Plain deletions")


def policy(org: Org, *keys: str) -> str:
    """A policy that pages ada and grace, and the keys that lead there."""
    slug = org.policy("ada", "grace")
    for key in keys:
        org.client.routing_keys.create(RoutingKeyPayload(routing_key=key, targets=[slug]))
    return slug


def rotation(org: Org) -> list[Step]:
    """The deletion of a rotation that a policy of another team pages."""
    org.rotation("ada")
    [group] = org.client.rotations.groups(org.platform)
    entry = {"executionType": "rotation_group", "rotationGroup": {"slug": group.slug}}
    other = {"name": "Other", "team_slug": org.data, "steps": [{"timeout": 0, "entries": [entry]}]}
    org.client.policies.create(PolicyPayload.model_validate(other))
    return [delete("Rotation", f"{org.platform}/{group.group_id}", slug=group.slug)]


def last_member(org: Org) -> list[Step]:
    org.alone()
    return [delete("TeamMembership", f"{org.platform}/ada")]


def cover(org: Org) -> list[Step]:
    org.cover()
    [override] = org.client.overrides.all()
    [row] = [one for one in override.assignments if one.user]
    return [delete("OverrideAssignment", f"{override.public_id}/{row.policy}")]


def team(org: Org) -> list[Step]:
    policy(org, "network")
    return [delete("Team", org.platform)]


def key(org: Org) -> list[Step]:
    policy(org, "database")
    return [delete("RoutingKey", "database")]


def named(org: Org, **outputs: str) -> list[Step]:
    policy(org)
    return [delete("User", "ada", **outputs)]


ROWS: dict[str, Callable[[Org], list[Step]]] = {
    "a user whom a policy names, and nobody takes over": named,
    "a user whom a policy names, and grace takes over": lambda org: named(org, replacement_user="grace"),
    "a user, and the policy that names them": lambda org: [
        delete("User", "ada"),
        delete("EscalationPolicy", policy(org)),
    ],
    "the last member of a team": last_member,
    "a policy, and its key": lambda org: [
        delete("EscalationPolicy", policy(org, "database")),
        delete("RoutingKey", "database"),
    ],
    "a policy to which a key of somebody else leads": lambda org: [delete("EscalationPolicy", policy(org, "network"))],
    "the same, where the policy is replaced": lambda org: [
        replace("EscalationPolicy", policy(org, "network"), {"name": "Page"}, {"name": "Call"})
    ],
    "a team that has more than the plan knows": team,
    "a rotation that a policy pages": rotation,
    "a routing key, and not its policy": key,
    "a cover of somebody who is absent still": cover,
}


def test_each_line_is_what_the_command_prints(audit: Audit, new_org: Callable[[], Org]) -> None:
    printed = {}
    for what, arrange in ROWS.items():
        line = audit(*arrange(new_org())).lines[0]
        line = re.sub(r"\b(team|pol|ovrprd)-[A-Za-z0-9]{16}\b", r"\1-...", line)
        printed[what] = re.sub(r"\(\d{6}\)", "(...)", line).replace(REMEDY, "[remedy]")
    rows = table(PAGE, "what the plan deletes")
    assert {row["what the plan deletes"]: code(row["what is printed"]) for row in rows} == printed


def test_the_options_are_those_of_the_command() -> None:
    names = [f"--{name.removeprefix('as_')}" for name in inspect.signature(audit_command).parameters]
    rows = table(PAGE, "option")
    assert [code(row["option"]) for row in rows] == names


def test_the_members_of_the_document_are_all_named(org: Org, command: Command, stack: StandIn) -> None:
    stack.foresee(plan(delete("User", "ada")))
    document = json.loads(command("--stack", "dev", "--json").text)
    [row] = [row for row in table(PAGE, "option") if row["option"] == "`--json`"]
    assert codes(row["meaning"]) == [*document, *document["outcomes"][0]]
