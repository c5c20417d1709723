"""The `OnCallEngineer` component: a person with all that it takes to be paged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi

from pulumi_victorops.resources.contact_email import ContactEmail
from pulumi_victorops.resources.contact_phone import ContactPhone
from pulumi_victorops.resources.paging_policy import Page, PagingPolicy, PagingStep
from pulumi_victorops.resources.team_membership import TeamMembership
from pulumi_victorops.resources.user import User

_MINUTES_BETWEEN_STEPS = 5


class OnCallEngineer(pulumi.ComponentResource):
    """A person who can be paged: the user, contact methods, paging policy and places in teams.

    Nobody is called at a telephone that its owner hasn't verified in the web console, so the usual paging policy calls
    only those that `verified_phones` names.

    Example:
        ada = vo.OnCallEngineer("ada", username="ada", first_name="Ada", last_name="Lovelace", email="ada@example.com",
                                replacement_user="oncall-lead", phones={"Mobile": "+44 20 7946 0958"},
                                teams={"platform": platform.slug})
    """

    user: User
    """The user."""
    phones: Mapping[str, ContactPhone]
    """The telephone numbers, by their labels."""
    emails: Mapping[str, ContactEmail]
    """The further e-mail addresses, by their labels."""
    paging_policy: PagingPolicy
    """The primary paging policy."""
    memberships: Mapping[str, TeamMembership]
    """The places in teams, by the keys of `teams`."""
    username: pulumi.Output[str]
    """The username, in lower case."""

    def __init__(
        self,
        resource_name: str,
        *,
        username: pulumi.Input[str],
        first_name: pulumi.Input[str],
        last_name: pulumi.Input[str],
        email: pulumi.Input[str],
        replacement_user: pulumi.Input[str] | None = None,
        expiration_hours: pulumi.Input[int] | None = None,
        phones: Mapping[str, pulumi.Input[str]] | None = None,
        verified_phones: Sequence[str] = (),
        emails: Mapping[str, pulumi.Input[str]] | None = None,
        paging_steps: pulumi.Input[Sequence[pulumi.Input[PagingStep]]] | None = None,
        teams: Mapping[str, pulumi.Input[str]] | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe an engineer.

        Args:
            resource_name: the name of the component in the program; the names of its parts begin with it.
            username: the username, as `User` takes it.
            first_name: the first name.
            last_name: the last name.
            email: the e-mail address; the usual paging policy writes to it.
            replacement_user: the username of who takes over when the user is deleted or leaves one of the teams.
            expiration_hours: for how many hours the invitation holds; 24 where not given.
            phones: telephone numbers by their labels, such as `{"Mobile": "+44 20 7946 0958"}`.
            verified_phones: the labels of those that their owner has verified in the web console.
            emails: further e-mail addresses by their labels.
            paging_steps: the steps of the paging policy. Where not given: push at once, after 5 minutes an e-mail to
                every address, after 10 a call to every verified telephone, if there is one.
            teams: slugs of teams that the user is a member of, by any short keys, such as `{"data": data.slug}`. The
                teams whose roster names the engineer are not needed here.
            profile: the name in `victorops:profiles` of the org that all of it is in; the stack's own where not given.
            opts: Pulumi's own options.

        Raises:
            pulumi.RunError: `verified_phones` names a label that isn't among `phones`.
        """
        unknown = [label for label in verified_phones if label not in (phones or {})]
        if unknown:
            raise pulumi.RunError(f"{resource_name}: verified_phones names {unknown[0]!r}, which is not among phones")
        super().__init__("victorops:components:OnCallEngineer", resource_name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.user = User(
            resource_name,
            username=username,
            first_name=first_name,
            last_name=last_name,
            email=email,
            replacement_user=replacement_user,
            expiration_hours=expiration_hours,
            profile=profile,
            opts=child,
        )
        self.username = self.user.username
        self.phones = {
            label: ContactPhone(
                f"{resource_name}-{label}-phone",
                username=self.username,
                phone=phone,
                label=label,
                profile=profile,
                opts=child,
            )
            for label, phone in (phones or {}).items()
        }
        self.emails = {
            label: ContactEmail(
                f"{resource_name}-{label}-email",
                username=self.username,
                email=address,
                label=label,
                profile=profile,
                opts=child,
            )
            for label, address in (emails or {}).items()
        }
        self.paging_policy = PagingPolicy(
            resource_name,
            username=self.username,
            steps=self._usual_steps(verified_phones) if paging_steps is None else paging_steps,
            profile=profile,
            opts=child,
        )
        self.memberships = {
            key: TeamMembership(
                f"{resource_name}-{key}",
                team=team,
                username=self.username,
                replacement_user=replacement_user,
                profile=profile,
                opts=child,
            )
            for key, team in (teams or {}).items()
        }
        self.register_outputs({"username": self.username})

    def _usual_steps(self, verified_phones: Sequence[str]) -> list[PagingStep]:
        written_to = [Page.default_email(), *(Page.email(email.contact_id) for email in self.emails.values())]
        called = [Page.phone(self.phones[label].contact_id) for label in verified_phones]
        return [
            PagingStep(timeout=_MINUTES_BETWEEN_STEPS, rules=rules)
            for rules in ([Page.push()], written_to, called)
            if rules
        ]
