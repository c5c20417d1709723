"""The `ContactDevice` resource."""

from __future__ import annotations

import pulumi

from pulumi_victorops import providers
from pulumi_victorops.resources.base import VictorOpsResource


class ContactDevice(VictorOpsResource, provider=providers.ContactDevice):
    """A device on which a user has the app: its label and its sounds.

    A device appears when its owner logs in to the app; the API can't make one. So the resource takes over a device that
    is there, and leaves it there, as it is, when the resource goes. The id is `username/device/extId`. API operations:
    `GET /api-public/v1/user/{user}/contact-methods` and
    `PUT /api-public/v1/user/{user}/contact-methods/devices/{contactId}`.

    Example:
        vo.ContactDevice("ada-pixel", username="ada", device="3f1d2c4b-58a6-4e0b-9c1d-7a2b5e8f9d01", label="Pixel 9")
    """

    username: pulumi.Output[str]
    """The username, in lower case."""
    device: pulumi.Output[str]
    """The device's `extId`, a UUID."""
    label: pulumi.Output[str | None]
    """What the device is called, where the program says so."""
    escalation_notification_sound: pulumi.Output[str | None]
    """The sound of a page, as the program says."""
    chat_escalation_sound: pulumi.Output[str | None]
    """The sound of a chat message, as the program says."""
    resolved_notification_sound: pulumi.Output[str | None]
    """The sound of a resolved incident, as the program says."""
    device_type: pulumi.Output[str]
    """What sort of device it is, such as `Android`."""

    def __init__(
        self,
        resource_name: str,
        *,
        username: pulumi.Input[str],
        device: pulumi.Input[str],
        label: pulumi.Input[str] | None = None,
        escalation_notification_sound: pulumi.Input[str] | None = None,
        chat_escalation_sound: pulumi.Input[str] | None = None,
        resolved_notification_sound: pulumi.Input[str] | None = None,
        profile: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Describe a device. At least a label or a sound has to be given; what isn't stays as its owner has it.

        Args:
            resource_name: the name of the resource in the program.
            username: whose it is, in any case. A change takes over another device.
            device: its `extId`, a UUID. A change takes over another device.
            label: what it's called, one line.
            escalation_notification_sound: the sound of a page, in the service's own words. The service never tells the
                sounds, so a refresh doesn't see what its owner chose since.
            chat_escalation_sound: the sound of a chat message, likewise.
            resolved_notification_sound: the sound of a resolved incident, likewise.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given. A
                change to another org replaces it.
            opts: Pulumi's own options.

        Raises:
            Nothing here. Unacceptable values fail the preview with the property's path, and a device that isn't there
            fails the update.
        """
        self._register(
            resource_name,
            {
                "username": username,
                "device": device,
                "label": label,
                "escalation_notification_sound": escalation_notification_sound,
                "chat_escalation_sound": chat_escalation_sound,
                "resolved_notification_sound": resolved_notification_sound,
            },
            opts,
            profile=profile,
        )

    @staticmethod
    def get(
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - the name that Pulumi uses
        opts: pulumi.ResourceOptions | None = None,
        *,
        profile: str | None = None,
    ) -> ContactDevice:
        """Look up a device that the program doesn't manage.

        Args:
            resource_name: the name of the resource in the program.
            id: `username/device/extId`, with the device's UUID.
            opts: Pulumi's own options.
            profile: the name in `victorops:profiles` of the org that it's in; the stack's own org where not given.
        """
        return ContactDevice._look_up(resource_name, id, opts, profile)
