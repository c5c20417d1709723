"""Paging policies, which say how a person is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import act, ask, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api.paging import FlatPolicy, PagingPolicy, PagingRule, PagingRulePayload, PagingStep

# What kind of contact method each type of rule uses, in the service's words.
_CONTACT_TYPES = {"email": "email", "sms": "phone", "phone": "phone"}


def get_paging_policy(username: str, *, profile: str | None = None) -> list[PagingStep]:
    """Get the steps of a person's primary paging policy: `GET /api-public/v1/profile/{username}/policies`.

    Args:
        username: the username.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.paging import PagingStep

    return ask(
        "getPagingPolicy",
        many(PagingStep),
        lambda client: client.paging.steps(username),
        username=username,
        profile=profile,
    )


def get_paging_policy_output(
    username: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[PagingStep]]:
    """The output form of `get_paging_policy`."""
    return output(get_paging_policy, opts, username=username, profile=profile)


def get_paging_policies(username: str, *, profile: str | None = None) -> list[PagingPolicy]:
    """Get a person's paging policies, the primary one first: `GET /api-public/v2/profile/{username}/policies`.

    Args:
        username: the username.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.paging import PagingPolicy

    return ask(
        "getPagingPolicies",
        many(PagingPolicy),
        lambda client: client.paging.policies(username),
        username=username,
        profile=profile,
    )


def get_paging_policies_output(
    username: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[PagingPolicy]]:
    """The output form of `get_paging_policies`."""
    return output(get_paging_policies, opts, username=username, profile=profile)


def get_paging_step(username: str, *, step: int, profile: str | None = None) -> PagingStep:
    """Get one step of the primary policy: `GET /api-public/v1/profile/{username}/policies/{step}`.

    Args:
        username: the username.
        step: which step, from 0.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.paging import PagingStep

    return ask(
        "getPagingStep",
        PagingStep.model_validate,
        lambda client: client.paging.get_step(username, step),
        username=username,
        step=step,
        profile=profile,
    )


def get_paging_step_output(
    username: pulumi.Input[str],
    *,
    step: pulumi.Input[int],
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[PagingStep]:
    """The output form of `get_paging_step`."""
    return output(get_paging_step, opts, username=username, step=step, profile=profile)


def get_paging_rule(username: str, *, step: int, rule: int, profile: str | None = None) -> PagingRule:
    """Get one rule of a step: `GET /api-public/v1/profile/{username}/policies/{step}/{rule}`.

    Args:
        username: the username.
        step: which step of the primary policy, from 0.
        rule: which rule of the step, from 0.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.paging import PagingRule

    return ask(
        "getPagingRule",
        PagingRule.model_validate,
        lambda client: client.paging.get_rule(username, step, rule),
        username=username,
        step=step,
        rule=rule,
        profile=profile,
    )


def get_paging_rule_output(
    username: pulumi.Input[str],
    *,
    step: pulumi.Input[int],
    rule: pulumi.Input[int],
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[PagingRule]:
    """The output form of `get_paging_rule`."""
    return output(get_paging_rule, opts, username=username, step=step, rule=rule, profile=profile)


def get_user_paging_summary(username: str, *, profile: str | None = None) -> FlatPolicy:
    """Get a person's primary policy as one row for each rule: `GET /api-public/v1/user/{user}/policies`.

    Args:
        username: the username.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.paging import FlatPolicy

    return ask(
        "getUserPagingSummary",
        FlatPolicy.model_validate,
        lambda client: client.paging.flat_policy(username),
        username=username,
        profile=profile,
    )


def get_user_paging_summary_output(
    username: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[FlatPolicy]:
    """The output form of `get_user_paging_summary`."""
    return output(get_user_paging_summary, opts, username=username, profile=profile)


def add_paging_rule(
    username: str,
    *,
    step: int,
    type: str,  # noqa: A002 - the service's name for it, and that of a `PagingRule`
    contact_id: int | None = None,
    profile: str | None = None,
) -> PagingRule:
    """Add a rule to a step, as its last one: `POST /api-public/v1/profile/{username}/policies/{step}`.

    Where the policy is to stay as a program describes it, there is the resource `PagingPolicy`.

    Args:
        username: the username.
        step: which step of the primary policy, from 0.
        type: `push`, `email`, `sms` or `phone`.
        contact_id: the number of the address or the telephone, its `id`; `push` needs none and goes to all devices.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    from pulumi_victorops.api.paging import PagingRule

    return act(
        "addPagingRule",
        PagingRule.model_validate,
        lambda client: client.paging.add_rule(username, step, _payload(type, contact_id)),
        username=username,
        step=step,
        type=type,
        contact_id=contact_id,
        profile=profile,
    )


def update_paging_rule(
    username: str,
    *,
    step: int,
    rule: int,
    type: str,  # noqa: A002 - as above
    contact_id: int | None = None,
    profile: str | None = None,
) -> PagingRule:
    """Put another rule in a rule's place: `PUT /api-public/v1/profile/{username}/policies/{step}/{rule}`.

    Args:
        username: the username.
        step: which step of the primary policy, from 0.
        rule: which rule of the step, from 0.
        type: `push`, `email`, `sms` or `phone`.
        contact_id: the number of the address or the telephone, its `id`; `push` needs none and goes to all devices.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    from pulumi_victorops.api.paging import PagingRule

    return act(
        "updatePagingRule",
        PagingRule.model_validate,
        lambda client: client.paging.update_rule(username, step, rule, _payload(type, contact_id)),
        username=username,
        step=step,
        rule=rule,
        type=type,
        contact_id=contact_id,
        profile=profile,
    )


def _payload(kind: str, contact_id: int | None) -> PagingRulePayload:
    from pulumi_victorops.api.paging import ContactReference, PagingRulePayload

    contact = None if contact_id is None else ContactReference(id=contact_id, type=_CONTACT_TYPES.get(kind))
    return PagingRulePayload(type=kind, contact=contact)
