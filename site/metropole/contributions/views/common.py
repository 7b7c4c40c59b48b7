"""What the screens of contributions have in common."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control

from metropole.core.policy import policy
from metropole.moderation import services as moderation

from ..kinds import Step, kind_of
from ..models import Contribution

private = cache_control(private=True, no_store=True)


class _TokenCheck(CsrfViewMiddleware):
    """Says what is wrong with a request's token in the place of refusing it."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def token_is_stale(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    """Whether a form comes from another site, or from a page that is older than the session."""
    return bool(_TokenCheck(view).process_view(request, None, (), {}))


def contribution_for(request: HttpRequest, pk: int) -> Contribution:
    """Somebody else's is not there. Raises Http404."""
    found = get_object_or_404(Contribution.objects.select_related("organisation", "page", "about", "base"), pk=pk)
    if not policy.may(request.user, "contribution.edit", found):
        raise Http404
    return found


def own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A screen of a contribution, for those who may write it."""

    @private
    @login_required
    @wraps(view)
    def answering(request: HttpRequest, pk: int, *args, **kwargs) -> HttpResponse:
        return view(request, contribution_for(request, pk), *args, **kwargs)

    return answering


def step_of(contribution: Contribution, number: int) -> Step:
    """Raises Http404."""
    steps = kind_of(contribution).steps
    if not 1 <= number <= len(steps):
        raise Http404
    return steps[number - 1]


def requests_of(contribution: Contribution) -> list:
    """What moderators want to see changed."""
    return list(moderation.open_requests(contribution.page)) if contribution.page_id else []
