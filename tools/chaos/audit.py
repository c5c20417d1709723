"""Whether an org is what a program says: compared by names, with none of the product's own code."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tools.chaos.makers import value_of
from tools.chaos.programs import Program

Facts = Counter[str]
"""What an org has, each object as text by which people tell it from others."""

Findings = dict[str, list[str]]
"""`duplicate`, `lost`, `orphan` and `dangling`, with the facts."""

_DEFAULT_STEPS = [[5, [["email", "Default"]]]]


def compare(program: Program, snapshot: Any, seed: Any) -> Findings:
    """What is wrong with an org that was `seed` at first, and should have what the program says beside that."""
    wanted = _said_by(program)
    has = _told_by(snapshot)
    has.subtract(_told_by(seed))
    surplus = {fact: count - wanted[fact] for fact, count in has.items() if count > wanted[fact]}
    return {
        "duplicate": [fact for fact in surplus if wanted[fact] or has[fact] > 1],
        "lost": [fact for fact in {**wanted, **has} if has[fact] < wanted[fact]],
        "orphan": [fact for fact in surplus if not wanted[fact]],
        "dangling": list(_dangling(snapshot)),
    }


def _fact(kind: str, *parts: Any) -> str:
    return f"{kind} {json.dumps(parts, ensure_ascii=False)}"


def _said_by(program: Program) -> Facts:
    facts: Facts = Counter()
    paging = {
        value_of(program, one["inputs"]["username"]): one for one in program.values() if one["kind"] == "PagingPolicy"
    }
    for resource in program.values():
        facts.update(_Said(program, resource["inputs"]).facts(resource["kind"]))
        if resource["kind"] == "User" and resource["inputs"]["username"] not in paging:
            facts[_fact("paging", resource["inputs"]["username"], _DEFAULT_STEPS)] += 1
    return facts


class _Said:
    def __init__(self, program: Program, inputs: dict[str, Any]) -> None:
        self._program = program
        self._inputs = inputs

    def facts(self, kind: str) -> list[str]:
        find = getattr(self, f"_{kind.lower()}", None)
        return [find()] if find else []

    def _get(self, name: str) -> Any:
        return value_of(self._program, self._inputs.get(name))

    def _name_at(self, value: Any, name: str) -> Any:
        """A property of the resource that a reference is to."""
        return value_of(self._program, self._program[value["of"]]["inputs"][name])

    def _user(self) -> str:
        return _fact("user", *(self._get(name) for name in ("username", "first_name", "last_name", "email")))

    def _team(self) -> str:
        return _fact("team", self._get("name"), self._get("description"))

    def _teammembership(self) -> str:
        return _fact("member", self._name_at(self._inputs["team"], "name"), self._get("username"))

    def _rotation(self) -> str:
        [shift] = self._inputs["shifts"]
        members = [value_of(self._program, one) for one in shift["usernames"]]
        team = self._name_at(self._inputs["team"], "name")
        return _fact("rotation", team, self._get("label"), shift["label"], shift["handoff_days"], members)

    def _escalationpolicy(self) -> str:
        steps = [[step["timeout"], sorted(map(self._entry, step["entries"]))] for step in self._inputs["steps"]]
        return _fact("policy", self._name_at(self._inputs["team"], "name"), self._get("name"), steps)

    def _entry(self, entry: dict[str, Any]) -> list[str]:
        match entry["type"]:
            case "rotation_group":
                return [entry["type"], self._name_at(entry["rotation_group"], "label")]
            case "policy_routing":
                return [entry["type"], self._name_at(entry["target_policy"], "name")]
            case "user":
                return ["user", value_of(self._program, entry["username"])]
        return ["email", entry["email"]]

    def _routingkey(self) -> str:
        targets = sorted(self._name_at(target, "name") for target in self._inputs["targets"])
        return _fact("key", self._get("routing_key"), targets)

    def _alertrule(self) -> str:
        note = self._inputs["annotations"][0]
        flags = self._inputs.get("stop_flag", False), self._inputs.get("notes", ""), self._get("route_key") or ""
        return _fact("rule", self._get("alert_value_match"), *flags, note["field_name"], note["field_value"])

    def _contactemail(self) -> str:
        return _fact("email", self._get("username"), self._get("label"), self._get("email"))

    def _contactphone(self) -> str:
        return _fact("phone", self._get("username"), self._get("label"), self._get("phone").lstrip("+"))

    def _pagingpolicy(self) -> str:
        return _fact(
            "paging",
            self._get("username"),
            [[step["timeout"], sorted(map(self._rule, step["rules"]))] for step in self._inputs["steps"]],
        )

    def _rule(self, rule: dict[str, Any]) -> list[str]:
        if rule["type"] == "push":
            return ["push", ""]
        return [rule["type"], self._name_at(rule["contact_id"], "label") if "contact_id" in rule else "Default"]

    def _override(self) -> str:
        return _fact("override", self._get("username"), self._get("start"), self._get("end"))

    def _overrideassignment(self) -> str:
        policy = self._name_at(self._inputs["policy"], "name")
        away = self._inputs["override"]
        return _fact("cover", *(self._name_at(away, one) for one in ("username", "end")), policy, self._get("username"))

    def _maintenancemode(self) -> str:
        keys = sorted(value_of(self._program, key).lower() for key in self._inputs["routing_keys"])
        return _fact("maintenance", keys, self._get("purpose"))

    def _incidentnote(self) -> str:
        return _fact("note", self._get("incident"), *(self._get(one) for one in ("name", "display_name", "json_value")))


def _told_by(snapshot: Any) -> Facts:
    teams = {team["slug"]: team["name"] for team in snapshot["teams"]}
    policies = {policy["slug"]: policy["name"] for policy in snapshot["policies"]}
    labels = {rotation["slug"]: rotation["label"] for rotation in snapshot["rotations"]}
    facts: Facts = Counter()
    for user in snapshot["users"]:
        facts.update(_of_user(user))
    for team in snapshot["teams"]:
        facts[_fact("team", team["name"], team["description"])] += 1
        facts.update(_fact("member", team["name"], member) for member in team["members"])
    for one in snapshot["rotations"]:
        for shift in one["shifts"]:
            members = [member["username"] for member in shift["members"]]
            team = teams.get(one["team_slug"])
            facts[_fact("rotation", team, one["label"], shift["label"], shift["duration"], members)] += 1
    named = {"rotation_group": labels, "policy_routing": policies}
    for policy in snapshot["policies"]:
        steps = [
            [
                step["timeout"],
                sorted(
                    [kind, named[kind].get(entry["target"], "?") if kind in named else entry["target"]]
                    for entry in step["entries"]
                    for kind in [entry["execution_type"]]
                ),
            ]
            for step in policy["steps"]
        ]
        facts[_fact("policy", teams.get(policy["team_slug"]), policy["name"], steps)] += 1
    for key in snapshot["routing_keys"]:
        facts[_fact("key", key["name"], sorted(policies.get(slug, "?") for slug in key["targets"]))] += 1
    for one in snapshot["overrides"]:
        end = _moment(one["end"])
        facts[_fact("override", one["username"], _moment(one["start"]), end)] += 1
        covers = one["covers"].items()
        facts.update(_fact("cover", one["username"], end, policies.get(slug, "?"), cover) for slug, cover in covers)
    facts.update(_of_alerting(snapshot))
    return facts


def _of_user(user: Any) -> Iterator[str]:
    yield _fact("user", user["username"], user["first_name"], user["last_name"], user["email"])
    labels = {contact["id"]: contact["label"] for contact in user["contacts"]}
    for contact in user["contacts"]:
        value = contact["value"]
        if contact["kind"] == "phone":
            value = re.sub(r"[^0-9]", "", value)
        if contact["label"] != "Default":
            yield _fact(contact["kind"], user["username"], contact["label"], value)
    steps = [
        [step["timeout"], sorted([rule["type"], labels.get(rule["contact_id"], "")] for rule in step["rules"])]
        for step in user["paging_steps"]
    ]
    yield _fact("paging", user["username"], steps)


def _of_alerting(snapshot: Any) -> Iterator[str]:
    for rule in snapshot["alert_rules"]:
        notes = [part for one in rule["annotations"] for part in (one["field"], one["value"])]
        flags = rule["stop"], rule["notes"] or "", rule["route_key"] or ""
        yield _fact("rule", rule["alert_value_match"], *flags, *notes)
    for one in snapshot["maintenance_modes"]:
        yield _fact("maintenance", sorted(name.lower() for name in one["names"]), one["purpose"])
    for incident in snapshot["incidents"]:
        for note in incident["notes"]:
            yield _fact("note", str(incident["number"]), note["name"], note["display_name"], note["json_value"])


def _dangling(snapshot: Any) -> Iterator[str]:
    """Whatever is named somewhere and isn't in the org."""
    users = {user["username"] for user in snapshot["users"]}
    teams = {team["slug"] for team in snapshot["teams"]}
    policies = {policy["slug"] for policy in snapshot["policies"]}
    rotations = {rotation["slug"] for rotation in snapshot["rotations"]}
    known = {"user": users, "rotation_group": rotations, "policy_routing": policies}
    for team in snapshot["teams"]:
        yield from (f"{team['name']} has the member {name}" for name in team["members"] if name not in users)
    for policy in snapshot["policies"]:
        if policy["team_slug"] not in teams:
            yield f"policy {policy['name']} is of the team {policy['team_slug']}"
        for entry in (entry for step in policy["steps"] for entry in step["entries"]):
            if entry["target"] not in known.get(entry["execution_type"], {entry["target"]}):
                yield f"policy {policy['name']} pages {entry['target']}"
    for key in snapshot["routing_keys"]:
        yield from (f"key {key['name']} leads to {slug}" for slug in key["targets"] if slug not in policies)
        if not key["targets"]:
            yield f"key {key['name']} leads nowhere"
    for rotation in snapshot["rotations"]:
        if rotation["team_slug"] not in teams:
            yield f"rotation {rotation['label']} is of the team {rotation['team_slug']}"
        for member in (member for shift in rotation["shifts"] for member in shift["members"]):
            if member["username"] not in users:
                yield f"rotation {rotation['label']} has the member {member['username']}"
    for override in snapshot["overrides"]:
        named = [override["username"], *override["covers"].values()]
        yield from (f"an override names {name}" for name in named if name not in users)
        yield from (f"an override covers in {slug}" for slug in override["covers"] if slug not in policies)
    for user in snapshot["users"]:
        contacts = {0, *(contact["id"] for contact in user["contacts"])}
        rules = [rule for step in user["paging_steps"] for rule in step["rules"]]
        if any(rule["contact_id"] not in contacts for rule in rules):
            yield f"the paging of {user['username']} names a contact that is gone"


def _moment(stamp: str) -> str:
    return re.sub(r"(\.0+)?(Z|\+00:00)$", "Z", stamp)
