"""Escalation: who is paged for an incident, when, and by which way.

Everything due happens at its own instant, by the roster and the policies of then, when the service is next asked for
something or its clock is moved.
"""

from __future__ import annotations

import heapq
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from pulumi_victorops.simulator.records_response import Escalation, Incident, Message, PagedPolicy, Paging
from pulumi_victorops.simulator.roster import paged_by

if TYPE_CHECKING:
    from pulumi_victorops.simulator.org import Org
    from pulumi_victorops.simulator.records import PagingRule, Policy, User
    from pulumi_victorops.simulator.records_response import MessageKind

_NEVER: Final = datetime(9000, 1, 1, tzinfo=timezone.utc)  # the clock does not go there


def settle(org: Org, until: datetime) -> bool:
    """Let happen what is due, in the order of the instants; say whether anything did."""
    waiting = [
        (event.due, incident.number, event)
        for incident in org.desk.open_incidents()
        if (event := incident.next_event()) is not None
    ]
    heapq.heapify(waiting)
    happened = False
    while waiting and waiting[0][0] <= until:
        _, number, due = heapq.heappop(waiting)
        incident = org.desk.incidents[number]
        if isinstance(due, Escalation):
            _begin_step(org, incident, due)
        else:
            _reach(org, incident, due)
        following = incident.next_event()
        if following is not None:
            heapq.heappush(waiting, (following.due, number, following))
        happened = True
    return happened


def page_policy(org: Org, incident: Incident, policy: Policy, at: datetime) -> bool:
    """Begin to go through a policy; one that this incident has begun already is not begun again."""
    if policy.slug in incident.begun:
        return False
    incident.begun.append(policy.slug)
    if all(paged.slug != policy.slug for paged in incident.paged_policies):
        team = org.teams[policy.team_slug]
        incident.paged_policies.append(
            PagedPolicy(slug=policy.slug, name=policy.name, team_slug=team.slug, team_name=team.name)
        )
    if policy.steps:
        first = _after(at, policy.steps[0].timeout)
        incident.escalations.append(Escalation(policy_slug=policy.slug, step=0, due=first))
    return True


def page_user(org: Org, incident: Incident, username: str, at: datetime) -> None:
    """Begin to reach a user by their paging policy; somebody who is paged again begins again."""
    if username not in incident.paged_users:
        incident.paged_users.append(username)
    incident.pagings = [paging for paging in incident.pagings if paging.username != username]
    if org.users[username].paging_steps:
        incident.pagings.append(Paging(username=username, step=0, due=at))


def _begin_step(org: Org, incident: Incident, escalation: Escalation) -> None:
    policy = org.policies.get(escalation.policy_slug)
    if policy is None or escalation.step >= len(policy.steps):  # deleted in the meantime
        incident.escalations.remove(escalation)
        return
    at = escalation.due
    for entry in policy.steps[escalation.step].entries:
        if entry.execution_type == "policy_routing":
            page_policy(org, incident, org.policies[entry.target], at)
        elif entry.execution_type == "email":
            _send(org, incident, "email", at, [entry.target])
        elif entry.execution_type == "webhook":
            _send(org, incident, "webhook", at, [org.webhooks[entry.target].url])
        else:
            for username in paged_by(org, policy, entry, at):
                page_user(org, incident, username, at)
    escalation.step += 1
    if escalation.step < len(policy.steps):
        escalation.due = _after(at, policy.steps[escalation.step].timeout)
    else:
        incident.escalations.remove(escalation)


def _reach(org: Org, incident: Incident, paging: Paging) -> None:
    user = org.users.get(paging.username)
    if user is None or paging.step >= len(user.paging_steps):  # gone or changed in the meantime
        incident.pagings.remove(paging)
        return
    step, at = user.paging_steps[paging.step], paging.due
    for rule in step.rules:
        _send(org, incident, rule.type, at, _addresses(user, rule), user.username)
    paging.step += 1
    if paging.step < len(user.paging_steps):
        paging.due = _after(at, step.timeout)
    else:
        incident.pagings.remove(paging)


def _after(at: datetime, minutes: int) -> datetime:
    try:
        return min(at + timedelta(minutes=minutes), _NEVER)
    except OverflowError:  # out of the calendar
        return _NEVER


def _addresses(user: User, rule: PagingRule) -> list[str]:
    """Give the address or number of a rule, or the devices that a push goes to: one, or all of them."""
    if rule.type != "push":
        return [contact.value for contact in user.contacts if contact.id == rule.contact_id]
    return [device.label for device in user.devices if rule.contact_id in (0, device.id)]


def _send(
    org: Org, incident: Incident, kind: MessageKind, at: datetime, to: list[str], username: str | None = None
) -> None:
    said = org.desk.alerts[incident.alerts[-1]].fields.get("state_message", "")
    org.desk.messages.append(
        Message(
            kind=kind,
            at=at,
            incident=incident.number,
            username=username,
            to=to,
            title=incident.entity_display_name,
            text=str(said),
        )
    )
