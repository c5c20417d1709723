"""The rules as a Pulumi policy pack."""

from pulumi_policy import (
    EnforcementLevel,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)
from rules import RULES, Rule


def as_policy(rule: Rule) -> ResourceValidationPolicy:
    def validate(args: ResourceValidationArgs, report_violation: ReportViolation) -> None:
        if args.resource_type == f"pulumi-python:dynamic/victorops:{rule.resource}":
            for problem in rule.problems(args.props):
                report_violation(problem)

    return ResourceValidationPolicy(name=rule.name, description=rule.description, validate=validate)


PolicyPack(
    name="victorops-on-call",
    enforcement_level=EnforcementLevel.MANDATORY,
    policies=[as_policy(rule) for rule in RULES],
)
