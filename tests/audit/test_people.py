"""People whom a plan removes: who takes over, and where nobody does."""

from __future__ import annotations

import pytest

from tests.audit.conftest import Audit
from tests.audit.plans import Step, create, delete, replace, step
from tests.docs.deletes import REMEDY, Org
from tests.importer.stand_in import StandIn

CHOSEN = "clean: ada is to be deleted; whom the service chooses"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"  # what the engine writes for a value that isn't known yet


def place(policy: str) -> str:
    return f"step 1 of the escalation policy 'Page' ({policy}) of team 'Platform'"


def test_somebody_whom_nobody_relieves_is_refused_and_each_place_is_listed(org: Org, audit: Audit) -> None:
    policy = org.policy("ada", "grace")
    said = audit(delete("User", "ada"))
    assert said.lines == [f"refused: ada can't be deleted while nobody takes over: {place(policy)}; {REMEDY}"]
    assert said.code == 1


def test_who_takes_over_is_told_with_the_places(org: Org, audit: Audit) -> None:
    policy = org.policy("ada")
    said = audit(delete("User", "ada", replacement_user="grace"))
    assert said.lines == [f"clean: ada is to be deleted; grace takes over: {place(policy)}"]
    assert said.code == 0


def test_the_default_replacement_of_the_stack_takes_over(org: Org, audit: Audit, stack: StandIn) -> None:
    policy = org.policy("ada")
    stack.configure(stack.config | {"victorops:defaultReplacement": "linus"})
    assert audit(delete("User", "ada")).lines == [f"clean: ada is to be deleted; linus takes over: {place(policy)}"]


def test_what_the_plan_deletes_too_names_nobody(org: Org, audit: Audit) -> None:
    policy, absence = org.policy("ada"), org.override("ada")
    org.rotation("ada")
    [rotation] = org.client.rotations.all(org.platform)
    other = org.policy("grace")
    org.client.overrides.assign(org.override("grace"), other, username="ada", accept_overlap=True)
    [cover] = [one for one in org.client.overrides.all() if one.user.username == "grace"]
    gone = [
        delete("EscalationPolicy", policy),
        delete("Rotation", f"{org.platform}/{rotation.group_id}", slug="rtg-x"),
        delete("Override", absence),
        step("update", "OverrideAssignment", "x", old={"id": f"{cover.public_id}/{other}"}, new={"inputs": {}}),
    ]
    assert "clean: ada is to be deleted; nothing that stays names them" in audit(delete("User", "ada"), *gone).lines
    for left_out, names_ada in enumerate(["step 1 of", "shift 'Primary'", "absent from", "cover for grace"]):
        said = audit(delete("User", "ada"), *gone[:left_out], *gone[left_out + 1 :])
        assert said.lines[0].startswith(f"refused: ada can't be deleted while nobody takes over: {names_ada}")
        assert said.lines[0].count("; ") == 1


def test_a_team_that_goes_names_nobody(org: Org, audit: Audit) -> None:
    policy = org.policy("ada")
    org.rotation("ada")
    said = audit(delete("TeamMembership", f"{org.platform}/ada"), delete("Team", org.platform))
    assert said.lines[0] == f"clean: ada is to leave the team {org.platform}; nothing that stays names them"
    assert policy in said.lines[1]


def test_a_replaced_policy_names_whom_the_program_names_now(org: Org, audit: Audit) -> None:
    policy = org.policy("ada")

    def steps(username: str) -> list[Step]:
        return [{"timeout": 0, "entries": [{"type": "user", "username": username}]}]

    old = {"team": org.platform, "name": "Page", "steps": steps("ada")}
    for username, outcome in [("grace", "clean"), (UNKNOWN, "clean"), ("Ada", "refused")]:
        said = audit(replace("EscalationPolicy", policy, old, old | {"steps": steps(username)}), delete("User", "ada"))
        assert said.lines[1].startswith(outcome)
    assert f"while nobody takes over: the program's EscalationPolicy '{policy}'; " in said.lines[1]


def test_who_takes_over_has_to_stay(org: Org, audit: Audit) -> None:
    policy = org.policy("ada")
    ada = delete("User", "ada", replacement_user="grace")
    said = audit(ada, delete("User", "grace", replacement_user="linus"))
    assert said.lines == [
        f"refused: ada can't be deleted while nobody takes over: {place(policy)}; "
        f"grace was to take over and won't be in the org; {REMEDY}",
        "clean: grace is to be deleted; nothing that stays names them; "
        f"last member of team 'Platform' ({org.platform}), which has the escalation policy 'Page'",
    ]


def test_the_last_members_of_a_team_are_told_when_they_leave_together(org: Org, audit: Audit) -> None:
    org.policy()
    both = [delete("TeamMembership", f"{org.platform}/{name}") for name in ("ada", "grace")]
    last = f"last member of team 'Platform' ({org.platform}), which has the escalation policy 'Page'"
    said = audit(*both)
    assert said.lines == [
        f"refused: {name} can't leave the team {org.platform} while nobody takes over: {last}; {REMEDY}"
        for name in ("ada", "grace")
    ]
    assert audit(both[0]).code == 0
    assert audit(*both, create("TeamMembership", "new", team=org.platform, username="linus")).code == 0
    assert audit(*both, create("TeamMembership", "new", team=org.data, username="linus")).code == 1
    replaced = delete("TeamMembership", f"{org.platform}/ada", replacement_user="linus")
    assert audit(replaced, both[1]).lines[0].endswith(f"; nothing that stays names them; {last}")


def test_the_last_user_is_refused(org: Org, audit: Audit) -> None:
    org.nobody_else()
    assert "last user of the org, and so its last admin" in audit(delete("User", "ada")).lines[0]


@pytest.mark.parametrize(
    ("strategy", "line"),
    [
        ("globalAdmin", "clean: ada is to be deleted; whom the service chooses (globalAdmin) takes over: {place}"),
        (
            "findReplacement",
            "clean: ada is to be deleted; whom the service chooses (findReplacement) takes over: {place}",
        ),
        (
            "teamAdmin",
            "refused: ada can't be deleted with the replacement_strategy 'teamAdmin', since these teams have no other "
            "admin: 'Platform' ({team}); make one in the web console, choose another strategy, or name a "
            "replacement_user",
        ),
    ],
)
def test_the_service_may_choose(strategy: str, line: str, org: Org, audit: Audit) -> None:
    policy = org.policy("ada", "grace")
    said = audit(delete("User", "ada", replacement_strategy=strategy))
    assert said.lines == [line.format(place=place(policy), team=org.platform)]


def test_the_service_finds_nobody_for_the_last_member_of_a_team(org: Org, audit: Audit) -> None:
    org.alone()
    said = audit(delete("User", "ada", replacement_strategy="findReplacement"))
    assert said.lines == [
        f"refused: ada can't be deleted while nobody takes over: last member of team 'Platform' ({org.platform}), "
        "which has the escalation policy 'Page'; replacement_strategy is 'findReplacement': choose another, or name a "
        "replacement_user"
    ]


def test_a_replaced_user_goes_too(org: Org, audit: Audit) -> None:
    policy = org.policy("ada")
    said = audit(replace("User", "ada", {"username": "ada", "replacement_user": "grace"}, {"username": "augusta"}))
    assert said.lines == [
        f"clean: ada is to be deleted, since the resource is replaced; grace takes over: {place(policy)}"
    ]


def test_who_has_left_before_is_no_trouble(org: Org, audit: Audit) -> None:
    said = audit(delete("User", "nobody"), delete("TeamMembership", f"{org.platform}/linus"))
    assert said.lines == ["clean: nobody was deleted before", f"clean: linus left the team {org.platform} before"]
