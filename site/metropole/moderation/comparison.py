"""What differs between two versions of a page, as its reviewers read it."""

from wagtail.admin.compare import FieldComparison
from wagtail.models import Page


def differences(page: Page, before: Page, after: Page) -> list[FieldComparison]:
    """The fields that differ, in the order of the editor, each with its ``htmldiff()``."""
    handler = page.get_edit_handler().get_bound_panel(instance=page, request=None, form=None)
    compared = [comparison(before, after) for comparison in handler.get_comparison()]
    return [comparison for comparison in compared if comparison.has_changed()]
