"""Functions in somebody's unit tests: they ask the mocks, and nobody else."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pulumi
import pytest

import pulumi_victorops as vo
from pulumi_victorops.api.paging import ContactReference
from pulumi_victorops.api.rotations import ScheduledUser
from pulumi_victorops.api.users import User, UserPayload
from pulumi_victorops.simulator import Simulator
from tests.functions.programs import Answers, run_under

ADA = {"username": "ada", "first_name": "Ada", "lastName": "Byron", "email": "ada@example.com"}


@pytest.fixture(autouse=True)
def nobody_is_called(script: Simulator) -> Iterator[None]:
    before = script.requests()["total"]
    yield
    assert script.requests()["total"] == before


def test_the_mocks_see_token_and_arguments_and_make_the_answer() -> None:
    mocks = Answers(getUser=ADA)
    seen: list[User] = []
    run_under(mocks, lambda: seen.append(vo.get_user("ada")))
    assert seen == [User(username="ada", first_name="Ada", last_name="Byron", email="ada@example.com")]
    assert mocks.asked == [("victorops:index:getUser", {"username": "ada"})]


def test_arguments_that_are_not_given_are_not_seen() -> None:
    mocks = Answers(getTeam={"name": "Platform", "slug": "team-1"})
    run_under(mocks, lambda: vo.get_team(name="Platform"))
    assert mocks.asked == [("victorops:index:getTeam", {"name": "Platform"})]


def test_a_list_is_the_only_member_of_the_answer_by_any_name() -> None:
    seen: list[list[str]] = []
    mocks = Answers(getUsers={"users": [ADA]}, getTeams={"anything": []})

    def program() -> None:
        seen.append([user.username for user in vo.get_users()])
        seen.append([team.slug for team in vo.get_teams()])

    run_under(mocks, program)
    assert seen == [["ada"], []]


def test_nothing_can_be_answered_where_nobody_is_scheduled() -> None:
    seen: list[ScheduledUser | None] = []
    mocks = Answers(getScheduledUser={})
    run_under(mocks, lambda: seen.append(vo.get_scheduled_user("team-1", group_id=1, shift_id=2)))
    assert seen == [None]
    assert mocks.asked == [("victorops:index:getScheduledUser", {"team": "team-1", "group_id": 1, "shift_id": 2})]


def test_a_search_is_one_page() -> None:
    seen: list[str | None] = []
    mocks = Answers(searchIncidents={"total": 1, "incidents": [{"incidentNumber": "7"}]})

    def program() -> None:
        seen.extend(one.incident_number for page in vo.search_incidents(host="db-1") for one in page.incidents)

    run_under(mocks, program)
    assert seen == ["7"]
    assert mocks.asked == [("victorops:index:searchIncidents", {"page_size": 100, "host": "db-1"})]


def test_the_output_form_of_a_search_has_all_pages() -> None:
    seen: list[str | None] = []
    mocks = Answers(searchIncidents={"total": 1, "incidents": [{"incidentNumber": "7"}]})

    def program() -> pulumi.Output[None]:
        pages = vo.search_incidents_output(host=pulumi.Output.from_input("db-1"))
        return pages.apply(lambda pages: seen.extend(one.incident_number for page in pages for one in page.incidents))

    run_under(mocks, program)
    assert seen == ["7"]
    assert mocks.asked == [("victorops:index:searchIncidents", {"page_size": 100, "host": "db-1"})]


def test_the_output_form_asks_the_mocks_with_what_it_was_given() -> None:
    mocks = Answers(getUser=ADA, getCurrentOnCall={"teamsOnCall": [{"team": {"name": "Platform", "slug": "team-1"}}]})
    seen: list[str] = []

    def program() -> pulumi.Output[None]:
        ada = vo.User("ada", username="ada", first_name="Ada", last_name="Byron", email="ada@example.com")
        found = pulumi.Output.all(
            vo.get_user_output(ada.username).email,
            vo.get_current_on_call_output(opts=pulumi.InvokeOutputOptions(depends_on=ada)).teams_on_call[0].team.name,
        )
        return found.apply(seen.extend)

    run_under(mocks, program)
    assert seen == ["ada@example.com", "Platform"]
    assert sorted(mocks.asked) == [
        ("victorops:index:getCurrentOnCall", {}),
        ("victorops:index:getUser", {"username": "ada"}),
    ]


@pytest.mark.parametrize("name", sorted(name for name in vo.__all__ if name.endswith("_output")))
def test_both_forms_hand_on_every_argument(name: str) -> None:
    lifted, plain = getattr(vo, name), getattr(vo, name.removesuffix("_output"))
    parameters = inspect.signature(plain).parameters.values()
    numbers = {"page_size", "group_id", "shift_id", "days_forward", "days_skip", "step", "rule", "incident"}
    given = {one.name: 7 if one.name in numbers else f"some {one.name}" for one in parameters}
    asked = []
    for form in (
        lambda: list(found) if isinstance(found := plain(**given), Iterator) else found,
        lambda: lifted(**{key: pulumi.Output.from_input(given[key]) for key in given}),
    ):
        mocks = Answers()
        with pytest.raises(KeyError):  # what the mocks raise, who have no answer
            run_under(mocks, form)
        asked.append(mocks.asked)
    words = name.removesuffix("_output").split("_")
    assert asked[0] == [(f"victorops:index:{words[0]}{''.join(map(str.capitalize, words[1:]))}", given)]
    assert asked[1] == asked[0]


def test_a_secret_input_makes_a_secret_output() -> None:
    secrecy: list[bool] = []

    async def program() -> None:
        secret, plain = pulumi.Output.secret("ada"), pulumi.Output.from_input("ada")
        secrecy.append(await vo.get_user_output(secret).is_secret())
        secrecy.append(await vo.get_user_output(plain).is_secret())

    run_under(Answers(getUser=ADA), program)
    assert secrecy == [True, False]


def test_actions_hand_themselves_to_the_mocks() -> None:
    mocks = Answers(
        createIncident={"incidentNumber": "7"},
        acknowledgeIncidents={"results": [{"incidentNumber": "7", "cmdAccepted": True}]},
        takeOnCall={},
        endMaintenance={"activeInstances": []},
    )
    numbers: list[str] = []

    def program() -> None:
        numbers.append(vo.create_incident("Disk full", username="ada", users="grace").incident_number)
        numbers.extend(
            row.incident_number or "" for row in vo.acknowledge_incidents(7, username="ada", message="On it")
        )
        vo.take_on_call("pol-1", from_user="ada", to_user="grace")
        assert vo.end_maintenance("mm-1").active_instances == []

    run_under(mocks, program)
    assert numbers == ["7", "7"]
    assert mocks.asked == [
        (
            "victorops:index:createIncident",
            {"summary": "Disk full", "username": "ada", "details": "", "users": ["grace"], "policies": []},
        ),
        ("victorops:index:acknowledgeIncidents", {"incidents": ["7"], "username": "ada", "message": "On it"}),
        ("victorops:index:takeOnCall", {"policy": "pol-1", "from_user": "ada", "to_user": "grace"}),
        ("victorops:index:endMaintenance", {"instance_id": "mm-1"}),
    ]


def test_people_and_rules_are_handed_to_the_mocks_as_they_were_given() -> None:
    rule = {"index": 1, "type": "sms", "contact": {"id": 512, "type": "Phone"}}
    mocks = Answers(
        addUsers={"results": [{"username": "ada"}, {"username": "grace", "errors": [{"code": "DUPLICATE"}]}]},
        addPagingRule=rule,
        updatePagingRule={"index": 0, "type": "push"},
        deleteContactDevice={},
        takeOnCallV1={},
    )
    seen: list[object] = []

    def program() -> None:
        people = [UserPayload(username=name, first_name="A", last_name="B", email="c@d.example") for name in "xy"]
        seen.extend(len(row.errors) for row in vo.add_users(people))
        seen.append(vo.add_paging_rule("ada", step=0, type="sms", contact_id=512).contact)
        seen.append(vo.update_paging_rule("ada", step=0, rule=0, type="push").type)
        vo.delete_contact_device("ada", ext_id="d-1")
        vo.take_on_call_v1("team-1", from_user="ada", to_user="grace")

    run_under(mocks, program)
    assert seen == [0, 1, ContactReference(id=512, type="phone"), "push"]
    sent = {"first_name": "A", "last_name": "B", "email": "c@d.example"}
    assert mocks.asked == [
        ("victorops:index:addUsers", {"users": [sent | {"username": "x"}, sent | {"username": "y"}]}),
        ("victorops:index:addPagingRule", {"username": "ada", "step": 0, "type": "sms", "contact_id": 512}),
        ("victorops:index:updatePagingRule", {"username": "ada", "step": 0, "rule": 0, "type": "push"}),
        ("victorops:index:deleteContactDevice", {"username": "ada", "ext_id": "d-1"}),
        ("victorops:index:takeOnCallV1", {"team": "team-1", "from_user": "ada", "to_user": "grace"}),
    ]


ACTIONS = sorted(
    name
    for name, value in vars(vo).items()
    if name in vo.__all__ and inspect.isfunction(value) and not name.startswith(("get_", "search_"))
)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_refused_in_a_preview(name: str) -> None:
    action = getattr(vo, name)
    parameters = inspect.signature(action).parameters.values()
    given = {one.name: [] if one.name == "users" else "some" for one in parameters if one.default is one.empty}
    mocks = Answers()
    with pytest.raises(pulumi.RunError) as raised:
        run_under(mocks, lambda: action(**given), preview=True)
    assert str(raised.value) == (
        f"{name} acts at once, which a preview must not: call it where pulumi.runtime.is_dry_run() is false"
    )
    assert mocks.asked == []


def test_all_that_changes_something_is_an_action() -> None:
    assert ACTIONS == [
        "acknowledge_by_user",
        "acknowledge_incidents",
        "add_paging_rule",
        "add_users",
        "create_incident",
        "delete_contact_device",
        "end_maintenance",
        "reroute_incidents",
        "resolve_by_user",
        "resolve_incidents",
        "send_chat",
        "send_stakeholder_message",
        "take_on_call",
        "take_on_call_v1",
        "update_paging_rule",
    ]
