"""Comparing the org's people with those who are expected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pulumi_victorops.api import Client, InvalidArgumentError, Settings
from pulumi_victorops.people import Change, Person, RosterDrift, roster_drift
from pulumi_victorops.simulator import Simulator
from tests.people.conftest import add_user

ADMIN = {"username": "admin", "first_name": "Org", "last_name": "Admin", "email": "admin@example.com"}
ADA = {"username": "ada", "first_name": "Ada", "last_name": "Example", "email": "ada@example.com"}


@pytest.fixture
def ada(client: Client) -> None:
    add_user(client, "ada")


@pytest.mark.usefixtures("ada")
def test_an_org_that_is_as_expected_has_not_drifted(client: Client) -> None:
    drift = roster_drift([ADMIN, ADA], client=client)
    assert drift == RosterDrift(missing=(), extra=(), changed=(), unverified=("ada",))
    assert not drift.drifted
    assert str(drift) == "The org is as the roster says.\nunverified: ada"


@pytest.mark.usefixtures("ada")
def test_who_is_missing_extra_or_changed_is_told(client: Client) -> None:
    lovelace = {**ADA, "last_name": "Lovelace", "email": "ada@new.example.com"}
    grace = {"username": "Grace", "first_name": "Grace", "email": "grace@example.com"}
    drift = roster_drift([grace, lovelace], client=client)
    assert drift.drifted
    assert drift.missing == (Person("grace", "Grace", None, "grace@example.com"),)
    assert drift.extra == (Person("admin", "Org", "Admin", "admin@example.com"),)
    assert drift.changed == (
        Change("ada", "last_name", "Lovelace", "Example"),
        Change("ada", "email", "ada@new.example.com", "ada@example.com"),
    )
    assert str(drift) == (
        "missing: grace (Grace, grace@example.com)\n"
        "extra: admin (Org Admin, admin@example.com)\n"
        "changed: ada: last_name is 'Example', expected 'Lovelace'\n"
        "changed: ada: email is 'ada@example.com', expected 'ada@new.example.com'\n"
        "unverified: ada"
    )


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"username": "ADA", "email": "ADA@Example.COM"}, []),
        ({"username": " ada ", "email": "", "first_name": None}, []),
        ({"username": "ada", "first_name": "ADA"}, ["first_name"]),
        ({"username": "ada", "teams": "Platform", "phone": "1"}, []),
    ],
)
def test_case_counts_in_names_only_and_blanks_not_at_all(
    client: Client, said: dict[str, Any], fields: list[str]
) -> None:
    drift = roster_drift([ADMIN, said], client=client)
    assert [change.field for change in drift.changed] == fields
    assert drift.missing == drift.extra == ()


@pytest.mark.usefixtures("ada")
def test_a_roster_may_be_a_file_or_a_mapping(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "\ufeffusername,first_name,last_name,email,teams\n"
        'ada,Ada,"Example",ada@example.com,Platform Data\n'
        "grace, Grace, Hopper, grace@example.com,\n",
        encoding="utf-8",
    )
    wanted = RosterDrift(
        missing=(Person("grace", "Grace", "Hopper", "grace@example.com"),),
        extra=(Person("admin", "Org", "Admin", "admin@example.com"),),
        changed=(),
        unverified=("ada",),
    )
    grace = {"first_name": "Grace", "last_name": "Hopper", "email": "grace@example.com"}
    assert roster_drift(path, client=client) == wanted
    assert roster_drift(str(path), client=client) == wanted
    assert roster_drift({"grace": grace, "ada": {}}, client=client) == wanted


@pytest.mark.parametrize(
    ("roster", "message"),
    [
        ([ADA, {"username": "ADA"}], "ada stands in the roster twice"),
        ([ADA, {"email": "grace@example.com"}], "person 2 of the roster has no 'username'"),
    ],
)
def test_a_roster_names_everybody_once(client: Client, roster: list[dict[str, str]], message: str) -> None:
    with pytest.raises(InvalidArgumentError) as refusal:
        roster_drift(roster, client=client)
    assert str(refusal.value) == message


def test_a_file_in_another_encoding_is_refused(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("username,first_name\nada,Zoë\n".encode("latin-1"))
    with pytest.raises(InvalidArgumentError, match=r"people\.csv is not a CSV file in UTF-8: "):
        roster_drift(path, client=client)


def test_it_takes_one_call_and_needs_no_client(simulator: Simulator) -> None:
    settings = Settings(simulator.api_id, simulator.api_key, simulator.url)
    before = simulator.requests()["total"]
    assert not roster_drift([ADMIN], settings=settings).drifted
    assert simulator.requests()["total"] == before + 1
