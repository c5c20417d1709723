"""People flows for scripts: let somebody go without a hole in the coverage, and compare the org with a roster.

They use the API client only, need no Pulumi program, and take their settings from the environment where none are given.
"""

from pulumi_victorops.api.places import (
    AbsencePlace,
    CoverPlace,
    OnCallPlace,
    Place,
    PolicyPlace,
    ShiftPlace,
    StillNamedError,
)
from pulumi_victorops.people.looking import places_of
from pulumi_victorops.people.offboarding import OffboardingReport, OffboardingStep, offboard
from pulumi_victorops.people.roster import Change, Person, RosterDrift, roster_drift

__all__ = [
    "AbsencePlace",
    "Change",
    "CoverPlace",
    "OffboardingReport",
    "OffboardingStep",
    "OnCallPlace",
    "Person",
    "Place",
    "PolicyPlace",
    "RosterDrift",
    "ShiftPlace",
    "StillNamedError",
    "offboard",
    "places_of",
    "roster_drift",
]
