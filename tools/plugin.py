"""The plugin process that the engine would start, driven over its own protocol."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.dynamic import ResourceProvider
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

UNKNOWN = rpc.UNKNOWN
"""What stands on the wire for a value that isn't known yet."""

OWN_CONNECTION = ("grpc.use_local_subchannel_pool", 1)
"""For a process that outlives many servers: a new server at the port of a dead one isn't taken for dead too."""


@dataclass
class Checked:
    """What `check` answers."""

    inputs: dict[str, Any]
    failures: list[tuple[str, str]]


@dataclass
class Diffed:
    """What `diff` answers."""

    changes: bool
    replaces: list[str]
    deletes_first: bool


@dataclass
class Found:
    """What `create` and `read` answer: an empty id where the object is gone."""

    id: str
    properties: dict[str, Any]
    inputs: dict[str, Any]


class PluginError(Exception):
    """What the engine would print after `error:`."""


class Plugin:
    """A running plugin process."""

    def __init__(self, config: Mapping[str, str], *, engine: str | None = None, **environment: str) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("VO_")}
        # A file and no pipe, which would be full before long where nobody reads it.
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - it's read at the end
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pulumi.dynamic", *([engine] if engine else [])],
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**clean, "PULUMI_PROJECT": "test", **environment},
            text=True,
        )
        assert self._process.stdout is not None
        self.connect(int(self._process.stdout.readline()), config)

    def connect(self, port: int, config: Mapping[str, str]) -> None:
        """Begin to talk to a process, and configure it."""
        self._channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=[OWN_CONNECTION])
        self._stub = provider_pb2_grpc.ResourceProviderStub(self._channel)
        self._stub.Configure(provider_pb2.ConfigureRequest(args=_struct(config)), timeout=60)

    def disconnect(self) -> None:
        """Talk no more."""
        self._channel.close()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def stop(self) -> str:
        """End the process and return what it wrote to its error output."""
        self.disconnect()
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            # A process whose coverage is measured has a handler for the signal, which has to run in the main thread.
            # If the system gives the signal to another one, the main thread sleeps on.
            self._process.kill()
        return self._ended()

    def interrupt(self) -> str:
        """Press Ctrl-C, wait for the process to end and return what it wrote to its error output."""
        self._process.send_signal(signal.SIGINT)
        errors = self._ended()
        self._channel.close()
        return errors

    def cancel(self) -> None:
        """What the engine calls when somebody presses Ctrl-C."""
        self._stub.Cancel(empty_pb2.Empty(), timeout=60)

    def kill_now(self) -> None:
        """End the process at once, as `kill -9` does."""
        self._process.kill()

    def kill(self) -> None:
        """The same, and wait until it's over."""
        self.kill_now()
        self._process.wait(timeout=60)

    def check(self, provider: type[ResourceProvider], new: Mapping[str, Any], old: Mapping[str, Any] = {}) -> Checked:
        """What the engine calls at preview and at update."""
        answer = self._call(
            "Check", provider_pb2.CheckRequest(olds=self._bag(provider, old), news=self._bag(provider, new))
        )
        return Checked(_plain(answer.inputs), [(one.property, one.reason) for one in answer.failures])

    def diff(
        self, provider: type[ResourceProvider], object_id: str, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> Diffed:
        """What the engine calls with the state and the checked inputs."""
        answer = self._call(
            "Diff",
            provider_pb2.DiffRequest(
                id=object_id, olds=self._bag(provider, old), news=self._bag(provider, new), urn=_URN
            ),
        )
        assert answer.changes != provider_pb2.DiffResponse.DIFF_UNKNOWN
        return Diffed(
            answer.changes == provider_pb2.DiffResponse.DIFF_SOME, list(answer.replaces), answer.deleteBeforeReplace
        )

    def create(self, provider: type[ResourceProvider], inputs: Mapping[str, Any]) -> Found:
        """Make an object."""
        answer = self._call("Create", provider_pb2.CreateRequest(properties=self._bag(provider, inputs), urn=_URN))
        return Found(answer.id, _plain(answer.properties), {})

    def read(self, provider: type[ResourceProvider], object_id: str, state: Mapping[str, Any] = {}) -> Found:
        """Look at an object."""
        answer = self._call(
            "Read", provider_pb2.ReadRequest(id=object_id, properties=self._bag(provider, state), urn=_URN)
        )
        return Found(answer.id, _plain(answer.properties), _plain(answer.inputs))

    def update(
        self, provider: type[ResourceProvider], object_id: str, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Change an object; returns its properties."""
        answer = self._call(
            "Update",
            provider_pb2.UpdateRequest(
                id=object_id, olds=self._bag(provider, old), news=self._bag(provider, new), urn=_URN
            ),
        )
        return _plain(answer.properties)

    def delete(self, provider: type[ResourceProvider], object_id: str, state: Mapping[str, Any]) -> None:
        """Take an object away."""
        self._call("Delete", provider_pb2.DeleteRequest(id=object_id, properties=self._bag(provider, state), urn=_URN))

    def _ended(self) -> str:
        self._process.communicate(timeout=60)
        if self._errors.closed:
            return ""
        with self._errors as errors:
            errors.seek(0)
            return errors.read()

    def _call(self, name: str, request: Any) -> Any:
        try:
            return getattr(self._stub, name)(request, timeout=180)
        except grpc.RpcError as error:
            raise PluginError(error.details()) from None

    def _bag(self, provider: type[ResourceProvider], values: Mapping[str, Any]) -> Any:
        return _struct({**values, "__provider": serialize_provider(provider())})


_URN = "urn:pulumi:test::test::pulumi-python:dynamic/victorops:Any::any"


def _struct(values: Mapping[str, Any]) -> Any:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(rpc.serialize_properties(dict(values), {}))
    finally:
        loop.close()


def _plain(struct: Any) -> dict[str, Any]:
    """Values as they stand on the wire, without the provider; numbers are floats there."""

    def value_of(value: Any) -> Any:
        kind = value.WhichOneof("kind")
        if kind == "struct_value":
            return {name: value_of(item) for name, item in value.struct_value.fields.items()}
        if kind == "list_value":
            return [value_of(item) for item in value.list_value.values]
        return None if kind == "null_value" else getattr(value, kind)

    return {name: value_of(value) for name, value in struct.fields.items() if name != "__provider"}
