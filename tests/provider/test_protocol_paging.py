"""Paging policies through the plugin's own protocol."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from pulumi_victorops import providers
from pulumi_victorops.api import Client, Settings
from pulumi_victorops.simulator import Simulator
from tests.provider.conftest import config_of
from tests.provider.plugin import UNKNOWN, Plugin, PluginError

PUSH = {"type": "push"}
EMAIL = {"type": "email"}
NEW_USERS = [(5, [("email", "Default")])]


@pytest.fixture(scope="module")
def plugin(shared: Plugin) -> Plugin:
    return shared


@pytest.fixture
def phone(plugin: Plugin, simulator: Simulator, client: Client) -> int:
    """The contact id of a telephone of the admin's, verified as its owner would do it.

    Made by the plugin, which so forgets the contact methods that it read in the test before.
    """
    inputs = {"username": "admin", "phone": "+44 20 7946 0958", "label": "Mobile"}
    contact_id = plugin.create(providers.ContactPhone, inputs).properties["contact_id"]
    document = simulator.snapshot()
    for contact in document["users"][0]["contacts"]:
        contact["verified"] = True
    requests.put(f"{simulator.url}/_simulator/snapshot", json=document, timeout=10).raise_for_status()
    return int(contact_id)


def step(timeout: int, *rules: dict[str, Any]) -> dict[str, Any]:
    return {"timeout": timeout, "rules": list(rules)}


def policy(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"username": "admin", "steps": list(steps)}


def call(contact_id: int) -> dict[str, Any]:
    return {"type": "phone", "contact_id": contact_id}


def sms(contact_id: int) -> dict[str, Any]:
    return {"type": "sms", "contact_id": contact_id}


def shown(client: Client, username: str = "admin") -> list[tuple[int, list[tuple[str, str]]]]:
    """Each step's minutes, and its rules by type and by the label of what they use."""
    methods = client.contacts.all(username)
    labels = {one.id: one.label for one in (*methods.emails, *methods.phones)}
    return [
        (one.timeout, [(rule.type, labels[rule.contact.id] if rule.contact else "") for rule in one.rules])
        for one in client.paging.steps(username)
    ]


def calls_since(simulator: Simulator, before: int) -> list[str]:
    found = simulator.requests()["requests"][before:]
    return [f"{one['method']} {one['path'].partition('/profile/admin')[2] or one['path']}" for one in found]


def count(simulator: Simulator) -> int:
    return int(simulator.requests()["total"])


def test_a_policy_lives(plugin: Plugin, client: Client, phone: int) -> None:
    wanted = policy(step(1, PUSH, EMAIL), step(10, sms(phone), call(phone)))
    checked = plugin.check(providers.PagingPolicy, {**wanted, "username": "Admin"})
    assert (checked.failures, checked.inputs) == ([], wanted)
    made = plugin.create(providers.PagingPolicy, checked.inputs)
    assert (made.id, made.properties) == ("admin", wanted)
    assert shown(client) == [
        (1, [("email", "Default"), ("push", "")]),
        (10, [("phone", "Mobile"), ("sms", "Mobile")]),
    ]
    read = plugin.read(providers.PagingPolicy, "admin", made.properties)
    assert (read.id, read.properties, read.inputs) == ("admin", wanted, wanted)

    [default] = [one.id for one in client.contacts.emails("admin")]
    looked_up = plugin.read(providers.PagingPolicy, "admin")
    assert looked_up.inputs["steps"][0]["rules"] == [{"type": "email", "contact_id": default}, PUSH]

    new = policy(step(1, PUSH))
    assert plugin.update(providers.PagingPolicy, "admin", made.properties, new) == new
    assert shown(client) == [(1, [("push", "")])]

    plugin.delete(providers.PagingPolicy, "admin", new)
    assert shown(client) == NEW_USERS


@pytest.mark.parametrize(
    ("before", "after", "calls"),
    [
        ([step(5, EMAIL)], [step(5, PUSH)], ["PUT /policies/0"]),
        ([step(5, EMAIL)], [step(5, EMAIL), step(10, PUSH)], ["POST /policies"]),
        ([step(5, PUSH, EMAIL), step(5, PUSH)], [step(5, EMAIL, PUSH), step(1, PUSH)], ["PUT /policies/1"]),
        (
            [step(5, EMAIL), step(10, PUSH), step(15, PUSH, EMAIL)],
            [step(5, EMAIL)],
            ["DELETE /policies/2/1", "DELETE /policies/2/0", "DELETE /policies/1/0"],
        ),
        (
            [step(5, EMAIL), step(10, PUSH), step(15, EMAIL)],
            [step(10, PUSH), step(15, EMAIL)],
            ["PUT /policies/0", "PUT /policies/1", "DELETE /policies/2/0"],
        ),
        (
            [step(5, EMAIL), step(10, PUSH)],
            [step(5, PUSH), step(10, PUSH), step(20, EMAIL), step(60, PUSH)],
            ["PUT /policies/0", "POST /policies", "POST /policies"],
        ),
    ],
)
def test_only_what_differs_is_sent_and_nothing_goes_before_the_new_stands(
    plugin: Plugin,
    simulator: Simulator,
    phone: int,
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    calls: list[str],
) -> None:
    made = plugin.create(providers.PagingPolicy, policy(*before))
    seen = count(simulator)
    changed = plugin.update(providers.PagingPolicy, "admin", made.properties, policy(*after))
    contacts = "GET /api-public/v1/user/admin/contact-methods"
    assert [one for one in calls_since(simulator, seen) if one != contacts] == ["GET /policies", *calls]
    assert plugin.read(providers.PagingPolicy, "admin", changed).inputs == policy(*after)


@pytest.mark.parametrize("fault", ["reset_after", "reset_before"])
def test_an_answer_that_is_lost_takes_no_rule_twice_and_none_too_few(
    fault: str, plugin: Plugin, simulator: Simulator, client: Client, phone: int
) -> None:
    long = policy(step(5, EMAIL), step(10, PUSH, sms(phone)), step(15, call(phone)))
    made = plugin.create(providers.PagingPolicy, long)
    rule = "DELETE /api-public/v1/profile/{username}/policies/{step}/{rule}"
    simulator.put_faults([{"operation": rule, "kind": fault, "times": 1}])
    plugin.delete(providers.PagingPolicy, made.id, made.properties)
    assert shown(client) == NEW_USERS


def test_what_is_there_already_is_taken_over_without_a_write(
    plugin: Plugin, simulator: Simulator, client: Client, phone: int
) -> None:
    seen = count(simulator)
    plugin.create(providers.PagingPolicy, policy(step(5, EMAIL)))
    assert calls_since(simulator, seen) == ["GET /api-public/v1/user/admin/contact-methods", "GET /policies"]
    assert shown(client) == NEW_USERS


def test_what_somebody_changes_by_hand_is_shown(plugin: Plugin, client: Client, phone: int) -> None:
    wanted = policy(step(5, EMAIL), step(10, PUSH))
    made = plugin.create(providers.PagingPolicy, wanted)
    [default] = [one.id for one in client.contacts.emails("admin")]

    def seen() -> Any:
        return plugin.read(providers.PagingPolicy, "admin", made.properties).inputs["steps"]

    client.paging.update_step("admin", 1, timeout=20, rules=[])
    assert seen() == [step(5, EMAIL)], "a last step without rules does nothing"
    client.paging.update_step("admin", 1, timeout=20, rules=client.paging.get_step("admin", 0).rules)
    assert seen() == [step(5, EMAIL), step(20, {"type": "email", "contact_id": default})]
    client.paging.update_step("admin", 0, timeout=1, rules=[])
    assert seen() == [step(1), step(20, {"type": "email", "contact_id": default})]
    plugin.update(providers.PagingPolicy, "admin", {**wanted, "steps": seen()}, wanted)
    assert seen() == [step(5, EMAIL), step(10, PUSH)]


def test_the_default_address_may_be_named_by_its_number_too(plugin: Plugin, client: Client, phone: int) -> None:
    [default] = [one.id for one in client.contacts.emails("admin")]
    assert default is not None
    by_number = policy(step(5, {"type": "email", "contact_id": default}))
    made = plugin.create(providers.PagingPolicy, by_number)
    assert plugin.read(providers.PagingPolicy, "admin", made.properties).inputs == by_number


def test_a_phone_that_is_not_verified_is_refused_in_the_services_words(plugin: Plugin, simulator: Simulator) -> None:
    inputs = {"username": "admin", "phone": "+44 20 7946 0958", "label": "Mobile"}
    made = plugin.create(providers.ContactPhone, inputs)
    with pytest.raises(PluginError) as refused:
        plugin.create(providers.PagingPolicy, policy(step(5, sms(int(made.properties["contact_id"])))))
    assert str(refused.value) == (
        "PUT /api-public/v1/profile/admin/policies/0: 400: The phone +44 20-7946-0958 is not verified"
    )


def test_a_user_without_the_default_address_needs_a_contact_by_number(
    plugin: Plugin, simulator: Simulator, client: Client, phone: int
) -> None:
    made = plugin.create(providers.PagingPolicy, policy(step(5, EMAIL)))
    document = simulator.snapshot()
    document["users"][0]["contacts"][0]["label"] = "Work"
    requests.put(f"{simulator.url}/_simulator/snapshot", json=document, timeout=10).raise_for_status()
    plugin.create(providers.ContactEmail, {"username": "admin", "email": "a@example.com", "label": "Home"})
    with pytest.raises(PluginError) as refused:
        plugin.create(providers.PagingPolicy, policy(step(10, EMAIL)))
    assert str(refused.value) == "admin has no e-mail address labelled 'Default': name one by its contact_id"
    read = plugin.read(providers.PagingPolicy, "admin", made.properties)
    assert [rule["type"] for rule in read.inputs["steps"][0]["rules"]] == ["email"]
    plugin.delete(providers.PagingPolicy, "admin", made.properties)
    assert shown(client) == [(5, [("email", "Work")])], "it's left as it is"


def test_a_policy_goes_with_its_user(plugin: Plugin, client: Client) -> None:
    plugin.create(
        providers.User, {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
    )
    made = plugin.create(providers.PagingPolicy, {"username": "ada", "steps": [step(5, PUSH)]})
    client.users.delete("ada", replacement=None)
    assert plugin.read(providers.PagingPolicy, "ada", made.properties).id == ""
    plugin.delete(providers.PagingPolicy, "ada", made.properties)


def test_a_service_that_keeps_a_step_after_its_last_rule_makes_no_difference() -> None:
    with Simulator(seed="empty", keep_empty_paging_steps=True) as simulator:
        plugin = Plugin(config_of(simulator))
        client = Client(Settings(simulator.api_id, simulator.api_key, simulator.url, rate_limit=None))
        try:
            made = plugin.create(providers.PagingPolicy, policy(step(5, EMAIL), step(10, PUSH), step(15, PUSH)))
            short = plugin.update(providers.PagingPolicy, "admin", made.properties, policy(step(5, EMAIL)))
            assert [len(one.rules) for one in client.paging.steps("admin")] == [1, 0, 0]
            assert plugin.read(providers.PagingPolicy, "admin", short).inputs == policy(step(5, EMAIL))
            seen = count(simulator)
            longer = policy(step(5, EMAIL), step(20, PUSH))
            plugin.update(providers.PagingPolicy, "admin", short, longer)
            assert calls_since(simulator, seen) == ["GET /policies", "PUT /policies/1"]
            assert plugin.read(providers.PagingPolicy, "admin", longer).inputs == longer
        finally:
            client.close()
            plugin.stop()


@pytest.mark.parametrize(
    ("new", "replaces"),
    [
        ({"username": "ada"}, ["username"]),
        ({"username": UNKNOWN}, ["username"]),
        ({"steps": UNKNOWN}, []),
        ({"steps": [UNKNOWN]}, []),
        ({"steps": [{"timeout": UNKNOWN, "rules": UNKNOWN}]}, []),
        ({"steps": [step(5, {"type": "sms", "contact_id": UNKNOWN})]}, []),
        ({"steps": [step(5, {"type": UNKNOWN, "contact_id": 7})]}, []),
        ({"steps": [step(10, EMAIL)]}, []),
    ],
)
def test_what_a_change_replaces(plugin: Plugin, new: dict[str, Any], replaces: list[str]) -> None:
    state = policy({"timeout": 5.0, "rules": [EMAIL]})
    checked = plugin.check(providers.PagingPolicy, {**state, **new}, state)
    assert checked.failures == []
    found = plugin.diff(providers.PagingPolicy, "admin", state, checked.inputs)
    assert (found.changes, found.replaces, found.deletes_first) == (True, replaces, False)


def test_the_order_of_rules_is_no_change_and_that_of_steps_is(plugin: Plugin) -> None:
    state = policy(step(5, PUSH, EMAIL), step(5, PUSH))
    for new, changes in (
        (policy(step(5, EMAIL, PUSH), step(5, PUSH)), False),
        (policy(step(5, PUSH), step(5, PUSH, EMAIL)), True),
    ):
        checked = plugin.check(providers.PagingPolicy, new, state)
        assert plugin.diff(providers.PagingPolicy, "admin", state, checked.inputs).changes is changes
