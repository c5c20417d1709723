"""Profiles: what they say themselves, what they take from the stack's own settings, and what of them is refused."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_victorops.api import ConfigurationError, Settings, settings_for
from pulumi_victorops.api.settings import RateLimit

OWN = {"victorops:apiId": "own-id", "victorops:apiKey": "own-key", "victorops:baseUrl": "https://own.example.com"}
EU: dict[str, object] = {"apiId": "eu-id", "apiKey": "eu-key"}
SECRET = "5ecret-of-the-profile"
WHERE = "victorops:profiles (or VO_PROFILES)"


def load(profile: str | None, profiles: Any = None, own: Mapping[str, str] = OWN, **environ: str) -> Settings:
    text = profiles if isinstance(profiles, str) else json.dumps(profiles)
    config = {**own, **({} if profiles is None else {"victorops:profiles": text})}
    return settings_for(config.get, environ, profile)


def refusal(profile: str, profiles: Any = None, **environ: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(profile, profiles, OWN, **environ)
    shown = "".join(traceback.format_exception(caught.value))
    assert SECRET not in shown
    assert "\n" not in str(caught.value)
    return str(caught.value)


class TestWhatIsFoundWhere:
    def test_without_a_profile_the_settings_are_the_stacks_own(self) -> None:
        settings = load(None, {"eu": EU})
        assert (settings.api_id, settings.api_key, settings.profile) == ("own-id", "own-key", None)

    def test_broken_profiles_do_no_harm_to_what_uses_none(self) -> None:
        assert load(None, "{").api_id == "own-id"

    def test_a_profile_says_everything_itself(self) -> None:
        settings = load(
            "eu",
            {
                "eu": {
                    **EU,
                    "baseUrl": "https://eu.example.com/",
                    "rateLimit": "60/m",
                    "rateLimitStore": "memory",
                    "nameSuffix": "-eu",
                    "defaultReplacement": "lead",
                    "adopt": "exact",
                    "audit": "preview",
                    "extendedApi": "true",
                }
            },
        )
        assert settings == Settings(
            "eu-id",
            "eu-key",
            "https://eu.example.com",
            RateLimit(60, 60),
            "lead",
            "-eu",
            audit=True,
            adopt="exact",
            extended_api=True,
            rate_limit_store="memory",
            profile="eu",
        )

    def test_what_it_leaves_out_is_as_in_the_stacks_own_settings(self) -> None:
        own = {**OWN, "victorops:rateLimit": "off", "victorops:nameSuffix": "-dev", "victorops:journal": "/journal"}
        settings = load("eu", {"eu": EU}, own, VO_ADOPT="exact")
        assert settings == Settings(
            "eu-id",
            "eu-key",
            "https://own.example.com",
            None,
            name_suffix="-dev",
            adopt="exact",
            journal="/journal",
            profile="eu",
        )

    def test_an_empty_text_takes_a_setting_back(self) -> None:
        own = {**OWN, "victorops:nameSuffix": "-dev", "victorops:defaultReplacement": "lead"}
        settings = load("eu", {"eu": {**EU, "nameSuffix": "", "defaultReplacement": ""}}, own, VO_NAME_SUFFIX="-env")
        assert (settings.name_suffix, settings.default_replacement) == ("", None)

    @pytest.mark.parametrize("missing", ["apiId", "apiKey"])
    def test_credentials_are_never_the_stacks_own(self, missing: str) -> None:
        half = {name: value for name, value in EU.items() if name != missing}
        message = f"{WHERE}: eu.{missing} is missing: a profile has an apiId and an apiKey of its own"
        assert refusal("eu", {"eu": half}, VO_API_ID="env-id", VO_API_KEY="env-key") == message
        assert refusal("eu", {"eu": {**half, missing: "  "}}) == message

    def test_no_credentials_of_the_stacks_own_are_needed(self) -> None:
        assert load("eu", {"eu": EU}, own={}).api_id == "eu-id"

    def test_the_environment_has_a_name_for_them(self) -> None:
        assert load("eu", None, VO_PROFILES=json.dumps({"eu": EU})).api_key == "eu-key"

    def test_the_stacks_configuration_wins_over_the_environment(self) -> None:
        environment = json.dumps({"us": EU})
        assert refusal("us", {"eu": EU}, VO_PROFILES=environment) == f"{WHERE} has no profile 'us': there are 'eu'"

    def test_true_and_numbers_are_as_good_as_their_texts(self) -> None:
        """`pulumi config set --path` writes them so."""
        settings = load("eu", {"eu": {"apiId": 42, "apiKey": 7, "extendedApi": True, "adopt": False}})
        assert (settings.api_id, settings.api_key, settings.extended_api, settings.adopt) == ("42", "7", True, "")

    def test_profiles_of_one_org_are_told_apart_by_their_names(self) -> None:
        both = {"one": EU, "two": EU}
        assert load("one", both) != load("two", both)

    def test_neither_key_is_shown(self) -> None:
        assert "eu-key" not in repr(load("eu", {"eu": EU}))


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("profiles", "message"),
        [
            ("{", "is no JSON (Expecting property name enclosed in double quotes, line 1, column 2)"),
            (f'{{"eu": {{"apiKey": "{SECRET}}}}}', "is no JSON (Unterminated string starting at, line 1, column 19)"),
            (f'"{SECRET}"', "is no object"),
            (f'["{SECRET}"]', "is no object"),
            ("[" * 100_000, "has a number that is too long, is nested too deep, or has a name twice"),
            ('{"eu": ' + "9" * 5000 + "}", "has a number that is too long, is nested too deep, or has a name twice"),
            (
                f'{{"eu": {{"apiKey": "{SECRET}", "apiKey": "a"}}}}',
                "has a number that is too long, is nested too deep, or has a name twice",
            ),
        ],
    )
    def test_what_is_no_object_of_profiles(self, profiles: str, message: str) -> None:
        expected = 'expected {"eu": {"apiId": ..., "apiKey": ...}}'
        assert refusal("eu", profiles) == f"{WHERE} {message}: {expected}"

    def test_a_profile_that_is_no_object(self) -> None:
        """As where somebody left the name of the profile out."""
        message = f"{WHERE}: 'apiKey' is no object: expected " + '{"eu": {"apiId": ..., "apiKey": ...}}'
        assert refusal("eu", {"apiKey": SECRET}) == message

    def test_no_profiles_at_all(self) -> None:
        command = """pulumi config set --secret victorops:profiles '{"eu": {"apiId": ..., "apiKey": ...}}'"""
        message = f"there is no profile 'eu': run `{command}`, or set VO_PROFILES in the environment"
        assert refusal("eu") == refusal("eu", "  ") == message
        assert refusal("eu", {}) == f"{WHERE} has no profile 'eu': there are none"

    @pytest.mark.parametrize(
        ("member", "hint"),
        [
            ("apikey", ", 'apikey': did you mean 'apiKey'?"),
            ("base_url", ", 'base_url': did you mean 'baseUrl'?"),
            ("journal", ": expected any of apiId, apiKey, baseUrl, rateLimit, rateLimitStore, nameSuffix, "),
            (SECRET, ": expected any of apiId, apiKey, baseUrl, rateLimit, rateLimitStore, nameSuffix, "),
        ],
    )
    def test_members_that_are_no_settings(self, member: str, hint: str) -> None:
        """A member that is like none may be a key that stands in the wrong place, and isn't shown."""
        assert refusal("eu", {"eu": {**EU, member: "x"}}).startswith(
            f"{WHERE}: 'eu' has a member that is no setting{hint}"
        )

    def test_a_mistake_in_another_profile_is_told_too(self) -> None:
        message = f"{WHERE}: 'us' has a member that is no setting, 'apiKeys': did you mean 'apiKey'?"
        assert refusal("eu", {"eu": EU, "us": {"apiKeys": SECRET}}) == message

    @pytest.mark.parametrize("value", [None, 1.5, [SECRET], {"text": SECRET}])
    def test_members_that_are_no_text(self, value: object) -> None:
        assert (
            refusal("eu", {"eu": {**EU, "apiKey": value}}) == f"{WHERE}: eu.apiKey is neither text, nor true or false"
        )

    @pytest.mark.parametrize(
        ("member", "value", "message"),
        [
            ("apiKey", f"{SECRET} {SECRET}", "eu.apiKey holds a blank, a control or a non-ASCII character"),
            (
                "baseUrl",
                "http://api.example.com",
                "eu.baseUrl is http, which would send the API key in the clear to api.example.com: "
                "use https (http is for loopback addresses only)",
            ),
            ("audit", "always", "eu.audit is 'always': expected preview or off"),
            ("adopt", "maybe", "eu.adopt is 'maybe': expected true, false or exact"),
            ("extendedApi", 3, "eu.extendedApi is '3': expected true or false"),
            (
                "rateLimitStore",
                f"redis:/{SECRET}",
                "eu.rateLimitStore is none of file, memory and a Redis address such as "
                "redis://redis.example.com:6379/0 (rediss:// for TLS)",
            ),
        ],
    )
    def test_a_bad_value_is_told_by_where_it_stands(self, member: str, value: object, message: str) -> None:
        assert refusal("eu", {"eu": {**EU, member: value}}) == f"{WHERE}: {message}"

    def test_a_bad_value_of_the_stacks_own_is_told_as_that(self) -> None:
        with pytest.raises(ConfigurationError) as caught:
            load("eu", {"eu": EU}, {**OWN, "victorops:adopt": "maybe"})
        assert str(caught.value) == "victorops:adopt (or VO_ADOPT) is 'maybe': expected true, false or exact"

    @given(st.text(max_size=30) | st.recursive(st.none() | st.booleans() | st.text(), st.lists))
    def test_whatever_stands_there_is_one_line(self, value: object) -> None:
        secret = {"key": SECRET}
        for profiles in (value, {"eu": value}, {"eu": {**EU, "apiKey": value}}, {"eu": EU, "us": [value, secret]}):
            text = profiles if isinstance(profiles, str) else json.dumps(profiles)
            said = ""
            try:
                load("eu", text)
            except ConfigurationError as error:
                said = str(error)
            assert SECRET not in said
            assert said.isprintable()

    def test_a_name_of_several_lines_is_shown_in_one(self) -> None:
        assert refusal("e\nu", {"e\nu": {"apiId": "id"}}) == (
            f"{WHERE}: 'e\\nu'.apiKey is missing: a profile has an apiId and an apiKey of its own"
        )
