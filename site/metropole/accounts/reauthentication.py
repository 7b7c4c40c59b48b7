from functools import wraps

from allauth.account.decorators import reauthentication_required
from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

from metropole.core.screens import View


def confirmed(view: View) -> View:
    """A view for who has shown a moment ago, by their password or second factor, that it is still them.

    allauth says by an exception that somebody has not; its middleware, which leads them there, does not see those of a
    view that the site runs in a transaction, and is asked here.
    """
    asking = reauthentication_required(view)

    @wraps(view)
    def answering(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return asking(request, *args, **kwargs)
        except ReauthenticationRequired as exception:
            return AccountMiddleware(view).process_exception(request, exception)

    return answering
