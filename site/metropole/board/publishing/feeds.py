"""The public history of a need as a feed: what its page tells, for who wants to follow it without an account."""

import re
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from metropole.core.policy import policy

from ..models import Need
from .history import Happened, history

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class HistoryFeed(Feed):
    """What happened to a need, the last first."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> Need:
        need = get_object_or_404(Need.objects.published().with_texts(), slug=slug)
        if not policy.may(request.user, "need.read", need):
            raise Http404
        return need

    def title(self, need: Need) -> str:
        title = need.text_for(get_language()).title
        return _in_xml(_("History of the need “%(title)s”") % {"title": title})

    def subtitle(self, need: Need) -> str:
        return _in_xml(need.text_for(get_language()).summary)

    def link(self, need: Need) -> str:
        return need.get_absolute_url()

    def items(self, need: Need) -> list[tuple[Need, Happened]]:
        return [(need, happened) for happened in reversed(history(need))]

    def item_title(self, item: Any) -> str:
        return item[1].label

    def item_description(self, item: Any) -> str:
        return _in_xml("\n".join(filter(None, (item[1].by, item[1].reason))))

    def item_link(self, item: Any) -> str:
        need, happened = item
        return f"{need.get_absolute_url()}#{happened.anchor}"

    def item_pubdate(self, item: Any) -> Any:
        return item[1].at

    item_updateddate = item_pubdate


def _in_xml(words: str) -> str:
    """Without the characters that no document of XML holds."""
    return _NOT_IN_XML.sub("", words)
