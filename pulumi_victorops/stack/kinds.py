"""The kinds of resources, as a command needs them, and the spellings in which people name them."""

from __future__ import annotations

import difflib
import importlib
import inspect
import re
from dataclasses import dataclass, field
from typing import Any

from pulumi_victorops import providers
from pulumi_victorops.lifecycle.dynamic import Provider
from pulumi_victorops.lifecycle.handler import Handler
from pulumi_victorops.lifecycle.inputs import Inputs
from pulumi_victorops.resources.alert_rule import AlertRule
from pulumi_victorops.resources.base import VictorOpsResource
from pulumi_victorops.resources.contact_device import ContactDevice
from pulumi_victorops.resources.contact_email import ContactEmail
from pulumi_victorops.resources.contact_phone import ContactPhone
from pulumi_victorops.resources.escalation_policy import EscalationPolicy
from pulumi_victorops.resources.incident_note import IncidentNote
from pulumi_victorops.resources.maintenance_mode import MaintenanceMode
from pulumi_victorops.resources.override import Override
from pulumi_victorops.resources.override_assignment import OverrideAssignment
from pulumi_victorops.resources.paging_policy import PagingPolicy
from pulumi_victorops.resources.rotation import Rotation
from pulumi_victorops.resources.rotation_shift_assignment import RotationShiftAssignment
from pulumi_victorops.resources.routing_key import RoutingKey
from pulumi_victorops.resources.team import Team
from pulumi_victorops.resources.team_membership import TeamMembership
from pulumi_victorops.resources.user import User
from pulumi_victorops.stack.errors import MisuseError

# What an id of each kind is made of. The order is that in which a program would make them.
_ID_FORMS: dict[type[VictorOpsResource], str] = {
    Team: "team-...",
    User: "username",
    ContactEmail: "username/email/extId",
    ContactPhone: "username/phone/extId",
    ContactDevice: "username/device/extId",
    PagingPolicy: "username",
    TeamMembership: "team/username",
    Rotation: "team/groupId",
    RotationShiftAssignment: "team/groupId/shiftId",
    EscalationPolicy: "pol-...",
    RoutingKey: "routing key",
    AlertRule: "number",
    Override: "ovrprd-...",
    OverrideAssignment: "override/policy",
    MaintenanceMode: "instance id",
    IncidentNote: "incident/name",
}
_NO_PARAMETERS = {"self", "resource_name", "opts"}


@dataclass(frozen=True)
class Kind:
    """A kind of resource.

    Attributes:
        name: the name of its class.
        id_form: what its ids are made of.
        parameters: the properties that a program can give, and whether it has to.
    """

    name: str
    id_form: str
    parameters: dict[str, bool] = field(hash=False)

    @property
    def type_token(self) -> str:
        """The engine's name of it."""
        return f"pulumi-python:dynamic/victorops:{self.name}"

    @property
    def spelling(self) -> str:
        """The name as a command line has it, such as `routing-key`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", self.name).lower()

    @property
    def model(self) -> type[Inputs]:
        """Its inputs, by which two descriptions of an object are compared."""
        return self.handler().model

    def handler(self) -> Handler[Any]:
        """What it does to the service."""
        module, _, name = getattr(providers, self.name).handler.partition(":")
        made: Handler[Any] = getattr(importlib.import_module(module), name)()
        return made

    def provider(self) -> Provider:
        """A provider of this kind, not configured yet."""
        made: Provider = getattr(providers, self.name)()
        return made


def _kind(resource: type[VictorOpsResource], id_form: str) -> Kind:
    signature = inspect.signature(resource.__init__).parameters
    parameters = {
        name: one.default is inspect.Parameter.empty for name, one in signature.items() if name not in _NO_PARAMETERS
    }
    return Kind(resource.__name__, id_form, parameters)


KINDS = {resource.__name__: _kind(resource, id_form) for resource, id_form in _ID_FORMS.items()}
"""All kinds by name, in the order in which a program would make them."""


def kind_called(text: str) -> Kind:
    """The kind that somebody means: `routing_key`, `routing-key`, `RoutingKey`, or the engine's name of it.

    Raises:
        MisuseError: there is none; the message names the nearest.
    """
    plain = {_plain(name): kind for name, kind in KINDS.items()}
    found = plain.get(_plain(re.split(r"[:./]", text)[-1]))
    if found:
        return found
    close = difflib.get_close_matches(_plain(text), plain, n=1)
    spellings = ", ".join(sorted(kind.spelling for kind in KINDS.values()))
    hint = f"did you mean {plain[close[0]].spelling!r}?" if close else f"there are {spellings}"
    raise MisuseError(f"there is no kind {text!r}: {hint}")


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
