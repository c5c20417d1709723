"""The service behind the HTTP: one org, one clock, one change at a time."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pulumi_victorops.simulator.calls import Call
from pulumi_victorops.simulator.clock import Clock, stamp
from pulumi_victorops.simulator.config import SimulatorConfig, SimulatorError
from pulumi_victorops.simulator.escalation import settle
from pulumi_victorops.simulator.faultplan import Drawn
from pulumi_victorops.simulator.ids import IdSource
from pulumi_victorops.simulator.org import Org, SnapshotError
from pulumi_victorops.simulator.refusals import RefusedError
from pulumi_victorops.simulator.seeds import seeded_org
from pulumi_victorops.simulator.statefile import StateFile
from pulumi_victorops.simulator.subjects import RULES

if TYPE_CHECKING:
    from pulumi_victorops.simulator.routing import Match


class Service:
    """Answers operations and keeps what they change; safe to use from several threads."""

    def __init__(self, config: SimulatorConfig) -> None:
        """Begin with the state file if there is one, else with the seed."""
        self.clock = Clock()
        self.lock = threading.RLock()
        self._config = config
        self._ids = IdSource(config.random_seed)
        self._file = StateFile(config.state) if config.state is not None else None
        try:
            self._org = self._first_org()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the state file."""
        if self._file is not None:
            self._file.close()

    def answer(self, match: Match, query: dict[str, str], body: bytes, drawn: Drawn) -> Any:
        """Do what an operation asks and give the JSON of the answer, or raise `RefusedError`."""
        operation = match.operation or ""
        rule = RULES[operation]
        with self.lock:
            self.catch_up()
            call = Call(
                org=self._org,
                now=self.told(drawn),
                clock=self.clock.now(),
                params=match.params,
                query=query,
                raw_body=body,
                config=self._config,
                rotation_lag=timedelta(milliseconds=self._config.rotation_lag_ms + drawn.rotation_lag_ms),
            )
            answer = rule(call)
            if not operation.startswith("GET "):
                self._save()
            return answer

    def told(self, drawn: Drawn) -> datetime:
        """The time that a call is told, which may be off."""
        return self.clock.now() + timedelta(seconds=drawn.skew_seconds)

    def catch_up(self) -> None:
        """Let happen what has become due since the last call."""
        with self.lock:
            if settle(self._org, self.clock.now()):
                self._save()

    def messages(self) -> list[dict[str, Any]]:
        """List what the service would have sent, and what was sent to it to be read."""
        with self.lock:
            self.catch_up()
            return [message.model_dump() | {"at": stamp(message.at)} for message in self._org.desk.messages]

    def reset(self, seed: str) -> None:
        """Begin again with a seed; the clock stays."""
        with self.lock:
            self._org = seeded_org(seed, self._ids, stamp(self.clock.now()))
            self._save()

    def snapshot(self) -> bytes:
        """Give the whole org as JSON text."""
        with self.lock:
            self.catch_up()
            return self._document()

    def restore(self, raw: bytes) -> None:
        """Put a snapshot in place of the org; one that will not do changes nothing."""
        with self.lock:
            self._org = Org.from_json(raw, self._ids)
            self._save()

    def _first_org(self) -> Org:
        raw = self._file.read() if self._file is not None else None
        if self._file is not None and raw is not None:
            try:
                return Org.from_json(raw, self._ids)
            except SnapshotError as wrong:
                copy = self._file.set_aside(raw)
                raise SimulatorError(
                    f"the state file {self._file.path} is damaged: {wrong}; a copy is kept as {copy.name}"
                ) from None
        org = seeded_org(self._config.seed, self._ids, stamp(self.clock.now()))
        if self._file is not None:
            self._file.write(org.to_snapshot().model_dump_json().encode())
        return org

    def _document(self) -> bytes:
        return self._org.to_snapshot().model_dump_json().encode()

    def _save(self) -> None:
        if self._file is None:
            return
        try:
            self._file.write(self._document())
        except OSError as failure:
            # What could not be kept must not be seen either.
            kept = self._file.read()
            if kept is not None:
                self._org = Org.from_json(kept, self._ids)
            raise RefusedError(500, f"the state could not be saved: {failure.strerror}") from None
