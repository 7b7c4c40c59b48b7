"""What the admin's own screens have in common."""

from django import template
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def listing(content: SafeString, *headings: str | Promise, empty: str | Promise = "") -> str:
    """A table in the admin's style around its rows; what ``empty`` says where there are none."""
    context = {"rows": content.strip() and content, "headings": headings, "empty": empty}
    return render_to_string("core/admin/listing.html", context)
