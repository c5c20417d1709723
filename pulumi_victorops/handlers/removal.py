"""What all deletions have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pulumi_victorops.api.errors import NotFoundError, VictorOpsError
from pulumi_victorops.api.places import StillNamedError
from pulumi_victorops.lifecycle.org import Org


@contextmanager
def removing(org: Org) -> Iterator[None]:
    """Stand around the call that takes an object away: one that is gone already is no error.

    What the deletion changed is for the caller to tell the directory. Where the call fails, nobody knows what it did,
    so nothing that was read counts any more.
    """
    try:
        yield
    except NotFoundError:
        return
    except StillNamedError:
        # The call wasn't made, or did what it should.
        raise
    except VictorOpsError:
        org.directory.everything_changed()
        raise
