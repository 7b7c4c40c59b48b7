"""The purchasing groups of an authority, for its own page."""

from collections.abc import Mapping

from metropole.organisations.models import Organisation

from .display import shown
from .models import PurchasingGroup
from .querysets import current_members


def groups_of_organisation(organisation: Organisation) -> Mapping[str, object] | None:
    """Those in which it is now; None where it is in none."""
    own = current_members().filter(organisation=organisation).order_by().values("group")
    groups = list(PurchasingGroup.objects.listed().filter(pk__in=own).select_related("presentation"))
    presentations = shown([group.presentation for group in groups]) if groups else []
    return {"groups": list(zip(groups, presentations, strict=True))} if groups else None
