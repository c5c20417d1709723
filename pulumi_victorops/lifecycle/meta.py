"""What a resource carries beside its inputs: which resource of which program it is, and how it comes to its object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pulumi_victorops.lifecycle.unknown import UNKNOWN
from pulumi_victorops.lifecycle.validation import Failure, shown

IDENTITY: Final = "__identity"
ADOPT: Final = "adopt"
PROFILE: Final = "profile"

_NAMES: Final = (IDENTITY, ADOPT, PROFILE)


@dataclass(frozen=True)
class Meta:
    """How a resource is told from others, and what is asked of its creation.

    Attributes:
        identity: the stack and a digest of the resource's place in its program; None where the program didn't say.
        adopt: whether to take over an object that exists already; None leaves that to the stack's setting.
        profile: the name of the profile that says which org it's in; None for the stack's own.
    """

    identity: str | None = None
    adopt: bool | None = None
    profile: str | None = None

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> Meta:
        """Read it from properties that went through `check`."""
        identity, adopt, profile = (properties.get(name) for name in _NAMES)
        return cls(
            identity if isinstance(identity, str) else None,
            adopt if isinstance(adopt, bool) else None,
            profile if isinstance(profile, str) else None,
        )


def split(properties: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a resource carries beside its inputs, and its inputs."""
    beside = {name: properties[name] for name in _NAMES if properties.get(name) is not None}
    return beside, {name: value for name, value in properties.items() if name not in _NAMES}


def failures_in(beside: Mapping[str, Any]) -> list[Failure]:
    """What is wrong with what a program says beside the inputs."""
    wrong = []
    adopt, profile = beside.get(ADOPT), beside.get(PROFILE)
    if adopt is not None and adopt is not UNKNOWN and not isinstance(adopt, bool):
        wrong.append(Failure(ADOPT, f"expected True or False, got {shown(adopt)}"))
    if profile is not None and not isinstance(profile, str):
        wrong.append(Failure(PROFILE, f"expected the name of a profile as plain text, got {shown(profile)}"))
    return wrong
