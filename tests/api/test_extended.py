"""The calls beyond the documented ones: what they send, and what is said where a service lacks them."""

from __future__ import annotations

import pytest

from pulumi_victorops.api import Client
from pulumi_victorops.api.errors import InvalidRequestError, NotFoundError, VictorOpsError
from pulumi_victorops.api.extended import PolicyChange, RoutingKeyChange
from pulumi_victorops.api.policies import PolicyEntry, PolicyStep
from tests.api.raw_server import RawServer, answer

HINT = "; the service may lack this call: set victorops:extendedApi (or VO_EXTENDED_API) to false"
STEPS = [PolicyStep(timeout=5, entries=[PolicyEntry(execution_type="user", user={"username": "ada"})])]


def test_a_policy_is_sent_its_steps_and_its_switch_and_nothing_else(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"name": "Page", "slug": "pol-1", "ignoreCustomPagingPolicies": True, "steps": []}))

    changed = raw_client.extended.update_policy("pol-1", PolicyChange(steps=STEPS, ignore_custom_paging_policies=True))

    assert server.lines == ["PUT /api-public/v1/policies/pol-1"]
    entry = {"executionType": "user", "user": {"username": "ada"}}
    assert server.requests[0].json == {
        "steps": [{"timeout": 5, "entries": [entry]}],
        "ignoreCustomPagingPolicies": True,
    }
    assert (changed.slug, changed.ignore_custom_paging_policies) == ("pol-1", True)


def test_a_key_is_sent_its_targets(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"routingKey": "a+b", "targets": ["pol-1"]}))

    changed = raw_client.extended.update_routing_key("a+b", RoutingKeyChange(targets=["pol-1"]))

    assert server.lines == ["PUT /api-public/v1/org/routing-keys/a%2Bb"]
    assert server.requests[0].json == {"targets": ["pol-1"]}
    assert changed.targets == ["pol-1"]


def test_a_key_is_deleted_without_a_body(server: RawServer, raw_client: Client) -> None:
    server.script(answer(200, {"result": "success"}))

    raw_client.extended.delete_routing_key("database")

    assert server.lines == ["DELETE /api-public/v1/org/routing-keys/database"]
    assert server.requests[0].body == b""


def test_each_may_be_repeated_when_the_answer_was_lost(server: RawServer, raw_client: Client) -> None:
    server.script(answer(503, {}), answer(200, {"routingKey": "database", "targets": ["pol-1"]}))

    raw_client.extended.update_routing_key("database", RoutingKeyChange(targets=["pol-1"]))

    assert len(server.requests) == 2


@pytest.mark.parametrize(("status", "kind"), [(404, NotFoundError), (405, InvalidRequestError)])
def test_a_service_that_lacks_a_call_is_said_to_with_the_remedy(
    server: RawServer, raw_client: Client, status: int, kind: type[VictorOpsError]
) -> None:
    server.script(answer(status, {"error": "There is nothing at this path"}))

    with pytest.raises(kind) as caught:
        raw_client.extended.update_policy("pol-1", PolicyChange(steps=STEPS))

    assert str(caught.value) == (f"PUT /api-public/v1/policies/pol-1: {status}: There is nothing at this path{HINT}")


def test_another_refusal_is_told_as_it_is(server: RawServer, raw_client: Client) -> None:
    server.script(answer(422, {"error": "No user 'ada' found"}))

    with pytest.raises(InvalidRequestError) as caught:
        raw_client.extended.update_policy("pol-1", PolicyChange(steps=STEPS))

    assert str(caught.value) == "PUT /api-public/v1/policies/pol-1: 422: No user 'ada' found"
