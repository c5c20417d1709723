"""The orgs that a simulator can begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pulumi_victorops.simulator.config import SimulatorError
from pulumi_victorops.simulator.org import Org, SnapshotError
from pulumi_victorops.simulator.records import Device, Entry, Policy, RoutingKey, Step, Team, User, Webhook
from pulumi_victorops.simulator.subjects.users import UserBody, new_user

if TYPE_CHECKING:
    from pulumi_victorops.simulator.ids import IdSource


def seeded_org(seed: str, ids: IdSource, now: str) -> Org:
    """Make the org that a seed describes: `empty`, `demo`, or the snapshot in a file."""
    if seed == "empty":
        return _empty(ids, now)
    if seed == "demo":
        return _demo(ids, now)
    try:
        return Org.from_json(Path(seed).read_bytes(), ids)
    except OSError as failure:
        raise SimulatorError(f"cannot read the seed {seed}: {failure.strerror}") from None
    except SnapshotError as wrong:
        raise SimulatorError(f"the seed {seed} is no snapshot: {wrong}") from None
    except ValueError:
        raise SimulatorError(f"the seed {seed!a} is no path of a file") from None


def _empty(ids: IdSource, now: str) -> Org:
    org = Org("simulated-org", ids)
    admin = _global_admin(org, "admin", "Org", "Admin", "admin@example.com", now)
    _add_default_team(org, "Default Team", admin)
    return org


def _demo(ids: IdSource, now: str) -> Org:
    org = Org("larkspur-freight", ids)
    lead = _global_admin(org, "oncall-lead", "Imke", "Halvorsen", "oncall-lead@larkspur-freight.example", now)
    for device_type, label in (("Android", "Pixel 9"), ("iOS", "iPad in the dispatch office")):
        lead.devices.append(Device(id=org.new_number(), ext_id=org.new_uuid(), device_type=device_type, label=label))
    _add_default_team(org, "Larkspur Freight", lead)
    for label, path in (
        ("Ticket system", "tickets"),
        ("Status page", "status"),
        ("Dispatch board", "dispatch"),
    ):
        slug = org.new_slug("wh-")
        url = f"https://hooks.larkspur-freight.example/{path}"
        org.webhooks[slug] = Webhook(slug=slug, label=label, url=url)
    return org


def _global_admin(org: Org, username: str, first: str, last: str, email: str, now: str) -> User:
    body = UserBody.model_validate({"firstName": first, "lastName": last, "username": username, "email": email})
    user = new_user(org, body, now)
    user.verified = True
    user.global_admin = True
    org.add_user(user)
    return user


def _add_default_team(org: Org, name: str, admin: User) -> None:
    """Add what every org has: a default team, its policy with the team's own slug, the catch-all key."""
    slug = org.new_slug("team-")
    org.add_team(Team(slug=slug, name=name, is_default=True, members={admin.username: True}))
    pages_admin = Step(timeout=0, entries=[Entry(execution_type="user", target=admin.username)])
    org.add_policy(Policy(slug=slug, name="Default Policy", team_slug=slug, steps=[pages_admin]))
    org.add_routing_key(RoutingKey(name=".+", targets=[slug], is_default=True))
