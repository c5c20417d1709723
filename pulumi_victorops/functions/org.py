"""What holds for the whole org: alert rules, webhooks and maintenance mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from pulumi_victorops.functions._calls import act, ask, many, output

if TYPE_CHECKING:
    from pulumi_victorops.api import Client
    from pulumi_victorops.api.alert_rules import AlertRule
    from pulumi_victorops.api.maintenance import MaintenanceState
    from pulumi_victorops.api.webhooks import Webhook


def get_alert_rules(*, routing_key: str | None = None, profile: str | None = None) -> list[AlertRule]:
    """Get all alert rules, or those for one routing key: `GET /api-public/v1/alertRules`.

    Args:
        routing_key: the routing key.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.alert_rules import AlertRule

    def call(client: Client) -> list[AlertRule]:
        return client.alert_rules.all() if routing_key is None else client.alert_rules.all(routing_key=routing_key)

    return ask("getAlertRules", many(AlertRule), call, routing_key=routing_key, profile=profile)


def get_alert_rules_output(
    *,
    routing_key: pulumi.Input[str] | None = None,
    profile: str | None = None,
    opts: pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[list[AlertRule]]:
    """The output form of `get_alert_rules`."""
    return output(get_alert_rules, opts, routing_key=routing_key, profile=profile)


def get_webhook(label: str, *, profile: str | None = None) -> Webhook:
    """Get one outgoing webhook, picked from `GET /api-public/v1/webhooks`.

    Args:
        label: the webhook's label, in the right case.
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.

    Raises:
        NotFoundError: there is no such webhook; the message lists the webhooks that there are.
        ConflictError: several have the label; the message lists their slugs.
    """
    from pulumi_victorops.api.webhooks import Webhook
    from pulumi_victorops.functions._look_up import only

    def call(client: Client) -> Webhook:
        webhooks = client.webhooks.all()
        labelled = ((webhook.slug, webhook) for webhook in webhooks if webhook.label == label)
        return only(labelled, f"webhook labelled {label!r}", (webhook.label for webhook in webhooks))

    return ask("getWebhook", Webhook.model_validate, call, label=label, profile=profile)


def get_webhook_output(
    label: pulumi.Input[str], *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[Webhook]:
    """The output form of `get_webhook`."""
    return output(get_webhook, opts, label=label, profile=profile)


def get_webhooks(*, profile: str | None = None) -> list[Webhook]:
    """Get all outgoing webhooks, which are made in the web console: `GET /api-public/v1/webhooks`.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.webhooks import Webhook

    return ask("getWebhooks", many(Webhook), lambda client: client.webhooks.all(), profile=profile)


def get_webhooks_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[list[Webhook]]:
    """The output form of `get_webhooks`."""
    return output(get_webhooks, opts, profile=profile)


def get_maintenance_mode(*, profile: str | None = None) -> MaintenanceState:
    """Get what is muted now: `GET /api-public/v1/maintenancemode`.

    Args:
        profile: the name in `victorops:profiles` of the org to ask; the stack's own where not given.
    """
    from pulumi_victorops.api.maintenance import MaintenanceState

    return ask(
        "getMaintenanceMode",
        MaintenanceState.model_validate,
        lambda client: client.maintenance.state(),
        profile=profile,
    )


def get_maintenance_mode_output(
    *, profile: str | None = None, opts: pulumi.InvokeOutputOptions | None = None
) -> pulumi.Output[MaintenanceState]:
    """The output form of `get_maintenance_mode`."""
    return output(get_maintenance_mode, opts, profile=profile)


def end_maintenance(instance_id: str, *, profile: str | None = None) -> MaintenanceState:
    """End a maintenance, and tell what is still muted: `PUT /api-public/v1/maintenancemode/{maintenancemodeid}/end`.

    Args:
        instance_id: its id, `mm-...`.
        profile: the name in `victorops:profiles` of the org to act on; the stack's own where not given.
    """
    from pulumi_victorops.api.maintenance import MaintenanceState

    return act(
        "endMaintenance",
        MaintenanceState.model_validate,
        lambda client: client.maintenance.end(instance_id),
        instance_id=instance_id,
        profile=profile,
    )
