"""Outgoing webhooks: operation E80. They come from the seed, since the service makes them in its web interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule


def _list(call: Call) -> dict[str, Any]:
    return {
        "webhooks": [
            {"slug": webhook.slug, "label": webhook.label, "url": webhook.url} for webhook in call.org.webhooks.values()
        ]
    }


RULES: dict[str, Rule] = {"GET /api-public/v1/webhooks": _list}
"""What answers the operation on webhooks."""
