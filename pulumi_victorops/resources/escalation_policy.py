"""The `EscalationPolicy` resource, and what its steps are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pulumi
from typing_extensions import Required, TypedDict

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource
from pulumi_victorops.resources.rosters import after_members

EntryType = Literal[
    "user",
    "rotation_group",
    "rotation_group_next",
    "rotation_group_previous",
    "email",
    "webhook",
    "policy_routing",
]
"""The types of entries, in VictorOps's own words."""


class Entry(TypedDict, total=False):
    """Whom or what a step pages. `Notify` makes one of each type; a plain dict does too.

    Attributes:
        type: one of `EntryType`.
        username: the user's name, for type `user`.
        rotation_group: the rotation's slug, for the types `rotation_group`, `..._next` and `..._previous`.
        email: the address, for type `email`.
        webhook: the webhook's slug, for type `webhook`.
        target_policy: the escalation policy's slug, for type `policy_routing`.
    """

    type: Required[pulumi.Input[EntryType]]
    username: pulumi.Input[str]
    rotation_group: pulumi.Input[str]
    email: pulumi.Input[str]
    webhook: pulumi.Input[str]
    target_policy: pulumi.Input[str]


class Step(TypedDict):
    """A step of an escalation policy, as `Step(timeout=..., entries=[...])` or as a plain dict.

    Attributes:
        timeout: minutes after the step before it began; 0 for at once. At most 1440, a day.
        entries: whom or what it pages, all at the same time; at least one, none of them twice.
    """

    timeout: pulumi.Input[int]
    entries: pulumi.Input[Sequence[pulumi.Input[Entry]]]


class Notify:
    """Makes the entries of a step, one method for each type."""

    @staticmethod
    def user(username: pulumi.Input[str]) -> Entry:
        """Page one person, by username."""
        return Entry(type="user", username=username)

    @staticmethod
    def on_duty(rotation: pulumi.Input[str]) -> Entry:
        """Page whoever is on duty in a rotation, by its slug (`rtg-...`)."""
        return Entry(type="rotation_group", rotation_group=rotation)

    @staticmethod
    def next_on_duty(rotation: pulumi.Input[str]) -> Entry:
        """Page whoever is on duty next in a rotation, by its slug (`rtg-...`)."""
        return Entry(type="rotation_group_next", rotation_group=rotation)

    @staticmethod
    def previous_on_duty(rotation: pulumi.Input[str]) -> Entry:
        """Page whoever was on duty before in a rotation, by its slug (`rtg-...`)."""
        return Entry(type="rotation_group_previous", rotation_group=rotation)

    @staticmethod
    def email(address: pulumi.Input[str]) -> Entry:
        """Write to an e-mail address."""
        return Entry(type="email", email=address)

    @staticmethod
    def webhook(slug: pulumi.Input[str]) -> Entry:
        """Call a webhook, by its slug (`wh-...`)."""
        return Entry(type="webhook", webhook=slug)

    @staticmethod
    def policy(slug: pulumi.Input[str]) -> Entry:
        """Start another escalation policy, by its slug (`pol-...`)."""
        return Entry(type="policy_routing", target_policy=slug)


class EscalationPolicy(VictorOpsResource, provider=providers.EscalationPolicy):
    """An escalation policy: whom to page, and whom next if nobody reacts.

    Its id is the slug that the service gives it. The API can't change a policy, so every change replaces it. The new
    one is made first, unless routing keys lead to the old one: it's then deleted first, along with the keys that lead
    only there, and those in the program are made again at once. With `victorops:extendedApi` steps change in place.
    API operations: `POST` and `GET` `/api-public/v1/policies`, and `GET`, `DELETE`
    `/api-public/v1/policies/{policy}`.

    Example:
        page = vo.EscalationPolicy("page", team=platform.slug, name="Page Platform", steps=[
            vo.Step(timeout=0, entries=[vo.Notify.user(ada.username)]),
            vo.Step(timeout=15, entries=[vo.Notify.user("oncall-lead"), vo.Notify.email("noc@example.com")]),
        ])
    """

    team: pulumi.Output[str]
    """The slug of the team that it belongs to."""
    name: pulumi.Output[str]
    """The name."""
    steps: pulumi.Output[Sequence[Mapping[str, Any]]]
    """The steps, in order."""
    ignore_custom_paging_policies: pulumi.Output[bool]
    """Whether people are paged by their primary paging policy even where they have another for the time."""
    name_suffix: pulumi.Output[str | None]
    """What goes behind the name, as the program says."""

    def __init__(
        self,
        resource_name: str,
        *,
        team: pulumi.Input[str],
        name: pulumi.Input[str],
        steps: pulumi.Input[Sequence[pulumi.Input[Step]]],
        ignore_custom_paging_policies: pulumi.Input[bool] | None = None,
        name_suffix: pulumi.Input[str] | None = None,
        adopt: bool | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe an escalation policy.

        Args:
            resource_name: the name of the resource in the program.
            team: the team's slug, as `team.slug` gives it. A change replaces the policy.
            name: one line. A change replaces the policy.
            steps: what happens, in order; at least one. Each is a `Step` or a dict with `timeout` (minutes) and
                `entries`, whose order doesn't matter. A change replaces the policy, unless `victorops:extendedApi` is
                set.
            ignore_custom_paging_policies: page people by their primary paging policy at all times; False where not
                given. A change replaces the policy, unless `victorops:extendedApi` is set.
            name_suffix: what goes behind the name, so that several stacks can share an org; the stack's
                `victorops:nameSuffix` where not given, "" for nothing.
            adopt: whether to take over an object that exists already and change it as described here; the stack's
                `victorops:adopt` where not given. A change does nothing.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path, such as
            `steps[1].entries[0].username`; a user, rotation, webhook or policy that doesn't exist fails the update.
        """
        self._register(
            resource_name,
            {
                "team": team,
                "name": name,
                "steps": steps,
                "ignore_custom_paging_policies": ignore_custom_paging_policies,
                "name_suffix": name_suffix,
            },
            after_members(team, opts),
            adopt=adopt,
            profile=profile,
        )

    @property
    def slug(self) -> pulumi.Output[str]:
        """The slug, by which routing keys and other policies refer to it. It's the id."""
        return self.id

    @staticmethod
    def get(
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - the name that Pulumi uses
        opts: pulumi.ResourceOptions | None = None,
        *,
        profile: str | None = None,
    ) -> EscalationPolicy:
        """Look up an escalation policy that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: the slug, `pol-...`, or `team-...` for a team's own first policy.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return EscalationPolicy._look_up(resource_name, id, opts, profile)
