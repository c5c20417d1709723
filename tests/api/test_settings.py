"""Where the configuration comes from, and what of it is refused."""

from __future__ import annotations

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from urllib3.util import parse_url

from pulumi_victorops.api import ConfigurationError, Settings
from pulumi_victorops.api.settings import RateLimit, is_loopback, parse_base_url, parse_rate_limit

CREDENTIALS = {"victorops:apiId": "id-1", "victorops:apiKey": "key-1"}
BASE_URL = "victorops:baseUrl (or VO_BASE_URL)"
MARKS = ["http:", "https:", "//", "/", "\\", "@", ":", ":80", "?", "#", ".", "..", "%40", "%2f", "\uff0e", "\u3002"]
HOSTS = ["127.0.0.1", "localhost", "[::1]", "[", "]", "evil.example", "a", "1", "api-public"]
PIECES = st.lists(st.sampled_from(MARKS) | st.sampled_from(HOSTS), max_size=7).map(
    lambda each: "http://" + "".join(each)
)


def load(config: dict[str, object] | None = None, **environ: str) -> Settings:
    return Settings.load((CREDENTIALS if config is None else config).get, environ)


def refusal(config: dict[str, object] | None = None, **environ: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(config, **environ)
    return str(caught.value)


class TestWhereFrom:
    def test_credentials_alone_are_enough(self) -> None:
        settings = load()

        assert (settings.api_id, settings.api_key) == ("id-1", "key-1")
        assert settings.base_url == "https://api.victorops.com"
        assert settings.rate_limit == RateLimit(calls=2, seconds=1)
        assert settings.default_replacement is None

    def test_the_stacks_configuration_has_names_for_everything(self) -> None:
        settings = load(
            {
                **CREDENTIALS,
                "victorops:baseUrl": "http://127.0.0.1:8787/",
                "victorops:rateLimit": "60/m",
                "victorops:defaultReplacement": "lead",
            }
        )

        assert settings == Settings("id-1", "key-1", "http://127.0.0.1:8787", RateLimit(60, 60), "lead")

    def test_the_environment_has_names_for_everything(self) -> None:
        settings = load(
            {},
            VO_API_ID="id-2",
            VO_API_KEY="key-2",
            VO_BASE_URL="http://127.0.0.1:8787/",
            VO_RATE_LIMIT="off",
            VO_DEFAULT_REPLACEMENT="lead",
        )

        assert settings == Settings("id-2", "key-2", "http://127.0.0.1:8787", None, "lead")

    def test_the_stacks_configuration_wins_over_the_environment(self) -> None:
        settings = load(
            {**CREDENTIALS, "victorops:baseUrl": "https://eu.example.com"},
            VO_API_ID="id-2",
            VO_API_KEY="key-2",
            VO_BASE_URL="https://us.example.com",
            VO_RATE_LIMIT="7/s",
        )

        assert (settings.api_id, settings.api_key) == ("id-1", "key-1")
        assert settings.base_url == "https://eu.example.com"
        assert settings.rate_limit == RateLimit(7, 1)

    def test_blanks_around_a_value_do_not_count(self) -> None:
        settings = load(
            {"victorops:apiId": " id-1\n", "victorops:rateLimit": "  "},
            VO_API_KEY="\tkey-1\r\n",
            VO_BASE_URL=" ",
        )

        assert (settings.api_id, settings.api_key) == ("id-1", "key-1")
        assert settings.base_url == "https://api.victorops.com"
        assert settings.rate_limit == RateLimit(2, 1)

    def test_a_number_in_the_configuration_is_text(self) -> None:
        assert load({"victorops:apiId": 12345678, "victorops:apiKey": "k"}).api_id == "12345678"


class TestCredentials:
    def test_both_missing_are_told_with_both_remedies(self) -> None:
        assert refusal({}) == (
            "victorops:apiId and victorops:apiKey are not set: "
            "run `pulumi config set --secret victorops:apiId ...; pulumi config set --secret victorops:apiKey ...`, "
            "or set VO_API_ID and VO_API_KEY in the environment"
        )

    def test_a_missing_id_is_told(self) -> None:
        assert refusal({"victorops:apiKey": "key-1"}) == (
            "victorops:apiId is not set: run `pulumi config set --secret victorops:apiId ...`, "
            "or set VO_API_ID in the environment"
        )

    def test_a_missing_key_is_told(self) -> None:
        assert refusal({}, VO_API_ID="id-1", VO_API_KEY="  ") == (
            "victorops:apiKey is not set: run `pulumi config set --secret victorops:apiKey ...`, "
            "or set VO_API_KEY in the environment"
        )

    @pytest.mark.parametrize("value", ["se cret", "se\ncret", "se\x00cret", "se\x7fcret", "s\u00e9cret", "\ud800x"])
    @pytest.mark.parametrize(
        ("name", "variable"), [("victorops:apiId", "VO_API_ID"), ("victorops:apiKey", "VO_API_KEY")]
    )
    def test_what_cannot_be_a_header_is_refused_and_not_shown(self, name: str, variable: str, value: str) -> None:
        expected = f"{name} (or {variable}) holds a blank, a control or a non-ASCII character"

        assert refusal({**CREDENTIALS, name: value}) == expected

    def test_settings_do_not_show_the_credentials(self) -> None:
        shown = f"{load()} {load()!r}"

        assert "id-1" not in shown
        assert "key-1" not in shown


class TestBaseUrl:
    @pytest.mark.parametrize(
        ("text", "url"),
        [
            ("https://api.victorops.com", "https://api.victorops.com"),
            ("https://api.victorops.com/", "https://api.victorops.com"),
            ("https://gateway.example.com/vo//", "https://gateway.example.com/vo"),
            ("https://gateway.example.com:8443/api", "https://gateway.example.com:8443/api"),
            ("https://gateway.example.com/api-publicity", "https://gateway.example.com/api-publicity"),
            ("http://127.0.0.1:8787", "http://127.0.0.1:8787"),
            ("http://127.1.2.3", "http://127.1.2.3"),
            ("http://[::1]:8787", "http://[::1]:8787"),
            ("http://localhost:8787/", "http://localhost:8787"),
            ("http://LocalHost:8787/", "http://LocalHost:8787"),
        ],
    )
    def test_an_address_is_taken_without_the_slash_at_its_end(self, text: str, url: str) -> None:
        assert parse_base_url(text) == url
        assert load({**CREDENTIALS, "victorops:baseUrl": text}).base_url == url
        assert Settings("id-1", "key-1", base_url=text).base_url == url

    @pytest.mark.parametrize(
        "host",
        [
            "api.victorops.com",
            "10.0.0.1",
            "128.0.0.1",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "[2001:db8::1]",
            "0.0.0.0",
            "2130706433",
        ],
    )
    def test_http_is_for_this_machine_only(self, host: str) -> None:
        message = refusal({**CREDENTIALS, "victorops:baseUrl": f"http://{host}:80"})

        assert message == (
            f"{BASE_URL} is http, which would send the API key in the clear to {host.strip('[]')}: "
            "use https (http is for loopback addresses only)"
        )

    @pytest.mark.parametrize(
        "text",
        [
            "api.victorops.com",
            "//api.victorops.com",
            "https://",
            "https:///path",
            "ftp://api.victorops.com",
            "file:///etc/passwd",
            "https://api.victorops.com:port",
            "https://api.victorops.com:99999",
            "https://[::1",
            "https://api victorops.com",
            "https://api.victorops.com/a\tb",
            "https://api.victorops.com/\x00",
            "off",
        ],
    )
    def test_what_is_no_address_is_refused(self, text: str) -> None:
        assert refusal({**CREDENTIALS, "victorops:baseUrl": text}) == (
            f"{BASE_URL} is not an http(s) address: expected https://api.victorops.com"
        )

    @pytest.mark.parametrize(
        "text", ["https://me:hunter2@api.victorops.com", "https://me@api.victorops.com", "https://@api.victorops.com"]
    )
    def test_credentials_in_the_address_are_refused_and_not_shown(self, text: str) -> None:
        assert refusal({**CREDENTIALS, "victorops:baseUrl": text}) == (
            f"{BASE_URL} must not hold a user name or password"
        )

    @pytest.mark.parametrize("tail", ["?a=b", "#a", "?", "#", "/?", "/x#y"])
    def test_a_query_or_fragment_is_refused_even_an_empty_one(self, tail: str) -> None:
        assert refusal({**CREDENTIALS, "victorops:baseUrl": f"https://api.victorops.com{tail}"}) == (
            f"{BASE_URL} must not have a query or fragment: expected https://api.victorops.com"
        )

    @pytest.mark.parametrize("tail", ["/api-public", "/api-public/v1", "/vo/api-public/", "/api-reporting/v2"])
    def test_an_address_that_goes_too_far_is_refused(self, tail: str) -> None:
        assert refusal({**CREDENTIALS, "victorops:baseUrl": f"https://api.victorops.com{tail}"}) == (
            f"{BASE_URL} must end before /api-public: expected https://api.victorops.com"
        )

    def test_settings_made_by_hand_are_checked_too(self) -> None:
        with pytest.raises(ConfigurationError, match="in the clear"):
            Settings("id-1", "key-1", base_url="http://api.victorops.com")

    @pytest.mark.parametrize("text", ["http://http:\\[::1]", "http://localhost\\.example.com", "https://a|b"])
    def test_a_host_is_plain(self, text: str) -> None:
        with pytest.raises(ConfigurationError, match="not an http"):
            parse_base_url(text)

    @given(PIECES | st.text(max_size=30).map(lambda text: f"http://{text}"))
    def test_no_text_is_taken_that_would_send_the_key_elsewhere_in_the_clear(self, text: str) -> None:
        try:
            url = parse_base_url(text)
        except ConfigurationError:
            return
        try:
            sent_to = requests.Request("GET", f"{url}/api-public/v1/user").prepare().url
        except requests.RequestException:
            return
        # Where the HTTP library really connects, which need not be what the check read out of the text.
        parsed = parse_url(sent_to or "")
        assert parsed.scheme == "https" or is_loopback((parsed.host or "").strip("[]"))
        assert (parsed.path or "").endswith("/api-public/v1/user")

    @pytest.mark.parametrize(
        ("host", "loopback"),
        [
            ("127.0.0.1", True),
            ("127.255.255.254", True),
            ("::1", True),
            ("LOCALHOST", True),
            ("::2", False),
            ("example.com", False),
            ("", False),
        ],
    )
    def test_loopback_is_told_from_the_rest(self, host: str, loopback: bool) -> None:
        assert is_loopback(host) is loopback


class TestRateLimit:
    @pytest.mark.parametrize(
        ("text", "limit"),
        [
            ("2/s", RateLimit(2, 1)),
            (" 60/m ", RateLimit(60, 60)),
            ("1000 / H", RateLimit(1000, 3600)),
            ("999999/s", RateLimit(999_999, 1)),
            ("off", None),
            (" OFF ", None),
        ],
    )
    def test_a_rate_is_calls_for_a_second_a_minute_or_an_hour_or_off(self, text: str, limit: RateLimit | None) -> None:
        assert parse_rate_limit(text) == limit
        assert load({**CREDENTIALS, "victorops:rateLimit": text}).rate_limit == limit

    @pytest.mark.parametrize("text", ["0/s", "-1/s", "2", "2/d", "1.5/s", "/s", "2/", "1000000/s", "on", "2/s/s"])
    def test_any_other_rate_is_refused(self, text: str) -> None:
        assert refusal({**CREDENTIALS, "victorops:rateLimit": text}) == (
            f"victorops:rateLimit (or VO_RATE_LIMIT) is '{text}': "
            "expected calls per second, minute or hour such as 2/s or 60/m, or off"
        )

    def test_a_long_or_broken_rate_is_shown_in_one_short_line(self) -> None:
        message = refusal({**CREDENTIALS, "victorops:rateLimit": "2\n" + "x" * 500})

        assert message == (
            "victorops:rateLimit (or VO_RATE_LIMIT) is '2\\n" + "x" * 38 + "': "
            "expected calls per second, minute or hour such as 2/s or 60/m, or off"
        )


class TestExtendedCalls:
    @pytest.mark.parametrize(("value", "on"), [("true", True), (" TRUE ", True), (True, True), ("false", False)])
    def test_the_switch_is_true_or_false_in_any_case(self, value: object, on: bool) -> None:
        assert load({**CREDENTIALS, "victorops:extendedApi": value}).extended_api is on

    def test_it_is_off_by_default_and_the_environment_can_turn_it_on(self) -> None:
        assert load().extended_api is False
        assert load(VO_EXTENDED_API="true").extended_api is True
        assert load({**CREDENTIALS, "victorops:extendedApi": "false"}, VO_EXTENDED_API="true").extended_api is False

    def test_anything_else_is_refused(self) -> None:
        assert refusal({**CREDENTIALS, "victorops:extendedApi": "yes"}) == (
            "victorops:extendedApi (or VO_EXTENDED_API) is 'yes': expected true or false"
        )


class TestAudit:
    def test_it_is_off_unless_a_preview_is_to_make_one(self) -> None:
        assert load().audit is False
        assert load(VO_AUDIT="preview").audit is True
        assert load({**CREDENTIALS, "victorops:audit": "off"}, VO_AUDIT="preview").audit is False

    def test_anything_else_is_refused(self) -> None:
        assert refusal({**CREDENTIALS, "victorops:audit": "always"}) == (
            "victorops:audit (or VO_AUDIT) is 'always': expected preview or off"
        )
