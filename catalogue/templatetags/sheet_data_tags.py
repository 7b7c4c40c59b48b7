from django import template
from django.utils.safestring import SafeString

from catalogue.formats import json_ld as schema_org
from catalogue.formats.links import DataLink, data_links
from catalogue.models import SolutionPage

register = template.Library()


@register.simple_tag
def sheet_data(page: SolutionPage) -> list[DataLink]:
    """Where a published sheet is read as data; nowhere while it is a draft."""
    return data_links(page) if page.live else []


@register.simple_tag
def json_ld(page: SolutionPage) -> SafeString:
    return schema_org.as_script(schema_org.json_ld(page))
