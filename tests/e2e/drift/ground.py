"""What the drifting resources stand on: people, teams, policies and incidents that no program manages."""

from __future__ import annotations

import re
from typing import Any

import requests

from pulumi_victorops.api import Client
from pulumi_victorops.api.incidents import IncidentTarget
from pulumi_victorops.api.policies import PolicyPayload, PolicyStep
from pulumi_victorops.api.rotations import RotationPayload, ShiftPayload
from pulumi_victorops.api.routing_keys import RoutingKeyPayload
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator

Document = dict[str, Any]

_NEW_YEAR_2026 = 1_767_225_600_000


class Ground:
    """An org with a second one of everything, so that there is something to drift to."""

    def __init__(self, simulator: Simulator, client: Client) -> None:
        self._simulator, self._client = simulator, client
        for name in ("away", "cover", "second-cover"):
            self.person(name)
        self.team, self.other_team = (client.teams.create(TeamPayload(name=name)).slug for name in ("One", "Two"))
        self.rotation, self.other_rotation = (self._rotation_slug(self.rotation_id(name)) for name in ("One", "Two"))
        self.policy, self.other_policy = (self._policy(name) for name in ("One", "Two"))
        self.incident, self.other_incident = (self._incident(name) for name in ("One", "Two"))
        self.other_absence = self.absence()
        self.webhook, self.other_webhook = "wh-one", "wh-two"
        document = simulator.snapshot()
        document["webhooks"] = [
            {"slug": slug, "label": slug, "url": "https://hooks.example.com"}
            for slug in (self.webhook, self.other_webhook)
        ]
        self.put(document)

    def put(self, document: Document) -> None:
        """Make the whole org as a document says."""
        address = f"{self._simulator.url}/_simulator/snapshot"
        answer = requests.put(address, json=document, timeout=10)
        assert answer.ok, answer.text

    def snapshot(self) -> Document:
        """The whole org as one document."""
        return self._simulator.snapshot()

    def person(self, name: str) -> str:
        """A user of their own for what bears a name."""
        username = self.plain(name)
        self._client.users.create(
            UserPayload(username=username, first_name="Ada", last_name="Byron", email=f"{username}@example.com")
        )
        return username

    @staticmethod
    def plain(name: str) -> str:
        """A name as it may be a username."""
        return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")

    def device_of(self, username: str, label: str) -> str:
        """A device of a user, which appears when they use the app, by its `extId`."""
        document = self.snapshot()
        [user] = [one for one in document["users"] if one["username"] == username]
        number = 900_000 + len(document["users"])
        ext_id = f"device-{number}"
        user["devices"].append({"id": number, "ext_id": ext_id, "device_type": "Android", "label": label})
        self.put(document)
        return ext_id

    def contact_id(self, username: str) -> int:
        """The number of a further e-mail address of a user."""
        made = self._client.contacts.add_email(username, label="Further", email="further@example.com")
        assert made.id is not None
        return made.id

    def first_contact_id(self, name: str) -> int:
        """The number of the address that came with the person of a name."""
        [user] = [one for one in self.snapshot()["users"] if one["username"] == self.plain(name)]
        [number] = [one["id"] for one in user["contacts"] if one["label"] == "Default"]
        return int(number)

    def rotation_id(self, label: str) -> str:
        """A rotation with one shift, `primary`, in which `cover` stands first and last, by its id."""
        shift = ShiftPayload(
            label="primary",
            timezone="Europe/London",
            start=_NEW_YEAR_2026,
            duration=7,
            shift_type="std",
            usernames=["cover", "second-cover", "cover"],
        )
        made = self._client.rotations.create(self.team, RotationPayload(label=label, shifts=[shift]))
        return f"{self.team}/{made.group_id}"

    def key(self, name: str) -> str:
        """A routing key."""
        self._client.routing_keys.create(RoutingKeyPayload(routing_key=name, targets=[self.policy]))
        return name

    def absence(self) -> str:
        """An override of `away`, whom both policies page."""
        start, end = "2099-08-03T08:00:00Z", "2099-08-17T08:00:00Z"
        made = self._client.overrides.create(username="away", timezone="Europe/London", start=start, end=end)
        return made.public_id

    def _rotation_slug(self, rotation_id: str) -> str:
        number = int(rotation_id.rpartition("/")[2])
        [slug] = [group.slug for group in self._client.rotations.groups(self.team) if group.group_id == number]
        return slug

    def _policy(self, name: str) -> str:
        entries = [{"executionType": "user", "user": {"username": "away"}}]
        step = PolicyStep.model_validate({"timeout": 0, "entries": entries})
        return self._client.policies.create(PolicyPayload(name=name, team_slug=self.team, steps=[step])).slug

    def _incident(self, summary: str) -> str:
        target = IncidentTarget(type="User", slug="admin")
        made = self._client.incidents.create(username="admin", summary=summary, details="", targets=[target])
        return str(made.incident_number)
