from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from metropole.core.paging import page_of
from metropole.core.policy import policy
from metropole.core.screens import own_screen, private

from .forms import PreferencesForm
from .models import MailChoices, Notification
from .stopping import read_stop
from .wording import said_or_apology

NEWS_PER_PAGE = 20


@own_screen
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All that one was told, the latest first."""
    page = page_of(Notification.objects.of(request.user), request, NEWS_PER_PAGE)
    context = {
        "heading": _("Notifications"),
        "items": [(news, said_or_apology(news)) for news in page.items],
        "pagination": page,
        "unread": Notification.objects.of(request.user).unread().count(),
    }
    return render(request, "notifications/list.html", context)


@own_screen
@require_safe
def open_news(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to what a piece of news is about, and notes that it was read."""
    news = _own(request, pk)
    Notification.objects.unread().filter(pk=news.pk).update(read_at=timezone.now())
    if not news.route:
        return redirect("notifications:list")
    try:
        return redirect(reverse(news.route[0], args=news.route[1:]))
    except NoReverseMatch:
        context = {"heading": _("This is not on the site any more"), "said": said_or_apology(news)}
        return render(request, "notifications/gone.html", context, status=404)


@own_screen
@require_POST
def mark_read(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One piece of news, or all of them."""
    unread = Notification.objects.of(request.user).unread()
    (unread.filter(pk=_own(request, pk).pk) if pk else unread).update(read_at=timezone.now())
    return redirect("notifications:list")


@own_screen
def preferences(request: HttpRequest) -> HttpResponse:
    """What one wants to read by e-mail."""
    choices = MailChoices.objects.filter(person=request.user).first() or MailChoices(person=request.user)
    form = PreferencesForm(request.POST or None, instance=choices)
    if request.method == "POST" and form.is_valid():
        MailChoices.objects.update_or_create(
            person=request.user, defaults={"paces": form.paces, "paused_until": form.cleaned_data["paused_until"]}
        )
        messages.success(request, _("Your choices are saved."))
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences.html", {"form": form, "heading": _("E-mails that I receive")})


@method_decorator([private, csrf_exempt], name="dispatch")
class StopView(View):
    """The end of a topic's e-mails, asked for from one of them: by the reader's mail programme, or by a button.

    Without signing in, thus without a cookie to protect: the signed link is what gives the right. Looking at it changes
    nothing, as programmes look at all links of a message.
    """

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._show(request, token, done=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._show(request, token, done=True)

    def _show(self, request: HttpRequest, token: str, *, done: bool) -> HttpResponse:
        stop = read_stop(token)
        if stop is None:
            raise Http404
        if done:
            stop.take_effect()
        heading = _("You will receive no more of these e-mails") if done else _("Receive no more of these e-mails")
        return render(request, "notifications/stop.html", {"heading": heading, "stop": stop, "done": done})


def _own(request: HttpRequest, pk: int) -> Notification:
    """Somebody else's is not there."""
    news = get_object_or_404(Notification, pk=pk)
    if not policy.may(request.user, "notification.read", news):
        raise Http404
    return news
