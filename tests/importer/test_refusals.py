"""What keeps an import from being done: one line, an exit code, and a stack that is as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pulumi_victorops.api import Client, Settings
from pulumi_victorops.api.teams import TeamPayload
from pulumi_victorops.api.users import UserPayload
from pulumi_victorops.simulator import Simulator
from tests.conftest import CommandLine
from tests.docs.pages import ROOT, codes, section, table
from tests.importer.objects import document, present
from tests.importer.stand_in import StandIn
from tests.provider.conftest import config_of

Run = Callable[..., tuple[int, str]]
PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
# What the page calls the objects; the service has its own names for them.
TEAM, ADDRESS = "team-9aKq2", "2f6d"


class Scene:
    """An org with ada and two teams, and a stack that has one of these as `platform`."""

    def __init__(self, folder: Path, simulator: Simulator) -> None:
        client = Client(Settings(simulator.api_id, simulator.api_key, simulator.url, rate_limit=None))
        ada = {"username": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
        client.users.create(UserPayload.model_validate(ada))
        self.team = client.teams.create(TeamPayload(name="Platform")).slug
        self.other_team = client.teams.create(TeamPayload(name="Payments")).slug
        self.address = str(client.contacts.all("ada").emails[0].ext_id)
        client.close()
        self.config = config_of(simulator)
        self.state = document(present("Team", "platform", self.team))
        self.stack = StandIn(folder, self.state, self.config)

    def real(self, text: str) -> str:
        """The text with the names that the service gave."""
        return text.replace(TEAM, self.team).replace(ADDRESS, self.address)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with Simulator(seed="empty", random_seed=1) as simulator:
        yield Scene(tmp_path_factory.mktemp("refusals"), simulator)


@pytest.fixture
def run(scene: Scene, monkeypatch: pytest.MonkeyPatch, command_line: CommandLine) -> Iterator[Run]:
    """Run the command: its exit code and what it complains of. It prints no program, and changes no state."""
    scene.stack.enter(monkeypatch)

    def outcome(*arguments: str) -> tuple[int, str]:
        code, said, complaints = command_line("import", *map(scene.real, arguments))
        assert said == ""
        assert scene.stack.state() == scene.stack.last_put
        return code, complaints.removeprefix("pulumi-victorops: ").removesuffix("\n")

    yield outcome
    scene.stack.put(scene.state)
    scene.stack.configure(scene.config)


REFUSED: dict[str, tuple[int, list[str]]] = {
    "there is no kind 'teem': did you mean 'team'?": (2, ["teem", TEAM]),
    "say in one way what to import: KIND ID [NAME], --from FILE.csv or --all-of team/SLUG": (2, ["team"]),
    "team-membership 'ada': 'ada' is not an id of the form team/username": (2, ["team-membership", "ada"]),
    "team 'Platform': there is no Team with the id 'Platform' (ids are of the form team-...)": (
        1,
        ["team", "Platform"],
    ),
    f"team '{TEAM}' is in the stack already, as 'platform'": (1, ["team", TEAM]),
    "contact-email 'ada/email/2f6d': no program can manage it: label: 'Default' is the label of the address that comes "
    "with the user, which `User.email` sets: choose another": (1, ["contact-email", "ada/email/2f6d"]),
    "the stack has no resource 'urn:pulumi:dev::org::my:Component::x': `pulumi stack --show-urns` lists them": (
        1,
        ["user", "ada", "--parent", "urn:pulumi:dev::org::my:Component::x"],
    ),
}
OTHERS: dict[str, tuple[int, list[str]]] = {
    "there is no kind 'pager': there are alert-rule, contact-device, contact-email, contact-phone, escalation-policy, "
    "incident-note, maintenance-mode, override, override-assignment, paging-policy, rotation, "
    "rotation-shift-assignment, routing-key, team, team-membership, user": (2, ["pager", "x"]),
    "say in one way what to import: KIND ID [NAME], --from FILE.csv or --all-of team/SLUG ": (2, []),
    "say in one way what to import: KIND ID [NAME], --from FILE.csv or --all-of team/SLUG  ": (
        2,
        ["team", TEAM, "--from", "x.csv"],
    ),
    "--with-users goes with --all-of": (2, ["team", TEAM, "--with-users"]),
    "--all-of 'user/ada' names no team: expected team/SLUG, such as team/team-abc123": (2, ["--all-of", "user/ada"]),
    "--all-of 'team/team-nix': there is no Team with the id 'team-nix'": (1, ["--all-of", "team/team-nix"]),
    "rotation 'team-x/one': 'team-x/one' is not an id of the form team/groupId": (2, ["Rotation", "team-x/one"]),
    "user '../team': there is no User with the id '../team' (ids are of the form username)": (1, ["user", "../team"]),
    "routing-key 'nix': there is no RoutingKey with the id 'nix' (ids are of the form routing key)": (
        1,
        ["routing_key", "nix"],
    ),
    "there is no folder 'nowhere'": (2, ["user", "ada", "--cwd", "nowhere"]),
    "there is no Pulumi.yaml in '/' or above it: go there, or give --cwd": (2, ["user", "ada", "--cwd", "/"]),
    "cannot write nowhere/ada.py: No such file or directory": (2, ["user", "ada", "--out", "nowhere/ada.py"]),
    "cannot read nowhere.csv: No such file or directory": (2, ["--from", "nowhere.csv"]),
}


@pytest.mark.parametrize("message", [*REFUSED, *OTHERS])
def test_a_wrong_command_changes_nothing(message: str, run: Run, scene: Scene) -> None:
    code, arguments = (REFUSED | OTHERS)[message]
    assert run(*arguments) == (code, scene.real(message.rstrip()))


IN_A_FILE: dict[str, tuple[int, str]] = {
    f"many.csv:2: team '{TEAM}': the stack has a Team called 'platform'; choose another name": (
        1,
        "team,OTHER,platform",
    ),
    "many.csv:3: user 'ada' is named twice": (2, "user,ada,ada\nuser,ada,lovelace"),
    "many.csv:3: user 'admin': two of that kind are to be called 'somebody'": (
        2,
        "user,ada,somebody\nuser,admin,somebody",
    ),
    "many.csv:3: there is no kind 'usr': did you mean 'user'?": (2, "user,ada,ada\nusr,admin,"),
    "many.csv:2: expected a kind, an id, and a name or nothing": (2, "user,,ada"),
    "many.csv:2: expected a kind, an id, and a name or nothing ": (2, "user,ada,ada,more"),
}


@pytest.mark.parametrize("message", IN_A_FILE)
def test_a_wrong_file_is_told_by_its_line(message: str, run: Run, scene: Scene) -> None:
    code, rows = IN_A_FILE[message]
    Path("many.csv").write_text(f"kind,id,name\n{rows.replace('OTHER', scene.other_team)}\n", encoding="utf-8")
    assert run("--from", "many.csv") == (code, message.replace(TEAM, scene.other_team).rstrip())


@pytest.mark.parametrize("text", ["", "user,ada\n", "kind,name\n", "kind,id,nome\n", "kind;id;name\n"])
def test_a_file_needs_the_names_of_its_columns(text: str, run: Run) -> None:
    Path("headless.csv").write_text(text, encoding="utf-8")
    assert run("--from", "headless.csv") == (
        2,
        "headless.csv:1: the first line has to name the columns: kind,id,name or kind,id",
    )


def test_a_file_has_to_be_utf_8(run: Run) -> None:
    Path("latin.csv").write_bytes("kind,id,name\nuser,ada,Zoë\n".encode("latin-1"))
    assert run("--from", "latin.csv") == (2, "cannot read latin.csv: it isn't UTF-8")


def test_a_file_for_the_text_is_never_written_over(run: Run) -> None:
    Path("imported.py").write_text("mine", encoding="utf-8")
    assert run("user", "ada", "--out", "imported.py") == (2, "cannot write imported.py: File exists")
    assert Path("imported.py").read_text(encoding="utf-8") == "mine"


def test_without_credentials_it_says_how_to_give_them(run: Run, scene: Scene) -> None:
    scene.stack.configure({key: value for key, value in scene.config.items() if key != "victorops:apiKey"})
    assert run("user", "ada") == (
        1,
        "victorops:apiKey is not set: run `pulumi config set --secret victorops:apiKey ...`, "
        "or set VO_API_KEY in the environment",
    )


def test_a_wrong_key_is_told_by_its_names_and_never_shown(run: Run, scene: Scene) -> None:
    # A service of its own: in this process, others have read that of the scene with the right key.
    with Simulator(seed="empty", random_seed=1) as simulator:
        scene.stack.configure(scene.config | {"victorops:baseUrl": simulator.url, "victorops:apiKey": "s3cr3t-k3y"})
        code, said = run("user", "ada")
    assert (code, "s3cr3t" in said) == (1, False)
    assert said.startswith("user 'ada': GET /api-public/v")
    assert said.endswith("check victorops:apiId and victorops:apiKey (or VO_API_ID and VO_API_KEY)")


def test_without_the_engine_it_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert run("user", "ada") == (1, "there is no command `pulumi` on PATH: install Pulumi, or add its folder")


def test_a_stack_with_interrupted_operations_is_left_alone(run: Run, scene: Scene) -> None:
    interrupted = document(present("Team", "platform", scene.team))
    interrupted["deployment"]["pending_operations"] = [{"resource": present("User", "a", "a"), "type": "creating"}]
    scene.stack.put(interrupted)
    assert run("user", "ada") == (
        1,
        "the stack has operations that were interrupted: run `pulumi refresh` first, which asks what became of them",
    )


@pytest.mark.parametrize("out", [[], ["--out", "interrupted.py"]])
def test_a_stack_that_somebody_else_changes_meanwhile_is_left_alone(run: Run, scene: Scene, out: list[str]) -> None:
    theirs = document(present("Team", "platform", scene.team), present("Team", "other", scene.other_team))
    scene.stack.put_after_the_next_look(theirs)
    assert run("user", "ada", *out) == (1, "the stack dev was changed meanwhile; run the command again")
    assert not Path("interrupted.py").exists()


def test_the_page_explains_these_messages() -> None:
    rows = [codes(row["message"])[0] for row in table(section(PAGE, "What can go wrong"), "message")]
    in_files = [message.partition(": ")[2] for message in IN_A_FILE]
    elsewhere = {
        "the stack has operations that were interrupted: run `pulumi refresh` first, which asks what became of them",
        "the stack dev was changed meanwhile; run the command again",
        "cannot write imported.py: File exists",
        "there is no command `pulumi` on PATH: install Pulumi, or add its folder",
    }
    assert set(rows) == {*REFUSED, *in_files[:3], *elsewhere}
