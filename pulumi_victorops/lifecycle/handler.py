"""The contract that each kind of resource fills in. A handler holds no state and knows nothing of Pulumi."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from pulumi_victorops.lifecycle.inputs import REPLACES, REPLACES_UNLESS_EXTENDED, Inputs, fields_of
from pulumi_victorops.lifecycle.org import Org
from pulumi_victorops.lifecycle.validation import Failure

InputsT = TypeVar("InputsT", bound=Inputs)


@dataclass(frozen=True)
class Live:
    """An object as the service has it.

    Attributes:
        id: the resource's id.
        inputs: the input properties as the service tells them; what it doesn't tell is absent or None.
        outputs: further properties, which the service decides.
    """

    id: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)


class Handler(ABC, Generic[InputsT]):
    """One kind of resource: what the user gives, and the calls that make it so.

    The methods raise `VictorOpsError` where a call fails. A class fills in `model`, `create`, `read`, `delete`, and
    `update` unless every field replaces the object.
    """

    model: ClassVar[type[Inputs]]

    unique_by: ClassVar[tuple[str, ...]] = ()
    """The properties that tell `candidates`, where the service refuses a second object with the same."""

    lag: ClassVar[Sequence[float]] = ()
    """Seconds between looks for a new object, where the service's lists may be behind."""

    leaves_nothing: ClassVar[bool] = False
    """Whether there is nothing to take away of what was made: a deletion makes no call."""

    @classmethod
    def name(cls) -> str:
        """The kind of resource."""
        return cls.__name__.removesuffix("Handler")

    @abstractmethod
    def create(self, org: Org, inputs: InputsT) -> Live:
        """Make the object with one write."""

    def candidates(self, org: Org, inputs: InputsT) -> Iterable[str]:
        """The ids of objects that have what tells one from another: the name, or whatever else people know it by.

        None, where an object comes to be in the same way however often it's made.
        """
        return ()

    def place(self, inputs: InputsT) -> str | None:
        """The id that an object has before it's made, where making it fills in a place that the org has already."""
        return None

    def is_begun(self, live: Live, inputs: InputsT) -> bool:
        """Whether what stands in its place shows that making it was begun, where that takes several writes."""
        return False

    def without(self, org: Org, inputs: InputsT) -> str:
        """What is amiss as long as the object isn't made, for people to read; empty where nothing is."""
        return ""

    @abstractmethod
    def read(self, org: Org, object_id: str, known: Mapping[str, Any]) -> Live | None:
        """Look at the object; None where it's gone. `known` is empty when it's looked up for the first time."""

    def update(self, org: Org, object_id: str, inputs: InputsT, changed: Set[str]) -> Live:
        """Make the object as `inputs` say. `changed` names the properties that differ."""
        raise NotImplementedError(f"every property of {type(self).__name__} replaces")

    @abstractmethod
    def delete(self, org: Org, object_id: str, known: Mapping[str, Any]) -> None:
        """Take the object away. No error where it's gone already."""

    def replaces(self, org: Org, changed: Iterable[str]) -> list[str]:
        """Those of the changed properties that make a new object."""
        fields = fields_of(self.model)
        replacing = {REPLACES} if org.settings.extended_api else {REPLACES, REPLACES_UNLESS_EXTENDED}
        return [name for name in changed if replacing & fields[name].facts]

    def deletes_first(self, org: Org, object_id: str, known: Mapping[str, Any], changed: Set[str]) -> bool:
        """Whether the old object has to go before the new one can be made, given what was known and what changed."""
        return False

    def audit(self, org: Org, object_id: str, known: Mapping[str, Any], new: Mapping[str, Any], replaced: bool) -> str:
        """What deleting the object would meet and take along, for people to read; empty where that is nothing.

        Called at a preview where `victorops:audit` says so, with the old and the new inputs. Reads only.
        """
        return ""

    def check_change(self, org: Org, old: Mapping[str, Any], new: InputsT) -> list[Failure]:
        """What is wrong with going from the old inputs to the new ones. Rarely anything; reads only if it must.

        There are no old ones for a new resource, nor for one that is replaced because another is.
        """
        return []
