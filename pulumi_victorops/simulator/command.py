"""The command `pulumi-victorops simulate`."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from pulumi_victorops.simulator.config import (
    DEFAULT_API_ID,
    DEFAULT_API_KEY,
    DEFAULT_INTEGRATION_KEY,
    SimulatorConfig,
    SimulatorError,
)
from pulumi_victorops.simulator.server import Simulator


def simulate(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 picks a free one.")] = 8787,
    api_id: Annotated[str, typer.Option(help="API id that callers have to send.")] = DEFAULT_API_ID,
    api_key: Annotated[str, typer.Option(help="API key that callers have to send.")] = DEFAULT_API_KEY,
    read_only_key: Annotated[str | None, typer.Option(help="A further key, which may only read.")] = None,
    seed: Annotated[
        str | None, typer.Option(help="empty, demo or the file of a snapshot.", show_default="demo")
    ] = None,
    state: Annotated[
        Path | None, typer.Option(help="File that keeps the org; if it exists, it wins over the seed.")
    ] = None,
    rate_limit: Annotated[str, typer.Option(help="Calls per key: 2/s, 60/m, 1000/h or off.")] = "off",
    rate_limit_status: Annotated[int, typer.Option(help="Answer to too many calls: 429 or 403.")] = 429,
    latency: Annotated[int, typer.Option(help="Milliseconds that each call takes longer.")] = 0,
    random_seed: Annotated[
        int | None, typer.Option(help="Makes ids and faults repeat themselves.", show_default="random")
    ] = None,
    max_users: Annotated[int | None, typer.Option(help="How many users the org may have.")] = None,
    max_teams: Annotated[int | None, typer.Option(help="How many teams the org may have.")] = None,
    max_maintenance: Annotated[
        int | None, typer.Option(help="How many maintenance modes may be active; more is 420.")
    ] = None,
    integration_key: Annotated[
        str, typer.Option(help="Key in the address that alerts are sent to.")
    ] = DEFAULT_INTEGRATION_KEY,
    verified_phones: Annotated[
        bool, typer.Option("--verified-phones", help="Let new phones be verified, so that they can be paged.")
    ] = False,
    keep_empty_paging_steps: Annotated[
        bool, typer.Option("--keep-empty-paging-steps", help="Keep a paging step whose last rule is deleted.")
    ] = False,
    routing_key_alias: Annotated[
        bool, typer.Option("--routing-key-alias", help="Take an alert rule's scope from routingKey too.")
    ] = False,
    rotation_lag: Annotated[int, typer.Option(help="Milliseconds for which lists lack a new rotation.")] = 0,
    joda_dates_only: Annotated[
        bool, typer.Option("--joda-dates-only", help="Refuse a rotation's start that is a number.")
    ] = False,
    drop_used_rotations: Annotated[
        bool, typer.Option("--drop-used-rotations", help="Let a rotation be deleted that a policy pages.")
    ] = False,
    schedule_envelope: Annotated[
        bool, typer.Option("--schedule-envelope", help="Answer a new override under schedule, not override.")
    ] = False,
    extended_api: Annotated[
        bool, typer.Option("--extended-api", help="Let policies and routing keys be changed, and keys deleted.")
    ] = False,
    plain_gateway_errors: Annotated[
        bool, typer.Option("--plain-gateway-errors", help="Answer 401, 403 and 429 in plain text.")
    ] = False,
    allow_remote: Annotated[bool, typer.Option("--allow-remote", help="Permit a host that others can reach.")] = False,
) -> None:
    """Run a simulated VictorOps service on this machine until it is interrupted."""
    try:
        config = SimulatorConfig(
            host=host,
            port=port,
            api_id=api_id,
            api_key=api_key,
            read_only_key=read_only_key,
            seed=seed or "demo",
            state=state,
            rate_limit=rate_limit,
            rate_limit_status=rate_limit_status,
            latency_ms=latency,
            random_seed=random_seed,
            max_users=max_users,
            max_teams=max_teams,
            max_maintenance=max_maintenance,
            integration_key=integration_key,
            verified_phones=verified_phones,
            keep_empty_paging_steps=keep_empty_paging_steps,
            routing_key_alias=routing_key_alias,
            rotation_lag_ms=rotation_lag,
            joda_dates_only=joda_dates_only,
            drop_used_rotations=drop_used_rotations,
            schedule_envelope=schedule_envelope,
            extended_api=extended_api,
            plain_gateway_errors=plain_gateway_errors,
            allow_remote=allow_remote,
        )
    except ValueError as wrong:
        _fail(str(wrong), 2)
    if seed is not None and state is not None and state.exists():
        typer.echo(f"the state file {state} exists, so the seed {seed} is not used", err=True)
    _run_until_signal(Simulator(config))


def _run_until_signal(simulator: Simulator) -> None:
    finished = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: finished.set())
    try:
        simulator.start()
    except SimulatorError as failure:
        _fail(str(failure), 1)
    typer.echo(f"VictorOps simulator ready on {simulator.url} (API id {simulator.api_id}, Ctrl+C ends it)")
    # In slices, since not every system lets a signal interrupt a wait without end.
    while not finished.wait(1.0):
        pass
    simulator.stop()


def _fail(text: str, code: int) -> None:
    typer.echo(f"pulumi-victorops: {text}", err=True)
    raise typer.Exit(code)
