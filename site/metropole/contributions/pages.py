"""From what was typed to a page, and back."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from wagtail.models import Locale, Page

from metropole.content.models import ContentPage

from .adapters import Typed, adapter
from .forms import step_form
from .kinds import Kind, kind_of
from .models import Contribution


def typed_from(page: Page, kind: Kind) -> dict[str, Typed]:
    """What one would have typed to get a page."""
    read = {name: adapter(kind.model, name).read(page) for name in kind.fields}
    return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in read.items()}


def current_page(contribution: Contribution) -> ContentPage:
    """The last version of a contribution's page, or a new one."""
    if contribution.page_id:
        return contribution.page.get_latest_revision_as_object()
    return kind_of(contribution).model(locale=Locale.get_default(), owner=contribution.author)


def fill(page: ContentPage, contribution: Contribution, cleaned: dict[str, Any]) -> None:
    """Writes on a page what was typed. It is its organisation's, whatever others are named."""
    kind = kind_of(contribution)
    for name, value in cleaned.items():
        adapter(kind.model, name).write(page, value)
    if kind.prepare:
        kind.prepare(page, contribution)
    named = list(page.organisations.all())
    if contribution.organisation not in named:
        page.organisations = [contribution.organisation, *named]


def drafted_page(contribution: Contribution) -> ContentPage:
    """Its page as it would be, without what is typed wrongly. It is not saved."""
    kind, page = kind_of(contribution), current_page(contribution)
    for step in kind.steps:
        form = step_form(kind, step, contribution.data, check=True)
        form.full_clean()
        fill(page, contribution, {name: form.cleaned_data[name] for name in step.fields if name in form.cleaned_data})
    return page


def parent_page(contribution: Contribution) -> Page:
    """Below which its page is put, in the site's main language."""
    if contribution.about_id:
        return contribution.about.specific
    sections = kind_of(contribution).model.allowed_parent_page_models()
    found = Page.objects.live().type(tuple(sections)).filter(locale=Locale.get_default()).first()
    if found is None:
        raise ImproperlyConfigured(f"The site has no section for contributions of the kind {contribution.kind}.")
    return found.specific


def placed(page: ContentPage, parent: Page) -> ContentPage:
    """A page that is not saved, as if it were below its section: enough to be checked and shown."""
    page.depth = parent.depth + 1
    page.path = page._get_path(parent.path, page.depth, 1) if parent.is_leaf() else parent.get_last_child()._inc_path()
    page._cached_parent_obj = parent
    return page
