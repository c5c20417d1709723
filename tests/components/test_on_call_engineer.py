"""An engineer through the real engine: what is made, what changes and what is left."""

from __future__ import annotations

from typing import Any

import requests

from pulumi_victorops.api import Client
from pulumi_victorops.simulator import Simulator
from tests.components.programs import one_engineer
from tests.e2e.harness import Stack

CONTACTS: dict[str, Any] = {"phones": {"Mobile": "+44 20 7946 0958"}, "emails": {"Home": "ada@home.example.com"}}


def paging(client: Client) -> list[tuple[int, list[tuple[str, int]]]]:
    return [
        (step.timeout, [(rule.type, rule.contact.id if rule.contact else 0) for rule in step.rules])
        for step in client.paging.steps("ada")
    ]


def verify_phones(simulator: Simulator) -> None:
    """What owners do in the web console."""
    document = simulator.snapshot()
    for user in document["users"]:
        for contact in user["contacts"]:
            contact["verified"] = True
    requests.put(f"{simulator.url}/_simulator/snapshot", json=document, timeout=30).raise_for_status()


def test_an_engineer_comes_up_stays_and_goes(stack: Stack, simulator: Simulator, client: Client) -> None:
    at_first = simulator.snapshot()
    program = one_engineer(**CONTACTS)
    made = stack.must_up(program)
    # The stack, the component, the team and the engineer's five parts.
    assert made.changes == {"create": 8}
    assert client.users.get("ada").email == "ada@example.com"
    assert [member.username for member in client.teams.members(made.outputs["data"])] == ["ada"]
    contacts = client.contacts.all("ada")
    assert [(phone.label, phone.value) for phone in contacts.phones] == [("Mobile", "+44 20-7946-0958")]
    emails = {email.label: email.id for email in contacts.emails}
    assert set(emails) == {"Default", "Home"}
    assert paging(client) == [
        (5, [("push", 0)]),
        (5, [("email", emails["Default"]), ("email", emails["Home"])]),
    ]

    again = stack.must_up(program)
    assert again.changes == {"same": 8}
    assert again.calls == {}
    assert stack.refresh(program).changes == {"same": 8}

    assert stack.destroy().changes == {"delete": 8}
    at_last = simulator.snapshot()
    del at_first["serial"], at_last["serial"]  # counts what was ever made
    assert at_last == at_first


def test_a_telephone_is_called_once_it_is_verified(stack: Stack, simulator: Simulator, client: Client) -> None:
    stack.must_up(one_engineer(**CONTACTS))
    verify_phones(simulator)
    done = stack.must_up(one_engineer(**CONTACTS, verified_phones=["Mobile"]))
    assert done.changes == {"update": 1, "same": 7}
    [phone] = client.contacts.all("ada").phones
    assert paging(client)[2:] == [(5, [("phone", phone.id)])]


def test_an_engineer_without_further_contacts_is_paged_by_push_and_by_their_address(
    stack: Stack, client: Client
) -> None:
    stack.must_up(one_engineer())
    [email] = client.contacts.all("ada").emails
    assert paging(client) == [(5, [("push", 0)]), (5, [("email", email.id)])]
    done = stack.must_up(one_engineer(paging_steps=[{"timeout": 1, "rules": [{"type": "email"}]}]))
    assert done.changes == {"update": 1, "same": 5}
    assert paging(client) == [(1, [("email", email.id)])]
