"""Users who are made at the same time are made by one call, and each learns what became of them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pulumi_victorops import providers
from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.api.raw_server import Exchange, RawServer, answer
from tests.provider.plugin import Found, Plugin, PluginError

BATCH = "POST /api-public/v1/user/batch"
SINGLE = "POST /api-public/v1/user"
LIST = "GET /api-public/v2/user"


def create_at_once(plugin: Plugin, *people: dict[str, object]) -> list[Found | str]:
    def one(inputs: dict[str, object]) -> Found | str:
        try:
            return plugin.create(providers.User, inputs)
        except PluginError as error:
            return str(error)

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(one, people))


def calls_since(simulator: Simulator, before: dict[str, int]) -> dict[str, int]:
    after: dict[str, int] = simulator.requests()["by_operation"]
    return {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)}


def person(name: str, **more: object) -> dict[str, object]:
    return {"username": name, "first_name": name.title(), "last_name": "L", "email": f"{name}@example.com", **more}


def test_four_at_once_take_two_calls(plugin: Plugin, client: Client, simulator: Simulator) -> None:
    before = simulator.requests()["by_operation"]
    made = create_at_once(plugin, person("ada"), person("bob"), person("cid"), person("dot", expiration_hours=48))
    assert calls_since(simulator, before) == {BATCH: 1, LIST: 1}
    assert [one.id for one in made if isinstance(one, Found)] == ["ada", "bob", "cid", "dot"]
    times = {user.username: user.created_at for user in client.users.all()}
    assert [one.properties["created_at"] for one in made if isinstance(one, Found)] == [
        times[name] for name in ("ada", "bob", "cid", "dot")
    ]


@pytest.mark.parametrize("people", [["ada"], ["ada", "bob"]])
def test_one_or_two_are_made_one_by_one(plugin: Plugin, simulator: Simulator, people: list[str]) -> None:
    before = simulator.requests()["by_operation"]
    create_at_once(plugin, *map(person, people))
    assert calls_since(simulator, before) == {SINGLE: len(people)}


def test_each_gets_an_error_of_its_own(plugin: Plugin, client: Client) -> None:
    plugin.create(providers.User, person("ada"))
    answers = create_at_once(
        plugin, person("ada"), person("bob"), person("cid", email="ada@example.com"), person("dot")
    )
    assert [answer if isinstance(answer, str) else answer.id for answer in answers] == [
        f"{BATCH}: User name ada is unavailable; take User ada over with adopt=True or victorops:adopt: "
        "exact, or bring it into the stack: pulumi-victorops import User ada NAME",
        "bob",
        f"{BATCH}: Email ada@example.com is unavailable",
        "dot",
    ]
    assert sorted(user.username for user in client.users.all()) == ["ada", "admin", "bob", "dot"]


def test_who_waits_for_a_batch_leaves_room_for_others(server: RawServer, plugin_of_server: Plugin) -> None:
    """The plugin serves four calls at a time, and a batch is to be of more than four."""
    released = threading.Event()

    def held(exchange: Exchange) -> bool:
        released.wait(20)
        released.set()
        return answer(422, {"error": "no"})(exchange)

    server.script(held)
    with ThreadPoolExecutor(1) as pool:
        try:
            made = pool.submit(create_at_once, plugin_of_server, *map(person, ("ada", "bob", "cid", "dot")))
            server.wait_for_requests(1)
            assert plugin_of_server.check(providers.User, person("eve")).failures == []
            assert not released.is_set()
            released.set()
            made.result()
        finally:
            released.set()


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "reset_after"},
        {"kind": "reset_before"},
        {"kind": "html", "status": 502, "after_effect": True},
        {"kind": "truncate"},
        {"kind": "status", "status": 404, "body": {"error": "no such call"}},
        {"kind": "status", "status": 400, "body": {"error": "one of them is wrong"}},
        {"kind": "rate_limit", "retry_after": 0},
    ],
    ids=lambda fault: str(fault.get("status", "")) + fault["kind"],
)
def test_whatever_becomes_of_the_answer_each_is_made_once(
    plugin: Plugin, client: Client, simulator: Simulator, fault: dict[str, object]
) -> None:
    simulator.put_faults([{"operation": BATCH, "times": 1, **fault}])
    made = create_at_once(plugin, *map(person, ("ada", "bob", "cid", "dot")))
    assert [one.id for one in made if isinstance(one, Found)] == ["ada", "bob", "cid", "dot"]
    assert sorted(user.username for user in client.users.all()) == ["ada", "admin", "bob", "cid", "dot"]
