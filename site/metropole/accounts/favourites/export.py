import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from metropole.core.versions import absolute
from metropole.search.export import neutralised

from .services import Kept


def csv_text(favourites: Iterable[Kept]) -> str:
    """Favourites as CSV, as the reader's spreadsheet reads it."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";" if get_format("DECIMAL_SEPARATOR") == "," else ",")
    writer.writerow([_("Title"), _("Type of content"), _("Collection"), _("Note"), _("Added on"), _("Address")])
    writer.writerows([neutralised(cell) for cell in _row(kept)] for kept in favourites)
    return text.getvalue()


def _row(kept: Kept) -> Iterator[str]:
    favourite, item = kept.favourite, kept.item
    yield kept.title
    yield item.type_label if item else _("no longer online")
    yield favourite.collection.name if favourite.collection else ""
    yield favourite.note
    yield timezone.localdate(favourite.added_at).isoformat()
    yield absolute(item.url) if item else ""
