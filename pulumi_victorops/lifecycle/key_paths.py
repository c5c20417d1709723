"""Where routing keys lead while escalation policies are replaced, so that no key is lost with the old policy."""

from __future__ import annotations

import threading
import time

from pulumi_victorops.api.errors import ConflictError
from pulumi_victorops.lifecycle.directory import Directory
from pulumi_victorops.lifecycle.telling import TOLD

# Seconds for which the list of keys is good enough to delete a policy by. Others may lead keys to it meanwhile.
_FRESH = 5.0


class KeyPaths:
    """The keys' targets during one operation: listed when a policy is to be replaced, and then kept up.

    A key is claimed when the stack replaces it or lets it go, which the engine does before it deletes the policy.
    What isn't claimed isn't the stack's, and would be lost in silence.
    """

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._targets: dict[str, set[str]] | None = None
        self._listed_at = 0.0
        self._replaced: set[str] = set()
        self._claimed: set[str] = set()
        self._since: dict[str, float] = {}

    def replacing(self, policy: str) -> list[str]:
        """A policy is to be replaced: the names of the keys that lead to it."""
        with self._lock:
            if self._targets is None:
                self._targets = self._listed()
            self._replaced.add(policy)
            return self._leading_to(policy)

    def is_replaced(self, policy: str) -> bool:
        """Whether this operation replaces the policy."""
        return policy in self._replaced

    def claim(self, routing_key: str) -> None:
        """The stack replaces this key, or takes it away."""
        with self._lock:
            self._claimed.add(routing_key)

    def check_delete(self, *policies: str) -> None:
        """Raise ConflictError where policies that are replaced would take along keys that nobody makes again.

        What depends on a policy is deleted before it, and asks too: so nothing is gone when the policy is refused.
        """
        for policy in policies:
            with self._lock:
                if policy in self._replaced:
                    self._look_again()
                lost = self._leading_to(policy) if policy in self._replaced else []
                lost = [name for name in lost if name not in self._claimed]
            if lost:
                raise ConflictError(
                    f"escalation policy {policy} can't be replaced: it would take along routing keys that lead to it "
                    f"and that this stack doesn't make again, {', '.join(map(repr, lost))}; lead them elsewhere "
                    "first, or bring them into the stack"
                )

    def check_delete_of_key(self, routing_key: str) -> None:
        """The same for the policies to which a key leads."""
        self.check_delete(*sorted((self._targets or {}).get(routing_key, ())))

    def deleted(self, policy: str) -> None:
        """A policy went, and with it the keys that led only there."""
        with self._lock:
            for name in self._leading_to(policy):
                targets = self._targets[name] if self._targets else set()
                targets.discard(policy)
                if not targets and policy in self._replaced:
                    self._since[name] = time.monotonic()

    def led(self, routing_key: str, targets: list[str]) -> None:
        """A key was made or changed, and leads there now."""
        with self._lock:
            if self._targets is not None:
                self._targets[routing_key] = set(targets)
            since = self._since.pop(routing_key, None)
        if since is not None:
            seconds = time.monotonic() - since
            TOLD.warning(
                "routing key %r led nowhere for %.1f s while its escalation policy was replaced", routing_key, seconds
            )

    def without(self, *names: str) -> str:
        """What becomes of alerts while keys aren't made again that went with their policies; empty where none did.

        Args:
            *names: the keys; all of them where none is named.
        """
        with self._lock:
            keys = sorted(name for name in self._since if not names or name in names)
        if not keys:
            return ""
        listed = ", ".join(map(repr, keys))
        return f"until `pulumi up` has made it, alerts with the routing key {listed} go where the default key leads"

    def _look_again(self) -> None:
        """See what others have done to the keys. What is under way with the stack's own is known better here."""
        if time.monotonic() - self._listed_at > _FRESH:
            self._directory.routing_keys_changed()
            own = {name: targets for name, targets in (self._targets or {}).items() if name in self._claimed}
            self._targets = {**self._listed(), **own}

    def _listed(self) -> dict[str, set[str]]:
        now = time.monotonic()
        listed = self._directory.routing_keys().items()
        self._listed_at = now
        return {name: {target.policy_slug for target in key.targets} for name, key in listed}

    def _leading_to(self, policy: str) -> list[str]:
        return sorted(name for name, targets in (self._targets or {}).items() if policy in targets)
