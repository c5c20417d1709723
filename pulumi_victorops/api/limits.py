"""Every limit, default and time-out of the client, in one place."""

from __future__ import annotations

DEFAULT_BASE_URL = "https://api.victorops.com"
"""Where the service lives."""

DEFAULT_RATE_LIMIT = "2/s"
"""The service states two calls a second for nearly every operation, and counts them by key."""

DEFAULT_RATE_LIMIT_STORE = "file"
"""Where calls are counted: in a file that all processes of the machine share."""

PACE_MARGIN = 0.25
"""Seconds that a call is taken to be on its way to the service, unless its answer shows that it was less."""

PACE_FAR = 0.05
"""Seconds from which all answers take so long that it must be due to the way, and not to a machine that is busy."""

PACE_LOOK_UP = 0.01
"""Seconds until a caller looks again whose turn depends on an answer that is due."""

LEAST_SHARE = 1 / 8
"""The part of the limit that is used at least, however often the service says that it's too many."""

RECOVERY_SECONDS = 5.0
"""Seconds without a refusal after which more of the limit is used again."""

RECOVERY_STEP = 1 / 8
"""How much more of it."""

STORE_TIMEOUT = 5.0
"""Seconds to wait for the store of a shared pace."""

CONNECT_TIMEOUT = 10.0
"""Seconds to wait for a connection."""

READ_TIMEOUT = 30.0
"""Seconds without a single byte of the answer."""

ANSWER_TIMEOUT = 90.0
"""Seconds for an answer's whole body, however slowly its bytes drip in."""

ANSWER_LIMIT = 64 * 1024 * 1024
"""Bytes of an answer that are read at most. Lists have no pages, so a large org's are long."""

POOL_SIZE = 8
"""Connections kept open. The engine's plugin serves four calls at once."""

TRANSIENT_ATTEMPTS = 4
"""How often a call is made at the most when the service or the network fails."""

TRANSIENT_BACKOFF = 0.5
"""Seconds before the second attempt; doubled for each one after it."""

TRANSIENT_BACKOFF_MAX = 8.0
"""The longest pause between two attempts, in seconds."""

RATE_LIMIT_PATIENCE = 300.0
"""Seconds that one call keeps waiting, in all, while the service says that there are too many."""

RATE_LIMIT_BACKOFF = 1.0
"""Seconds to wait when the service refuses a call for its rate and doesn't say for how long."""

RATE_LIMIT_BACKOFF_MAX = 30.0
"""The longest such wait."""

NOTICEABLE_WAIT = 5.0
"""Seconds from which a wait is worth a line to the user."""

SERVICE_WORDS_LIMIT = 300
"""Characters of the service's own words that an error message repeats."""

SEGMENT_LIMIT = 512
"""Characters of one segment of a path, before it's quoted. No name or id of the service is nearly as long."""

PATH_WORDS_LIMIT = 200
"""Characters of a path that an error message repeats."""
