"""After an outcome: what authorities that buy together owe before they do."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy
from metropole.organisations.models import Organisation
from metropole.organisations.views.screens import done, screen

from ...models import JointPurchase, Need
from ...policy import carries
from .. import joint
from ..forms import DeliberationForm, PurchaseForm
from ..policy import contributes
from .common import found_need


@screen
def purchase(request: HttpRequest, key: object) -> HttpResponse:
    """The checklist of the joint purchase, with its dates."""
    need = found_need(key)
    if not carries(request.user, need) or not joint.is_joint_purchase(need):
        raise Http404
    known = JointPurchase.objects.filter(need=need).select_related("coordinator").first()
    posted = request.POST.get("organisation") if request.method == "POST" else None
    may_prepare = policy.may(request.user, "need.prepare_purchase", need)
    form = PurchaseForm(need, request.POST if request.method == "POST" and posted is None else None, initial=_of(known))
    rows = [
        (one, vote, _vote_form(request, one, vote, posted) if contributes(request.user, one) else None)
        for one, vote in joint.deliberations(need)
    ]
    if request.method == "POST" and _stored(request, need, form, rows, posted):
        return redirect("sharing:purchase", need.key)
    context = {
        "heading": _("Buying together"),
        "need": need,
        "known": known,
        "form": form if may_prepare else None,
        "rows": rows,
        "is_voted": all(vote for _one, vote, _form in rows),
    }
    return render(request, "sharing/purchase.html", context)


def _of(known: JointPurchase | None) -> dict[str, object]:
    return {"coordinator": known.coordinator_id, "agreement_on": known.agreement_on} if known else {}


def _vote_form(request: HttpRequest, organisation: Organisation, vote: object, posted: str | None) -> DeliberationForm:
    is_sent = posted == str(organisation.pk)
    initial = {"held_on": vote.held_on} if vote else {}
    return DeliberationForm(request.POST if is_sent else None, initial=initial, prefix=f"vote-{organisation.pk}")


def _stored(request: HttpRequest, need: Need, form: PurchaseForm, rows: list, posted: str | None) -> bool:
    """Whether what was sent is noted; else its form says why not."""
    if posted is None:
        policy.require(request.user, "need.prepare_purchase", need)
        return form.is_valid() and done(
            request, lambda: joint.prepare(need, request.user, **form.cleaned_data), _("It is noted."), form
        )
    own = next(((one, sent) for one, _vote, sent in rows if sent and str(one.pk) == posted), None)
    if own is None:
        raise PermissionDenied
    organisation, sent = own
    return sent.is_valid() and done(
        request,
        lambda: joint.deliberate(need, organisation, request.user, sent.cleaned_data["held_on"]),
        _("It is noted."),
        sent,
    )
