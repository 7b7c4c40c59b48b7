"""The screens on which agents say that their authority is interested, and have it form or join a group."""

from http import HTTPStatus

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy
from metropole.organisations.enums import Right
from metropole.organisations.models import Organisation
from metropole.organisations.views.screens import done, screen

from .. import groups, interests
from ..display import shown
from ..forms import FormGroupForm, InterestForm, JoinForm
from ..models import Interest, Presentation, PurchasingGroup
from ..policy import agents_authorities, refusal, refusal_of_person
from ..workspace import open_presentations, own_groups, own_interests, waiting


@screen
def mine(request: HttpRequest) -> HttpResponse:
    """The groups of one's authorities, what they are interested in, and what is presented now."""
    person = request.user
    context = {
        "heading": _("Purchasing groups"),
        "waiting": waiting(person),
        "groups": own_groups(person),
        "interests": own_interests(person),
        "presentations": shown(open_presentations()),
        "is_agent": agents_authorities(person, Right.CONTRIBUTES).exists(),
    }
    return render(request, "purchasing/mine.html", context)


def _presentation(slug: str) -> Presentation:
    return get_object_or_404(Presentation.objects.published().prefetch_related("solutions"), slug=slug)


def _nobody(request: HttpRequest, form: BaseForm | None = None, **context: object) -> HttpResponse:
    """For whom nothing can be done here, with the reasons."""
    return render(request, "purchasing/nobody.html", context | {"form": form}, status=HTTPStatus.FORBIDDEN)


def _refusals(request: HttpRequest, presentation: Presentation, right: Right) -> tuple[list[Organisation], list[str]]:
    """The authorities for which the person may act here, and why others may not."""
    candidates = list(Organisation.objects.of(request.user, right))
    why = {one.pk: refusal(presentation, one) for one in candidates}
    if own := refusal_of_person(presentation, request.user):
        return [], [own]
    return [one for one in candidates if not why[one.pk]], [reason for reason in why.values() if reason]


@screen
def interest(request: HttpRequest, slug: str) -> HttpResponse:
    """For one's authority: which solutions, how much, and when."""
    presentation = _presentation(slug)
    authorities, refusals = _refusals(request, presentation, Right.CONTRIBUTES)
    said = list(
        Interest.objects.filter(presentation=presentation, organisation__in=authorities).select_related("organisation")
    )
    context = {
        "heading": _("Your authority is interested"),
        "shown": shown([presentation])[0],
        "presentation": presentation,
        "said": said,
        "refusals": refusals,
    }
    if not authorities:
        return _nobody(request, **context)
    known = said[0] if len(authorities) == len(said) == 1 else None
    form = InterestForm(presentation, authorities, request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        told = _("Thank you: everybody reads now that your authority is interested. This commits it to nothing.")
        if done(request, lambda: interests.say(presentation, organisation, form.said, request.user), told, form):
            return redirect(presentation)
    return render(request, "purchasing/interest.html", context | {"form": form})


@screen
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    presentation = _presentation(slug)
    if request.method == "POST":
        posted = request.POST.get("interest", "")
        own = Interest.objects.filter(presentation=presentation)
        found = get_object_or_404(own, pk=int(posted)) if _is_key(posted) else None
        if found is None or not policy.may(request.user, "purchase_interest.take_back", found):
            raise Http404
        done(request, lambda: interests.take_back(found, request.user), _("It is taken back."))
    return redirect("purchasing:interest", presentation.slug)


@screen
def form_group(request: HttpRequest, slug: str) -> HttpResponse:
    """An interested authority forms a group."""
    presentation = _presentation(slug)
    authorities, refusals = _refusals(request, presentation, Right.ENGAGES)
    interested = _interested(presentation, authorities)
    categories = [kind for kind in groups.categories(presentation) if any(kind in own for own in interested.values())]
    context = {
        "heading": _("Form a purchasing group"),
        "shown": shown([presentation])[0],
        "presentation": presentation,
        "refusals": refusals or [_not_interested()],
    }
    if not categories:
        return _nobody(request, **context)
    form = FormGroupForm(categories, [one for one in authorities if one.pk in interested], request.POST or None)
    if request.method == "POST" and form.is_valid():
        made: list[PurchasingGroup] = []
        given = form.cleaned_data

        def act() -> None:
            made.append(groups.form(presentation, given["category"], given["organisation"], request.user))

        if done(request, act, _("The group is forming. The other interested authorities are told."), form):
            return redirect("purchasing:room", made[0].key)
    return render(request, "purchasing/form_group.html", context | {"form": form})


@screen
def join(request: HttpRequest, key: object) -> HttpResponse:
    """An interested authority joins a group that is forming."""
    related = PurchasingGroup.objects.listed().select_related("presentation")
    group = get_object_or_404(related, key=key)
    authorities, refusals = _refusals(request, group.presentation, Right.ENGAGES)
    interested = _interested(group.presentation, authorities)
    offered = [one for one in authorities if group.category in interested.get(one.pk, ())]
    context = {
        "heading": _("Join this purchasing group"),
        "shown": shown([group.presentation])[0],
        "presentation": group.presentation,
        "group": group,
        "refusals": refusals or [_not_interested()],
    }
    if not offered:
        return _nobody(request, **context)
    form = JoinForm(offered, request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        if done(
            request, lambda: groups.join(group, organisation, request.user), _("Your authority is a member."), form
        ):
            return redirect("purchasing:room", group.key)
    return render(request, "purchasing/join.html", context | {"form": form})


def _interested(presentation: Presentation, authorities: list[Organisation]) -> dict[int, set[str]]:
    """Of each of some authorities that is interested, in which categories."""
    said = presentation.interests.filter(organisation__in=authorities).select_related("presentation")
    return {one.organisation_id: groups.categories_of_interest(one) for one in said}


def _not_interested() -> str:
    return _(
        "An agent who engages an authority acts here, once the authority has said that it is interested in solutions "
        "of this category."
    )


def _is_key(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 19
