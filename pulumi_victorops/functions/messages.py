"""Messages to people. For scripts: a preview refuses them, and an update repeats them each time."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi_victorops.functions._calls import act, listed, nothing


def send_chat(
    text: str,
    *,
    username: str,
    monitoring_tool: str,
    external_username: str | None = None,
    incident: int | str | None = None,
    tags: str | Sequence[str] = (),
    profile: str | None = None,
) -> None:
    """Write into the timeline: `POST /api-public/v1/chat`.

    Args:
        text: what to write.
        username: who writes.
        monitoring_tool: the tool that the message comes from, by the service's name for it.
        external_username: how the writer is called in that tool; as here where it isn't given.
        incident: the number of the incident that it's about.
        tags: words to find it by.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    names = listed(tags)
    writer = username if external_username is None else external_username
    act(
        "sendChat",
        nothing,
        lambda client: client.messages.chat(
            username=username,
            external_username=writer,
            text=text,
            monitoring_tool=monitoring_tool,
            incident=incident,
            tags=names or None,
        ),
        text=text,
        username=username,
        monitoring_tool=monitoring_tool,
        external_username=writer,
        incident=incident,
        tags=names,
        profile=profile,
    )


def send_stakeholder_message(
    message: str,
    *,
    title: str,
    incident: int | str,
    users: str | Sequence[str] = (),
    teams: str | Sequence[str] = (),
    profile: str | None = None,
) -> None:
    """Write to people about an incident: `POST /api-public/v1/stakeholders/sendMessage`.

    Args:
        message: what to write.
        title: its title.
        incident: the number of the incident.
        users: the usernames of whom to write to.
        teams: the slugs of teams to write to.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    people, groups = listed(users), listed(teams)
    act(
        "sendStakeholderMessage",
        nothing,
        lambda client: client.messages.to_stakeholders(
            title=title, message=message, incident=incident, recipients=people or None, recipient_teams=groups or None
        ),
        message=message,
        title=title,
        incident=incident,
        users=people,
        teams=groups,
        profile=profile,
    )
