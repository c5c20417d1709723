"""Turns are counted alike in memory, in a file and in Redis, for all who share them."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_victorops.api import Client, ConfigurationError, Settings, limits
from pulumi_victorops.api.settings import RateLimit
from pulumi_victorops.api.stores import open_store
from pulumi_victorops.api.turns import Pace, SqliteTurns, Turn, TurnStore, share_after, share_now
from pulumi_victorops.simulator import Simulator
from tests.api.conftest import API_ID, API_KEY
from tests.api.raw_server import RawServer, answer
from tests.api.stores import call_from_processes, running_redis

URL = "https://api.example.com"
TWO = Pace("overall", RateLimit(2, 1000))
ONE = Pace("batch", RateLimit(1, 1000))

Open = Callable[[], TurnStore]


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "pulumi-victorops"


def settings_of(request: pytest.FixtureRequest, home: Path, name: str) -> Settings:
    name = request.getfixturevalue("redis_url") if name == "redis" else name
    # Redis outlives a test, so each has an API id of its own.
    return Settings(f"id-of-{home}", API_KEY, URL, rate_limit_store=name)


@pytest.fixture(params=["file", "redis"])
def shared(request: pytest.FixtureRequest, home: Path) -> Iterator[Open]:
    """Opens a store that is shared by all who open it."""
    settings = settings_of(request, home, request.param)
    opened: list[TurnStore] = []

    def open_another() -> TurnStore:
        opened.append(open_store(settings))
        return opened[-1]

    yield open_another
    for store in opened:
        store.close()


@pytest.fixture(params=["memory", "file", "redis"])
def store(request: pytest.FixtureRequest, home: Path) -> Iterator[TurnStore]:
    store = open_store(settings_of(request, home, request.param))
    yield store
    store.close()


def turn(got: Turn | float) -> Turn:
    assert isinstance(got, Turn)
    return got


def seconds(got: Turn | float) -> float:
    assert isinstance(got, float)
    return got


class TestTurns:
    def test_there_are_as_many_turns_as_the_limit_says(self, store: TurnStore) -> None:
        store.settle(turn(store.take([TWO])), 0.0)
        store.settle(turn(store.take([TWO])), 0.0)

        assert seconds(store.take([TWO])) == pytest.approx(1000, abs=30)

    def test_a_turn_counts_from_when_its_call_may_have_arrived(
        self, store: TurnStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "PACE_MARGIN", 300.0)
        store.settle(turn(store.take([ONE])), 200.0)

        assert seconds(store.take([ONE])) == pytest.approx(1200, abs=30)

    def test_what_waits_for_a_call_under_way_asks_again_early(
        self, store: TurnStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "PACE_MARGIN", 300.0)
        under_way = turn(store.take([ONE]))

        assert seconds(store.take([ONE])) == pytest.approx(1000, abs=30)
        store.settle(under_way, 300.0)
        assert seconds(store.take([ONE])) == pytest.approx(1300, abs=30)

    def test_turns_of_two_paces_are_taken_together_or_not_at_all(self, store: TurnStore) -> None:
        turn(store.take([TWO]))
        turn(store.take([TWO]))

        seconds(store.take([ONE, TWO]))

        assert isinstance(store.take([ONE]), Turn)

    def test_a_narrow_pace_leaves_the_others_their_turns(self, store: TurnStore) -> None:
        turn(store.take([ONE, TWO]))
        seconds(store.take([ONE, TWO]))

        assert isinstance(store.take([TWO]), Turn)
        assert isinstance(store.take([TWO]), float)

    def test_a_refusal_holds_back_its_own_pace_only(self, store: TurnStore) -> None:
        store.push_back(ONE, 100.0)

        assert seconds(store.take([ONE, TWO])) == pytest.approx(100, abs=30)
        assert isinstance(store.take([TWO]), Turn)

    def test_after_a_refusal_the_limit_is_halved_once_for_all_that_were_under_way(self, store: TurnStore) -> None:
        for _ in range(3):
            store.push_back(TWO, 0.0)

        store.settle(turn(store.take([TWO])), 0.0)
        store.settle(turn(store.take([TWO])), 0.0)
        assert seconds(store.take([TWO])) == pytest.approx(2000, abs=30)

    def test_the_limit_comes_back_when_all_is_calm(self, store: TurnStore, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "RECOVERY_SECONDS", 1e-9)
        store.push_back(TWO, 0.0)

        store.settle(turn(store.take([TWO])), 0.0)
        store.settle(turn(store.take([TWO])), 0.0)
        assert seconds(store.take([TWO])) == pytest.approx(1000, abs=30)

    def test_a_closed_store_gives_no_turn(self, home: Path) -> None:
        store = open_store(Settings(API_ID, API_KEY, URL))
        taken = turn(store.take([TWO]))
        store.close()

        store.settle(taken, 0.0)
        store.push_back(TWO, 1.0)
        assert isinstance(store.take([TWO]), float)


class TestSharing:
    def test_all_who_open_a_store_share_its_turns(self, shared: Open) -> None:
        one, other = shared(), shared()
        turn(one.take([TWO]))
        turn(other.take([TWO]))

        assert isinstance(one.take([TWO]), float)
        assert isinstance(other.take([TWO]), float)

    def test_a_pause_holds_for_all(self, shared: Open) -> None:
        one, other = shared(), shared()
        one.push_back(TWO, 100.0)

        assert seconds(other.take([TWO])) == pytest.approx(100, abs=30)

    def test_a_wider_window_of_one_keeps_its_turns_when_others_have_a_narrower_one(self, shared: Open) -> None:
        wide, narrow = Pace("overall", RateLimit(1, 1000)), Pace("overall", RateLimit(1000, 1))
        one, other = shared(), shared()
        turn(one.take([wide]))
        for _ in range(5):
            turn(other.take([narrow]))

        assert seconds(one.take([wide])) > 900

    def test_another_org_has_turns_of_its_own(self, home: Path) -> None:
        one = open_store(Settings("one", API_KEY, URL))
        other = open_store(Settings("other", API_KEY, URL))
        turn(one.take([ONE]))

        assert isinstance(other.take([ONE]), Turn)
        one.close()
        other.close()

    def test_turns_of_a_killed_process_count_and_its_store_goes_on(self, home: Path) -> None:
        script = (
            "from pulumi_victorops.api.settings import RateLimit, Settings\n"
            "from pulumi_victorops.api.stores import open_store\n"
            "from pulumi_victorops.api.turns import Pace\n"
            f"store = open_store(Settings({API_ID!r}, 'key', {URL!r}))\n"
            "store.take([Pace('batch', RateLimit(1, 1000))])\n"
            "print('taken', flush=True)\n"
            "while True: store.take([Pace('overall', RateLimit(10**5, 1))])\n"
        )
        for _ in range(3):
            process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
            assert process.stdout is not None
            assert process.stdout.readline() == "taken\n"
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)

        store = open_store(Settings(API_ID, API_KEY, URL))
        assert seconds(store.take([ONE])) > 900
        assert isinstance(store.take([Pace("reporting", RateLimit(1, 60))]), Turn)
        store.close()


class TestInAnyWindow:
    @given(
        calls=st.integers(1, 4),
        steps=st.lists(
            st.tuples(st.floats(0.0, 0.9), st.floats(0.0, 1.0), st.booleans(), st.integers(0, 9)), max_size=60
        ),
    )
    def test_never_more_calls_arrive_than_the_limit(
        self, calls: int, steps: list[tuple[float, float, bool, int]]
    ) -> None:
        """Calls leave as soon as they may, or later, arrive within the margin, and are answered then or never."""
        now = 0.0
        store = SqliteTurns(clock=lambda: now)
        pace = Pace("overall", RateLimit(calls, 1))
        arrivals: list[float] = []
        for passed, way, is_answered, event in steps:
            if event == 0:
                store.push_back(pace, passed)
            if event == 1:
                now += passed
            while isinstance(got := store.take([pace]), float):
                now += got
            arrivals.append(now + way * limits.PACE_MARGIN)
            if is_answered:
                store.settle(got, way * limits.PACE_MARGIN)
        store.close()

        arrivals.sort()
        for first, later in zip(arrivals, arrivals[calls:], strict=False):
            assert later - first >= 1.0 - 1e-9

    @pytest.mark.parametrize(("calls", "answered_in"), [(30, 0.002), (340, 0.002), (340, 0.02), (2, 0.2)])
    def test_calls_leave_hardly_later_than_the_limit_allows(self, calls: int, answered_in: float) -> None:
        """Within 1.05 of the least time, where the service answers soon."""
        now = 0.0
        store = SqliteTurns(clock=lambda: now)
        pace = Pace("overall", RateLimit(2, 1))
        for _ in range(calls):
            while isinstance(got := store.take([pace]), float):
                now += got
            now += answered_in
            store.settle(got, answered_in)
        store.close()

        assert now <= 1.05 * calls / 2


def test_the_share_is_halved_by_each_refusal_down_to_an_eighth() -> None:
    assert [share_after(share) for share in (1.0, 0.5, 0.25, 0.125)] == [0.5, 0.25, 0.125, 0.125]


def test_the_share_grows_back_by_an_eighth_in_five_seconds() -> None:
    calm = (-3.0, 0.0, 4.9, 5.0, 14.9, 20.0, 1000.0)

    assert [share_now(0.5, seconds) for seconds in calm] == [0.5, 0.5, 0.5, 0.625, 0.75, 1.0, 1.0]


class TestFile:
    def test_it_is_named_after_nothing_that_is_secret_and_only_its_owner_may_read_it(self, home: Path) -> None:
        store = open_store(Settings(API_ID, API_KEY, URL))
        turn(store.take([ONE]))
        store.close()

        [path] = home.glob("*.sqlite")
        assert path.name == "pace-72f456af03b26246619dca2706c25e28.sqlite"
        assert path.stat().st_mode & 0o777 == 0o600
        assert home.stat().st_mode & 0o777 == 0o700
        content = path.read_bytes()
        assert API_ID.encode() not in content
        assert API_KEY.encode() not in content

    def test_where_no_folder_can_be_made_memory_takes_its_place(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / "occupied").write_text("")
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "occupied"))

        store = open_store(Settings(API_ID, API_KEY, URL))

        turn(store.take([ONE]))
        assert isinstance(store.take([ONE]), float)
        store.close()
        [line] = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
        assert line.startswith("the rate limit is not shared with other processes: [Errno 20] Not a directory")

    def test_without_xdg_state_home_it_lies_under_the_home(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_STATE_HOME", "relative")
        monkeypatch.setenv("HOME", str(tmp_path))

        open_store(Settings(API_ID, API_KEY, URL)).close()

        assert len(list((tmp_path / ".local" / "state" / "pulumi-victorops").glob("pace-*.sqlite"))) == 1

    def test_a_damaged_file_is_made_anew(self, home: Path, caplog: pytest.LogCaptureFixture) -> None:
        open_store(Settings(API_ID, API_KEY, URL)).close()
        [path] = home.glob("*.sqlite")
        path.write_bytes(b"not a database, by no means one" * 100)

        store = open_store(Settings(API_ID, API_KEY, URL))
        other = open_store(Settings(API_ID, API_KEY, URL))
        turn(store.take([ONE]))

        assert isinstance(other.take([ONE]), float)
        assert caplog.records == []
        store.close()
        other.close()

    def test_a_file_that_is_damaged_on_the_way_is_given_up_for_memory(
        self, home: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        store = open_store(Settings(API_ID, API_KEY, URL))
        [path] = home.glob("*.sqlite")
        path.write_bytes(b"not a database, by no means one" * 1000)

        turn(store.take([ONE]))

        assert isinstance(store.take([ONE]), float)
        store.close()
        assert [record.getMessage() for record in caplog.records] == [
            "the rate limit is not shared with other processes: file is not a database"
        ]

    def test_turns_of_an_earlier_start_of_the_machine_are_forgotten(self, tmp_path: Path) -> None:
        path = str(tmp_path / "turns.sqlite")
        before = SqliteTurns(path, clock=lambda: 90_000.0)
        turn(before.take([ONE]))
        before.push_back(TWO, 10.0)
        before.close()

        store = SqliteTurns(path, clock=lambda: 20.0)
        assert isinstance(store.take([ONE, TWO]), Turn)
        store.close()

    def test_files_that_nobody_has_used_for_a_week_are_removed(self, home: Path) -> None:
        open_store(Settings("old", API_KEY, URL)).close()
        [old] = home.glob("*.sqlite")
        week_ago = old.stat().st_mtime - 8 * 86400
        os.utime(old, (week_ago, week_ago))

        open_store(Settings("new", API_KEY, URL)).close()

        assert not old.exists()
        assert len(list(home.glob("*.sqlite"))) == 1

    def test_without_a_limit_there_is_no_file(self, server: RawServer, home: Path) -> None:
        server.script(answer(200, []))
        client = Client(Settings(API_ID, API_KEY, server.url, rate_limit=None))
        client.teams.all()
        client.close()

        assert not home.exists()


class TestRedis:
    def test_a_password_is_used_and_never_shown(self, tmp_path: Path) -> None:
        with running_redis(tmp_path, password="s3cret") as url:
            address = url.removeprefix("redis://").removesuffix("/0")
            let_in = open_store(Settings(API_ID, API_KEY, URL, rate_limit_store=f"redis://:s3cret@{address}/1"))
            turn(let_in.take([ONE]))
            let_in.close()
            settings = Settings(API_ID, API_KEY, URL, rate_limit_store=f"redis://wr0ng-user:wr0ng-pass@{address}")
            with pytest.raises(ConfigurationError) as caught:
                open_store(settings)

        assert str(caught.value).startswith(
            f"victorops:rateLimitStore (or VO_RATE_LIMIT_STORE): the Redis at {address} can't be used: "
        )
        assert "wr0ng" not in str(caught.value) + repr(settings)

    def test_one_that_goes_away_is_given_up_for_memory(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        with running_redis(tmp_path) as url:
            store = open_store(Settings(API_ID, API_KEY, URL, rate_limit_store=url))
            turn(store.take([ONE]))

        turn(store.take([ONE]))
        assert isinstance(store.take([ONE]), float)
        store.close()
        [line] = [record.getMessage() for record in caplog.records]
        assert line.startswith("the rate limit is not shared with other processes: ")

    def test_without_its_library_the_error_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(sys.modules, "pulumi_victorops.api.redis_turns", raising=False)
        monkeypatch.setitem(sys.modules, "redis", None)

        with pytest.raises(ConfigurationError) as caught:
            open_store(Settings(API_ID, API_KEY, URL, rate_limit_store="redis://127.0.0.1:1"))

        assert str(caught.value) == (
            "victorops:rateLimitStore (or VO_RATE_LIMIT_STORE) is a Redis address, but the library for it is missing: "
            "pip install 'pulumi-victorops[redis]'"
        )

    @pytest.mark.parametrize(
        "text", ["redi://ada:s3cret@host", "redis://", "redis://ada:s3cret@host/two", "disk", "/tmp/x"]
    )
    def test_what_is_no_store_is_refused_without_being_repeated(self, text: str) -> None:
        with pytest.raises(ConfigurationError) as caught:
            Settings(API_ID, API_KEY, URL, rate_limit_store=text)

        assert str(caught.value) == (
            "victorops:rateLimitStore (or VO_RATE_LIMIT_STORE) is none of file, memory and a Redis address such as "
            "redis://redis.example.com:6379/0 (rediss:// for TLS)"
        )

    def test_one_that_cannot_be_reached_is_an_error_of_the_configuration(self) -> None:
        with pytest.raises(ConfigurationError) as caught:
            Client(Settings(API_ID, API_KEY, URL, rate_limit_store="rediss://ada:s3cret@127.0.0.1:1/0"))

        assert str(caught.value).startswith(
            "victorops:rateLimitStore (or VO_RATE_LIMIT_STORE): the Redis at 127.0.0.1:1 can't be used: "
        )
        assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("name", ["file", "redis"])
def test_four_processes_that_share_a_key_are_never_refused(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    homes = [tmp_path] * 4
    if name == "redis":
        homes = [tmp_path / str(number) for number in range(4)]
    store = request.getfixturevalue("redis_url") if name == "redis" else "file"
    with Simulator(seed="empty", rate_limit="40/s") as simulator:
        call_from_processes(simulator, homes, rate="40/s", store=store, calls=30)

        requests = simulator.requests()["requests"]

    assert [request["status"] for request in requests] == [200] * 120
