"""Letting somebody go: nothing is lost, nothing is left, and it can be run again."""

from __future__ import annotations

import pytest

from pulumi_victorops.api import Client, InvalidArgumentError, InvalidRequestError, Settings
from pulumi_victorops.api.policies import PolicyPayload, PolicyStep
from pulumi_victorops.people import (
    AbsencePlace,
    CoverPlace,
    OffboardingReport,
    OnCallPlace,
    PolicyPlace,
    ShiftPlace,
    StillNamedError,
    offboard,
    places_of,
)
from pulumi_victorops.simulator import Simulator
from tests.people.conftest import SmallOrg, add_user, page_user

DELETE_USER = "DELETE /api-public/v1/user/{user}"


def statuses(report: OffboardingReport) -> list[tuple[str, str]]:
    return [(step.action, step.status) for step in report.steps]


def paged_by(client: Client, policy: str) -> list[str]:
    return [
        entry.user["username"] for step in client.policies.get(policy).steps for entry in step.entries if entry.user
    ]


def test_every_place_that_names_somebody_is_found(client: Client, org: SmallOrg) -> None:
    now = PolicyPayload(
        name="Now", team_slug=org.data, steps=[PolicyStep(timeout=0, entries=[page_user("ada"), page_user("grace")])]
    )
    policy = client.policies.create(now).slug
    absence = client.overrides.create(
        username="ada", timezone="UTC", start="2096-01-01T00:00:00Z", end="2096-01-08T00:00:00Z"
    )
    graces = client.overrides.create(
        username="grace", timezone="UTC", start="2096-02-01T00:00:00Z", end="2096-02-08T00:00:00Z"
    )
    client.overrides.assign(graces.public_id, policy, username="ada")
    assert places_of(client, "ADA") == [
        PolicyPlace("Platform", "Page Platform", org.page, 2),
        PolicyPlace("Data", "Page Data", org.elsewhere, 2),
        PolicyPlace("Data", "Now", policy, 1),
        ShiftPlace("Platform", "Weekly", org.rotation, "Primary", alone=True),
        AbsencePlace(absence.public_id, "2096-01-01T00:00:00Z", "2096-01-08T00:00:00Z"),
        CoverPlace(graces.public_id, policy, "grace"),
        OnCallPlace("Data", "Now", policy),
    ]
    assert places_of(client, "nobody") == []


def test_somebody_who_is_named_needs_a_replacement_and_nothing_changes(
    client: Client, simulator: Simulator, org: SmallOrg
) -> None:
    before = simulator.snapshot()
    with pytest.raises(StillNamedError) as refusal:
        offboard("ada", client=client)
    assert str(refusal.value) == (
        "ada is still named in the org; give a replacement who takes over: "
        f"step 2 of the escalation policy 'Page Platform' ({org.page}) of team 'Platform'; "
        f"step 2 of the escalation policy 'Page Data' ({org.elsewhere}) of team 'Data'; "
        f"shift 'Primary' of the rotation 'Weekly' ({org.rotation}) of team 'Platform', which has no other member"
    )
    assert len(refusal.value.places) == 3
    assert simulator.snapshot() == before


def test_a_dry_run_tells_all_and_changes_nothing(client: Client, simulator: Simulator, org: SmallOrg) -> None:
    before = simulator.snapshot()
    report = offboard("Ada", dry_run=True, client=client)
    assert (report.username, report.replacement, report.needs_replacement, report.complete) == (
        "ada",
        None,
        True,
        False,
    )
    assert len(report.places) == 3
    assert statuses(report) == [
        (f"remove ada from team 'Platform' ({org.platform})", "would do"),
        ("delete the user ada", "would do"),
    ]
    assert not offboard("ada", replacement="grace", dry_run=True, client=client).needs_replacement
    assert simulator.snapshot() == before


def test_the_replacement_takes_over_everywhere_and_nothing_names_who_left(client: Client, org: SmallOrg) -> None:
    report = offboard("ada", replacement="Grace", client=client)
    assert report.complete
    assert report.remaining == ()
    assert statuses(report) == [
        (f"remove ada from team 'Platform' ({org.platform})", "done"),
        ("delete the user ada", "done"),
    ]
    assert [member.username for member in client.teams.members(org.platform)] == ["grace"]
    assert "ada" not in {user.username for user in client.users.all()}
    assert paged_by(client, org.page) == ["grace"]
    assert paged_by(client, org.elsewhere) == ["grace"]
    [rotation] = client.rotations.all(org.platform)
    assert [member.username for shift in rotation.shifts for member in shift.shift_members] == ["grace", "grace"]


def test_the_report_reads_as_text(client: Client, org: SmallOrg) -> None:
    add_user(client, "linus")
    client.teams.add_member(org.data, "linus")
    assert str(offboard("linus", replacement="grace", client=client)) == (
        "Offboarding of linus, grace takes over\n"
        "Look at:\n"
        f"  linus is the last member of team 'Data' ({org.data})\n"
        "Steps:\n"
        f"  done: remove linus from team 'Data' ({org.data})\n"
        "  done: delete the user linus\n"
        "Done: nothing names linus."
    )
    assert str(offboard("ada", dry_run=True, client=client)) == (
        "Offboarding of ada (dry run)\n"
        "Named in:\n"
        f"  step 2 of the escalation policy 'Page Platform' ({org.page}) of team 'Platform'\n"
        f"  step 2 of the escalation policy 'Page Data' ({org.elsewhere}) of team 'Data'\n"
        f"  shift 'Primary' of the rotation 'Weekly' ({org.rotation}) of team 'Platform', which has no other member\n"
        "Steps:\n"
        f"  would do: remove ada from team 'Platform' ({org.platform})\n"
        "  would do: delete the user ada\n"
        "A replacement is needed."
    )


def test_somebody_whom_nothing_names_goes_without_a_replacement(client: Client, org: SmallOrg) -> None:
    add_user(client, "linus")
    client.teams.add_member(org.platform, "linus")
    report = offboard("linus", client=client)
    assert report.complete
    assert report.warnings == ()
    assert statuses(report) == [
        (f"remove linus from team 'Platform' ({org.platform})", "done"),
        ("delete the user linus", "done"),
    ]


def test_the_last_member_and_the_last_admin_of_a_team_are_told_of(client: Client) -> None:
    [team] = client.teams.all()
    report = offboard("admin", dry_run=True, client=client)
    assert report.warnings == (
        f"admin is the last member of team 'Default Team' ({team.slug})",
        f"admin is the last admin of team 'Default Team' ({team.slug})",
    )


def test_a_replacement_from_outside_the_team_is_told_of_where_there_is_something_to_take_over(
    client: Client, org: SmallOrg
) -> None:
    client.teams.add_member(client.teams.all()[0].slug, "ada")
    report = offboard("ada", replacement="admin", dry_run=True, client=client)
    assert report.warnings == (f"admin takes over in team 'Platform' ({org.platform}) without being a member of it",)
    assert offboard("ada", replacement="grace", dry_run=True, client=client).warnings == ()


def test_a_half_done_offboarding_is_finished_by_another_run(
    client: Client, simulator: Simulator, org: SmallOrg
) -> None:
    simulator.put_faults([{"operation": DELETE_USER, "kind": "status", "status": 400}])
    with pytest.raises(InvalidRequestError):
        offboard("ada", replacement="grace", client=client)
    assert client.users.teams("ada") == []
    simulator.put_faults([])

    finished = offboard("ada", replacement="grace", client=client)
    assert finished.complete
    assert statuses(finished) == [("delete the user ada", "done")]

    again = offboard("ada", replacement="grace", client=client)
    assert again.complete
    assert not again.found
    assert statuses(again) == [("delete the user ada", "skipped")]


def test_what_still_names_somebody_at_last_is_reported(client: Client, simulator: Simulator, org: SmallOrg) -> None:
    """The service says that it has removed somebody, and has handed nothing over."""
    simulator.put_faults(
        [
            {"operation": operation, "kind": "status", "status": 200, "body": {"members": []}}
            for operation in (DELETE_USER, "DELETE /api-public/v1/team/{team}/members/{user}")
        ]
    )
    report = offboard("ada", replacement="grace", client=client)
    assert not report.complete
    assert report.remaining == report.places
    assert str(report).endswith(
        "STILL named in:\n"
        f"  step 2 of the escalation policy 'Page Platform' ({org.page}) of team 'Platform'\n"
        f"  step 2 of the escalation policy 'Page Data' ({org.elsewhere}) of team 'Data'\n"
        f"  shift 'Primary' of the rotation 'Weekly' ({org.rotation}) of team 'Platform', which has no other member"
    )


@pytest.mark.parametrize(
    ("replacement", "message"),
    [("ADA", "ada can't be their own replacement"), ("nobody", "the replacement nobody is not in the org")],
)
def test_a_replacement_is_somebody_else_who_exists(
    client: Client, simulator: Simulator, org: SmallOrg, replacement: str, message: str
) -> None:
    before = simulator.snapshot()
    with pytest.raises(InvalidArgumentError) as refusal:
        offboard("ada", replacement=replacement, client=client)
    assert str(refusal.value) == message
    assert simulator.snapshot() == before


def test_the_settings_reach_the_service_and_name_the_replacement(
    simulator: Simulator, client: Client, org: SmallOrg, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(
        simulator.api_id, simulator.api_key, simulator.url, rate_limit=None, default_replacement="grace"
    )
    assert offboard("ada", dry_run=True, settings=settings).replacement == "grace"
    for name, value in {
        "VO_API_ID": simulator.api_id,
        "VO_API_KEY": simulator.api_key,
        "VO_BASE_URL": simulator.url,
        "VO_RATE_LIMIT": "off",
        "VO_DEFAULT_REPLACEMENT": "admin",
    }.items():
        monkeypatch.setenv(name, value)
    assert offboard("ada", dry_run=True).replacement == "admin"
    assert offboard("ada", replacement="grace", dry_run=True).replacement == "grace"
    assert offboard("admin", dry_run=True).replacement is None
