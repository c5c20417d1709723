"""The page of all operations says what the code says, and each operation has a way to it."""

from __future__ import annotations

import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client
from tests.docs.pages import ROOT, codes, table
from tools.endpoints import __main__ as command
from tools.endpoints import table as endpoints
from tools.endpoints.calls import client_calls
from tools.endpoints.reach import entry_points, reached

PAGE = (ROOT / "docs" / "endpoints.md").read_text(encoding="utf-8")


def test_the_page_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    command.main()
    assert capsys.readouterr().out == PAGE, "run `python -m tools.endpoints > docs/endpoints.md`"


def test_all_that_the_page_names_is_there(client: Client) -> None:
    rows = table(PAGE, "operation")
    assert len(rows) == len({row["operation"] for row in rows}) == 96
    for row in rows:
        for call in codes(row["client"]):
            first, subject, method = call.split(".")
            assert first == "client"
            assert callable(getattr(getattr(client, subject), method))
        assert set(codes(row["resource or function"])) <= set(vo.__all__)


def test_every_operation_has_a_call_a_rule_and_a_test() -> None:
    rows = endpoints.rows()
    assert [str(row.operation) for row in rows if not (row.calls and row.simulated and row.test)] == []
    assert rows[0].test == "tests/api/test_every_call.py::test_a_call_sends_what_the_service_documents[add_user]"


def test_every_operation_is_reached_by_a_resource_or_a_function() -> None:
    assert [str(row.operation) for row in endpoints.rows() if not row.reached_by] == []


@pytest.mark.parametrize(
    ("name", "operations"),
    [
        (
            "Team",
            {
                "add_team",
                "list_teams",
                "get_team",
                "update_team",
                "delete_team",
                # What a deletion takes along is told.
                "list_policies",
                "list_rotations",
                "list_routing_keys",
            },
        ),
        ("RoutingKey", {"list_routing_keys", "add_routing_key"}),
        ("EscalationPolicy", {"list_policies", "add_policy", "get_policy", "delete_policy", "list_routing_keys"}),
        ("AlertRule", {"list_alert_rules", "add_alert_rule", "update_alert_rule", "delete_alert_rule"}),
        ("get_rotation", {"list_rotation_groups", "list_rotations"}),
        ("get_escalation_policy", {"list_policies", "get_policy"}),
        ("search_incidents", {"search_incidents"}),
        ("take_on_call", {"take_on_call"}),
    ],
)
def test_what_is_reached_is_found_in_the_code(name: str, operations: set[str]) -> None:
    calls = client_calls()
    assert {calls[call] for call in reached(entry_points()[name], calls.keys())} == operations


def test_an_operation_that_nothing_reaches_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(endpoints, "entry_points", dict)
    assert command.main() == 1
    printed = capsys.readouterr()
    assert "POST /api-public/v1/team: reached by no resource and no function" in printed.err.splitlines()
    assert printed.out.endswith("\n96/96 client, 0/96 resource or function, 96/96 simulator, 96/96 tests\n")
