"""The catalogues of what paging policies may be made of: operations E33 to E35."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_victorops.simulator.subjects.links import link

if TYPE_CHECKING:
    from pulumi_victorops.simulator.calls import Call, Rule

_NOTIFICATIONS = {
    "push": "Send a push notification to all my devices",
    "email": "Send an email to an email address",
    "sms": "Send an SMS to a phone number",
    "phone": "Make a phone call to a phone number",
}
_CONTACTS = {"email": "Email Address", "phone": "Phone Number"}
TIMEOUTS: Final = (1, 5, 10, 15, 20, 25, 30, 45, 60)
"""How many minutes a step of a paging policy may wait."""

# The recorded service gives the number of minutes as a string.
_TIMEOUTS_IN_WORDS = {
    str(minutes): f"If still unacked after {minutes} minute{'' if minutes == 1 else 's'}" for minutes in TIMEOUTS
}


def _catalogue(member: str, name: str, types: dict[str, str]) -> Rule:
    def answer(_call: Call) -> dict[str, Any]:
        return {
            member: [{"type": kind, "description": text} for kind, text in types.items()],
            "_selfUrl": link("policies", "types", name),
        }

    return answer


RULES: dict[str, Rule] = {
    "GET /api-public/v1/policies/types/notifications": _catalogue("notificationTypes", "notifications", _NOTIFICATIONS),
    "GET /api-public/v1/policies/types/contacts": _catalogue("contactTypes", "contacts", _CONTACTS),
    "GET /api-public/v1/policies/types/timeouts": _catalogue("timeoutTypes", "timeouts", _TIMEOUTS_IN_WORDS),
}
"""What answers each catalogue."""
