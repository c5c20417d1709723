"""The client: one session with the service, its calls grouped by subject."""

from __future__ import annotations

from pulumi_victorops.api.alert_rules import AlertRules
from pulumi_victorops.api.alerts import Alerts
from pulumi_victorops.api.catalogues import Catalogues
from pulumi_victorops.api.contacts import Contacts
from pulumi_victorops.api.extended import Extended
from pulumi_victorops.api.incidents import Incidents
from pulumi_victorops.api.maintenance import Maintenance
from pulumi_victorops.api.messages import Messages
from pulumi_victorops.api.notes import Notes
from pulumi_victorops.api.on_call import OnCall
from pulumi_victorops.api.overrides import Overrides
from pulumi_victorops.api.paging import Paging
from pulumi_victorops.api.policies import Policies
from pulumi_victorops.api.reporting import Reporting
from pulumi_victorops.api.rotations import Rotations
from pulumi_victorops.api.routing_keys import RoutingKeys
from pulumi_victorops.api.settings import Settings
from pulumi_victorops.api.teams import Teams
from pulumi_victorops.api.transport import Transport
from pulumi_victorops.api.users import Users
from pulumi_victorops.api.webhooks import Webhooks


class Client:
    """Typed calls of the VictorOps API. Safe to share between threads.

    Attributes:
        users: people.
        contacts: their e-mail addresses, telephone numbers and devices.
        paging: their paging policies.
        catalogues: what paging policies may be made of.
        teams: teams, their members and admins.
        policies: escalation policies.
        routing_keys: routing keys.
        rotations: shifts whose members take turns.
        overrides: who covers for whom.
        on_call: who is on call, now and by the schedules.
        incidents: incidents, and what people do with them.
        notes: notes on incidents.
        alerts: what monitoring told the service.
        alert_rules: what is added to matching alerts.
        webhooks: outgoing webhooks.
        maintenance: what is muted.
        messages: chat, and mail to stakeholders.
        reporting: who was on call, and which incidents there were.
        extended: calls beyond the documented ones, which not every service has.
    """

    def __init__(self, settings: Settings) -> None:
        self._transport = Transport(settings)
        self.users = Users(self._transport)
        self.contacts = Contacts(self._transport)
        self.paging = Paging(self._transport)
        self.catalogues = Catalogues(self._transport)
        self.teams = Teams(self._transport)
        self.policies = Policies(self._transport)
        self.routing_keys = RoutingKeys(self._transport)
        self.rotations = Rotations(self._transport)
        self.overrides = Overrides(self._transport)
        self.on_call = OnCall(self._transport)
        self.incidents = Incidents(self._transport)
        self.notes = Notes(self._transport)
        self.alerts = Alerts(self._transport)
        self.alert_rules = AlertRules(self._transport)
        self.webhooks = Webhooks(self._transport)
        self.maintenance = Maintenance(self._transport)
        self.messages = Messages(self._transport)
        self.reporting = Reporting(self._transport)
        self.extended = Extended(self._transport)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def cancel(self) -> None:
        """Refuse all that hasn't begun, and end its waits. What has written something already goes on to its end."""
        self._transport.cancel()
