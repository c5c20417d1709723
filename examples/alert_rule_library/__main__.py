"""Alert rules from a small library: functions that know how a rule is written, called in the order of the rules."""

import pulumi

import pulumi_victorops as vo

WIKI = "https://wiki.larkspur-freight.example"
GRAPHS = "https://graphs.larkspur-freight.example"


class Library:
    """Makes rules, each when the one before it is there: made all at once, they would get mixed up."""

    def __init__(self) -> None:
        self.rules: list[vo.AlertRule] = []

    def runbook(self, service: str, page: str) -> None:
        """What to do is one click away."""
        self._add(f"runbook-{service}", "service", service, [vo.Annotate.url("Runbook", f"{WIKI}/{page}")])

    def graph(self, hosts: str, panel: str) -> None:
        """The last hours of the host that is in trouble."""
        picture = f"{GRAPHS}/{panel}.png?host=${{{{host_name}}}}"
        self._add(f"graph-{panel}", "host_name", hosts, [vo.Annotate.image("Last hours", picture)])

    def send_to(self, routing_key: str, hosts: str) -> None:
        """Alerts of tools that know no routing keys find their team by the host."""
        self._add(f"send-to-{routing_key}", "host_name", hosts, [vo.Annotate.transform("routing_key", routing_key)])

    def only_log(self, pattern: str, reason: str) -> None:
        """Known noise wakes nobody up, and no rule behind this one changes that."""
        kept = [vo.Annotate.transform("message_type", "INFO"), vo.Annotate.note("Muted", reason)]
        self._add("only-log", "entity_id", pattern, kept, regex=True, last=True)

    def _add(
        self,
        name: str,
        field: str,
        match: str,
        annotations: list[vo.Annotation],
        *,
        regex: bool = False,
        last: bool = False,
    ) -> None:
        rule = vo.AlertRule(
            name,
            alert_field=field,
            alert_value_match=match,
            match_type="REGEX" if regex else "WILDCARD",
            stop_flag=last,
            rank=len(self.rules) + 1,
            annotations=annotations,
            opts=pulumi.ResourceOptions(depends_on=self.rules[-1:]),
        )
        self.rules.append(rule)


library = Library()
library.only_log(r"(staging|sandbox)-.*", "Nobody is woken up for a rehearsal")
library.send_to("database", "db-*")
library.send_to("network", "switch-*")
library.runbook("postgres", "databases/postgres")
library.runbook("parcel-tracking", "tracking")
library.graph("db-*", "disks")

pulumi.export("rules", [rule.alert_value_match for rule in library.rules])
