"""The endpoints below `/_simulator/` that look into the simulator and steer it."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, FiniteFloat, model_validator

from pulumi_victorops.simulator.bodies import parse
from pulumi_victorops.simulator.clock import stamp
from pulumi_victorops.simulator.faultplan import FaultPlan
from pulumi_victorops.simulator.faults import parse_faults
from pulumi_victorops.simulator.org import SnapshotError
from pulumi_victorops.simulator.refusals import RefusedError, bad_request, not_found

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_victorops.simulator.recorder import Recorder
    from pulumi_victorops.simulator.service import Service

PREFIX: Final = b"/_simulator/"


class _ControlBody(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class _Reset(_ControlBody):
    seed: Literal["empty", "demo"]


class _ClockSetting(_ControlBody):
    now: AwareDatetime | None = None
    advance_seconds: FiniteFloat | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> _ClockSetting:
        if len(self.model_fields_set) != 1 or (
            "advance_seconds" in self.model_fields_set and self.advance_seconds is None
        ):
            raise ValueError("one of now and advance_seconds is needed")
        return self


class Control:
    """Answers the control endpoints."""

    def __init__(self, service: Service, recorder: Recorder, faults: FaultPlan) -> None:
        """Learn what there is to steer."""
        self._service = service
        self._recorder = recorder
        self._faults = faults
        self._answers: dict[str, dict[str, Callable[[bytes], Any]]] = {
            "health": {"GET": self._health},
            "requests": {"GET": self._requests, "DELETE": self._forget_requests},
            "reset": {"POST": self._reset},
            "snapshot": {"GET": self._snapshot, "PUT": self._restore},
            "clock": {"PUT": self._set_clock},
            "messages": {"GET": self._messages},
            "faults": {"PUT": self._put_faults, "DELETE": self._clear_faults},
        }

    def answer(self, method: str, raw_path: bytes, body: bytes) -> Any:
        """Give the JSON of an answer, or raise `RefusedError`."""
        name = raw_path.removeprefix(PREFIX).decode("ascii", errors="replace")
        by_method = self._answers.get(name)
        if by_method is None:
            raise not_found(f"the simulator has no control named {name!r}")
        if method not in by_method:
            raise RefusedError(405, f"{method} is not for {name}", {"Allow": ", ".join(by_method)})
        return by_method[method](body)

    def _health(self, _body: bytes) -> Any:
        return {"status": "ok", "version": _package_version()}

    def _requests(self, _body: bytes) -> Any:
        return self._recorder.report()

    def _forget_requests(self, _body: bytes) -> Any:
        self._recorder.forget()
        return self._recorder.report()

    def _reset(self, body: bytes) -> Any:
        seed = parse(_Reset, body).seed
        self._service.reset(seed)
        return {"seed": seed}

    def _snapshot(self, _body: bytes) -> Any:
        return json.loads(self._service.snapshot())

    def _restore(self, body: bytes) -> Any:
        try:
            self._service.restore(body)
        except SnapshotError as wrong:
            raise bad_request(str(wrong)) from None
        return {"result": "success"}

    def _messages(self, _body: bytes) -> Any:
        return {"messages": self._service.messages()}

    def _set_clock(self, body: bytes) -> Any:
        setting = parse(_ClockSetting, body)
        clock = self._service.clock
        with self._service.lock:
            # What is due happens before the clock is moved back, and after it is moved forward.
            self._service.catch_up()
            try:
                if setting.now is not None:
                    clock.stop_at(setting.now)
                elif setting.advance_seconds is not None:
                    clock.advance(setting.advance_seconds)
                else:
                    clock.run()
            except OverflowError:
                raise bad_request("the clock goes from 1970 to 8999") from None
            self._service.catch_up()
            return {"now": stamp(clock.now()), "stopped": clock.stopped}

    def _put_faults(self, body: bytes) -> Any:
        faults = parse_faults(body)
        self._faults.put(faults)
        return {"faults": [fault.model_dump() for fault in faults]}

    def _clear_faults(self, _body: bytes) -> Any:
        self._faults.put([])
        return {"faults": []}


def _package_version() -> str:
    try:
        return version("pulumi-victorops")
    except PackageNotFoundError:  # run from a folder, not installed
        return "unknown"
