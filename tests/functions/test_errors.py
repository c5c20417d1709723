"""What a script and a program learn when a question can't be answered, and what asking costs."""

from __future__ import annotations

import subprocess
import sys

import pulumi
import pytest

import pulumi_victorops as vo
from pulumi_victorops import api
from pulumi_victorops.api import AuthenticationError, ConfigurationError, NotFoundError, RateLimitError, VictorOpsError
from pulumi_victorops.api import limits as api_limits
from pulumi_victorops.simulator import Simulator
from tests.functions.programs import Answers, run_under


def test_an_error_is_of_the_apis_tree_and_one_that_pulumi_shows_without_traceback(script: Simulator) -> None:
    with pytest.raises(NotFoundError) as raised:
        vo.get_user("nobody")
    assert isinstance(raised.value, VictorOpsError)
    assert isinstance(raised.value, pulumi.RunError)
    assert type(raised.value).__name__ == "NotFoundError"
    assert raised.value.status == 404
    assert str(raised.value.operation) == "GET /api-public/v1/user/{user}"
    assert script.requests()["total"] == 1


def test_an_error_keeps_what_it_knows(script: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_limits, "RATE_LIMIT_PATIENCE", 0)
    script.put_faults([{"operation": "*", "kind": "rate_limit", "retry_after": 7}])
    with pytest.raises(RateLimitError) as raised:
        vo.get_teams()
    assert raised.value.retry_after == 7
    assert raised.value.attempts == 1


def test_an_error_within_a_search_is_of_the_same_kind(script: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VO_API_KEY", "wrong")
    with pytest.raises(AuthenticationError) as raised:
        next(vo.search_incidents())
    assert isinstance(raised.value, pulumi.RunError)
    assert script.requests()["total"] == 1


def test_missing_credentials_are_named(script: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VO_API_KEY")
    for ask in (vo.get_teams, lambda: next(vo.search_incidents())):
        with pytest.raises(ConfigurationError) as raised:
            ask()
        assert str(raised.value) == (
            "victorops:apiKey is not set: run `pulumi config set --secret victorops:apiKey ...`, or set VO_API_KEY in "
            "the environment"
        )
        assert type(raised.value).__bases__ == (ConfigurationError, pulumi.RunError)
    assert script.requests()["total"] == 0


def test_all_questions_of_a_process_share_one_client(script: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    class Counted(api.Client):
        def __init__(self, settings: api.Settings) -> None:
            made.append(settings.api_id)
            super().__init__(settings)

    monkeypatch.setattr(api, "Client", Counted)
    monkeypatch.setenv("VO_DEFAULT_REPLACEMENT", "somebody")  # settings that no other test has
    vo.get_teams()
    vo.get_users()
    assert made == [script.api_id]
    monkeypatch.setenv("VO_DEFAULT_REPLACEMENT", "somebody-else")
    vo.get_teams()
    assert made == [script.api_id, script.api_id]


@pytest.mark.usefixtures("script")
def test_a_mocks_answer_of_another_shape_is_named() -> None:
    with pytest.raises(ValueError, match="1 validation error for User\nusername\n"):
        run_under(Answers(getUser={"name": "ada"}), lambda: vo.get_user("ada"))


def test_importing_costs_little_and_asking_loads_what_it_needs(script: Simulator) -> None:
    program = (
        "import sys, pulumi_victorops as vo\n"
        "loaded = lambda: [name for name in ('pydantic', 'requests') if name in sys.modules]\n"
        "print(loaded()); vo.get_teams(); print(loaded())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n['pydantic', 'requests']\n"
    assert script.requests()["by_operation"] == {"GET /api-public/v1/team": 1}
