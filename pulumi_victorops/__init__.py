"""VictorOps (Splunk On-Call) as code for Pulumi."""
