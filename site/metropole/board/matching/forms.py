from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from metropole.core.forms import SiteFormMixin
from metropole.core.lists import ChoicesWidget
from metropole.organisations.models import Organisation
from metropole.search.registry import vocabulary
from metropole.search.vocabularies import Vocabulary

from ..models import Following
from .finding import filing_of
from .rule import Filing

Choices = list[tuple[str, list[tuple[str, str]]]]


def tree_choices(tree: Vocabulary) -> Choices:
    """The terms of a tree in groups: each that has others below it, then those of them that have none."""
    return [group for root in tree.roots for group in _groups(tree, root)]


def _groups(tree: Vocabulary, head: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    below = tree.children(head)
    own = [head, *(term for term in below if not tree.children(term))]
    yield tree.label(head), [(term, tree.label(term)) for term in own]
    for term in below:
        if tree.children(term):
            yield from _groups(tree, term)


class FollowingForm(SiteFormMixin, forms.Form):
    """Themes, territories, and for whom; in the language of the reader."""

    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        required=False,
        choices=lambda: tree_choices(vocabulary("theme")),
        widget=ChoicesWidget,
        help_text=_("A theme with all below it. None: whatever the theme."),
    )
    territories = forms.MultipleChoiceField(
        label=_("Territories"),
        required=False,
        choices=lambda: tree_choices(vocabulary("territory")),
        widget=ChoicesWidget,
        help_text=_("A territory with all below it, and what is above it. None: wherever it is."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("For which organisation?"), required=False, empty_label=_("for myself")
    )

    def __init__(self, person: AbstractUser, following: Following | None, *args: Any, **kwargs: Any) -> None:
        organisations = Organisation.objects.of(person).order_by("name")
        super().__init__(*args, initial=_begun(following, organisations), **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].help_text = Following._meta.get_field("organisation").help_text

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not (given["themes"] or given["territories"]):
            raise ValidationError(_("Choose a theme or a territory."))
        return given

    @property
    def filing(self) -> Filing:
        return Filing(frozenset(self.cleaned_data["themes"]), frozenset(self.cleaned_data["territories"]))


def _begun(following: Following | None, organisations: Any) -> dict[str, Any]:
    """What is followed now; at first, an agent is offered the territory of their authority."""
    if following is None:
        governing = organisations.exclude(territory=None).select_related("territory").first()
        return {"territories": [governing.territory.slug], "organisation": governing} if governing else {}
    filing = filing_of(following)
    return {
        "themes": sorted(filing.themes),
        "territories": sorted(filing.territories),
        "organisation": following.organisation,
    }
