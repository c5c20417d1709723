"""How people are reached: what the functions tell of it, and what scripts change."""

from __future__ import annotations

import pytest

import pulumi_victorops as vo
from pulumi_victorops.api import Client, InvalidRequestError, NotFoundError
from pulumi_victorops.api.paging import ContactReference, PagingRule
from tests.functions.conftest import Org

pytestmark = pytest.mark.usefixtures("script")


def default_email() -> int:
    """The number of the address that came with Ada."""
    [email] = vo.get_contact_emails("ada")
    assert email.id is not None
    return email.id


def test_contact_methods_of_each_kind(org: Org) -> None:
    [email], [phone] = vo.get_contact_emails("ada"), vo.get_contact_phones("ada")
    assert (email.label, email.value, email.ext_id) == ("Default", "ada@example.com", org.email)
    assert (phone.label, phone.value, phone.ext_id) == ("Mobile", "+1 411-555-0120", org.phone)
    assert vo.get_contact_devices("ada") == []
    assert [device.label for device in vo.get_contact_devices("oncall-lead")] == [
        "Pixel 9",
        "iPad in the dispatch office",
    ]


def test_one_contact_method_by_its_id(org: Org) -> None:
    assert vo.get_contact_email("ada", ext_id=org.email).value == "ada@example.com"
    assert vo.get_contact_phone("ada", ext_id=org.phone).label == "Mobile"
    assert vo.get_contact_device("oncall-lead", ext_id=org.device).label == "Pixel 9"
    with pytest.raises(NotFoundError, match=r"^GET /api-public/v1/user/ada/contact-methods/emails/nothing: 404: "):
        vo.get_contact_email("ada", ext_id="nothing")


def test_a_device_is_removed(org: Org) -> None:
    vo.delete_contact_device("oncall-lead", ext_id=org.device)
    assert [device.label for device in vo.get_contact_devices("oncall-lead")] == ["iPad in the dispatch office"]


@pytest.mark.usefixtures("org")
def test_steps_and_rules_by_their_places(client: Client) -> None:
    rule = PagingRule(index=0, type="email", contact=ContactReference(id=default_email(), type="email"))
    assert vo.get_paging_rule("ada", step=0, rule=0) == rule
    step = vo.get_paging_step("ada", step=0)
    assert (step.index, step.timeout, step.rules) == (0, 5, [rule])
    client.paging.add_step("ada", timeout=10)
    assert (vo.get_paging_step("ada", step=1).timeout, vo.get_paging_step("ada", step=1).rules) == (10, [])


@pytest.mark.usefixtures("org")
def test_the_summary_has_a_row_for_each_rule() -> None:
    vo.add_paging_rule("ada", step=0, type="push")
    summary = vo.get_user_paging_summary("ada")
    assert summary.username == "ada"
    assert [(row.order, row.timeout, row.contact_type) for row in summary.policies] == [(0, 5, "email"), (0, 5, "push")]
    [email] = vo.get_contact_emails("ada")
    assert [row.ext_id for row in summary.policies] == [email.ext_id, None]


@pytest.mark.usefixtures("org")
def test_a_rule_is_added_and_another_put_in_its_place() -> None:
    added = vo.add_paging_rule("ada", step=0, type="push")
    assert (added.index, added.type, added.contact) == (1, "push", None)
    changed = vo.update_paging_rule("ada", step=0, rule=1, type="email", contact_id=default_email())
    assert (changed.index, changed.type, changed.contact) == (
        1,
        "email",
        ContactReference(id=default_email(), type="email"),
    )
    assert [rule.type for rule in vo.get_paging_step("ada", step=0).rules] == ["email", "email"]
    vo.update_paging_rule("ada", step=0, rule=0, type="push")
    assert [rule.type for rule in vo.get_paging_step("ada", step=0).rules] == ["push", "email"]


@pytest.mark.parametrize("kind", ["sms", "phone"])
def test_a_telephone_is_asked_for_as_one(kind: str, org: Org) -> None:
    """The service gets as far as the number, which nobody has verified."""
    number = vo.get_contact_phone("ada", ext_id=org.phone).id
    with pytest.raises(InvalidRequestError, match=r": 400: The phone \+1 411-555-0120 is not verified$"):
        vo.add_paging_rule("ada", step=0, type=kind, contact_id=number)
