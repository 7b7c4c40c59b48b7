"""The button beside a need, and the needs that fit on the workspace's home."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest

from metropole.accounts.templatetags.account_tags import signed_in
from metropole.core.workspace import Part, register_part

from ..models import Need, Watch
from ..parts import Context, NeedPart, register_need_part
from .finding import filing_of, fitting, followings_of

SHOWN_ON_HOME = 5


def register() -> None:
    register_need_part(NeedPart("side", "matching/_follow.html", follow_part, 100))
    register_part(Part("matching/_fitting.html", fitting_part, 170))


def follow_part(request: HttpRequest, need: Need) -> Context | None:
    """The button to follow it, or not any more; a visitor's page, the same for all of them, leads to the sign-in."""
    person = signed_in({"request": request})
    follows = person is not None and Watch.objects.filter(need=need, person=person).exists()
    if not (need.is_listed or follows):
        return None
    return {"need": need, "person": person, "follows": follows}


def fitting_part(person: AbstractUser) -> Mapping[str, object] | None:
    """For the workspace's home; None for who follows nothing."""
    active = [one for one in followings_of(person) if one.is_active]
    return {"fits": fitting((filing_of(one) for one in active), SHOWN_ON_HOME)} if active else None
