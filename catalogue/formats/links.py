from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..models import SolutionPage
from .inventory import concerns_algorithms
from .publiccode import is_open_source


@dataclass(frozen=True)
class DataLink:
    label: str | Promise
    content_type: str
    url: str


def data_links(page: SolutionPage) -> list[DataLink]:
    """The forms in which a sheet can be had as data, in the reader's language."""
    links = [DataLink(_("JSON"), "application/json", _address("solution", page))]
    if is_open_source(page):
        links.append(DataLink("publiccode.yml", "text/yaml", _address("solution_publiccode", page)))
    if concerns_algorithms(page):
        label = _("row of an inventory of public algorithms (CSV)")
        links.append(DataLink(label, "text/csv", _address("solution_inventory_csv", page)))
    return links


def _address(name: str, page: SolutionPage) -> str:
    return f"{reverse(f'api:{name}', args=[page.slug])}?lang_ui={get_language()}"
