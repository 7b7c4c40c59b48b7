"""Lifecycles as tables of data: from which states an action leads to which, who may, and whether a reason is owed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .audit import record, register_action
from .policy import policy


@dataclass(frozen=True)
class Transition:
    """``may``: the action that the policy is asked, None for what the site does by itself."""

    action: str
    sources: tuple[str, ...]
    target: str
    may: str | None
    label: str | Promise
    needs_reason: bool = False


class TransitionRefusedError(ValidationError):
    """The thing is not, or not any more, in a state from which the action is possible; or its reason is missing."""


@dataclass(frozen=True)
class Lifecycle:
    """The states of a model's objects and how they follow each other.

    ``model``: its label, such as "organisations.membership". Its objects may name in ``acting_organisation`` the
    organisation for which people act on them.
    """

    model: str
    transitions: tuple[Transition, ...]
    state_field: str = "state"
    _by_action: dict[str, Transition] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for transition in self.transitions:
            if transition.action in self._by_action:
                raise ValueError(f"{self.model}: {transition.action} is there twice.")
            self._by_action[transition.action] = transition
            register_action(f"{self.model}.{transition.action}", transition.label)

    def possible(self, instance: models.Model, person: AbstractUser) -> list[Transition]:
        """What a person may do to an object in its present state."""
        return [
            transition
            for transition in self.transitions
            if transition.may
            and getattr(instance, self.state_field) in transition.sources
            and policy.may(person, transition.may, instance)
        ]

    def apply(
        self,
        instance: models.Model,
        action: str,
        person: AbstractUser | None,
        *,
        reason: str = "",
        changed: Iterable[str] = (),
    ) -> None:
        """Brings an object into the state that an action leads to, and writes it in the log.

        The state is read again with its row locked: of two who do it at once, the second is refused. ``changed`` names
        other fields that were set on the object and are saved with it. Raises TransitionRefusedError, PermissionDenied.
        """
        transition = self._by_action[action]
        with transaction.atomic():
            before = self._locked_state(instance)
            setattr(instance, self.state_field, before)
            if before not in transition.sources:
                raise TransitionRefusedError(_("This is not possible any more: meanwhile somebody has changed it."))
            if transition.may:
                policy.require(person, transition.may, instance)
            if transition.needs_reason and not reason.strip():
                raise TransitionRefusedError({"reason": _("Say why: the person concerned is told.")})
            setattr(instance, self.state_field, transition.target)
            instance.save(update_fields=[self.state_field, *changed])
            record(
                instance,
                f"{self.model}.{action}",
                person,
                organisation=getattr(instance, "acting_organisation", None),
                before={self.state_field: before},
                after={self.state_field: transition.target},
                reason=reason,
            )

    def _locked_state(self, instance: models.Model) -> str:
        rows = type(instance)._base_manager.select_for_update(of=("self",))
        return rows.values_list(self.state_field, flat=True).get(pk=instance.pk)
