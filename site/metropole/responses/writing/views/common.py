"""What the screens of responses have in common."""

from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.core.policy import policy
from metropole.core.screens import own_screen

from ...models import Response
from ...sealing import UnreadableError
from ..steps import STEPS

View = Callable[..., HttpResponse]
_HIDDEN = ("csrfmiddlewaretoken", "seen", "go_on", "version")


def response_for(request: HttpRequest, pk: object) -> Response:
    """One of somebody's own organisations; that of another is not there. Raises Http404."""
    related = Response.objects.select_related("need", "organisation", "decision")
    found = get_object_or_404(related.prefetch_related("need__texts__locale"), pk=pk)
    if not policy.may(request.user, "response.see_own", found):
        raise Http404
    return found


def own(view: View) -> View:
    """A screen of a response, which the view is given."""

    @wraps(view)
    def answering(request: HttpRequest, pk: object, **kwargs) -> HttpResponse:
        return view(request, response_for(request, pk), **kwargs)

    return own_screen(unsealing(answering))


def unsealing(view: View) -> View:
    """A key that is lost, or a row that is damaged, is said in words."""

    @wraps(view)
    def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except UnreadableError:
            context = {"heading": _("This response cannot be read")}
            return render(request, "responses/unreadable.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)

    return opened


def not_saved(request: HttpRequest, reasons: Iterable[str], again: str = "") -> HttpResponse:
    """What was sent is refused, and shown, so that nothing typed is lost. ``again``: where it can be sent after all."""
    context = {
        "heading": _("Nothing was saved"),
        "reasons": list(reasons),
        "typed": texts_in(request.POST),
        "again": again,
    }
    return render(request, "responses/not_saved.html", context, status=HTTPStatus.FORBIDDEN)


def texts_in(posted: QueryDict) -> list[str]:
    return [
        value
        for name, values in posted.lists()
        for value in values
        if value.strip() and name not in _HIDDEN and not name.startswith("words-")
    ]


def context_of(request: HttpRequest, response: Response, here: str = "") -> dict[str, object]:
    """What each screen of a response shows; ``here``: its step's name."""
    text = response.need.text_for(request.LANGUAGE_CODE)
    return {
        "heading": text.title if text else response.need.name,
        "heading_language": text.language if text and text.language != request.LANGUAGE_CODE else "",
        "response": response,
        "need": response.need,
        "outline": outline(response),
        "here": here,
    }


def outline(response: Response) -> list[tuple[str, str, str]]:
    """The steps of a response: the name of each, its title and its address."""
    numbered = enumerate(STEPS, start=1)
    steps = [(step.name, str(step.title), url_of("step", response, number)) for number, step in numbered]
    last = _("Check and replace") if response.is_deposited else _("Check and deposit")
    return [
        *steps,
        ("files", _("Files"), url_of("files", response)),
        ("deposit", last, url_of("deposit", response)),
    ]


def url_of(name: str, response: Response, *arguments: object) -> str:
    return reverse(f"responses:{name}", args=[response.pk, *arguments])
