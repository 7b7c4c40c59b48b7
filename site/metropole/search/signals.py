"""What makes a document change: each of these signals writes to the outbox, in the transaction of the change."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from . import outbox


def connect(model: type[Model]) -> None:
    """Follows the instances of a model. The signals of Wagtail are followed once, for all kinds of pages."""
    for signal in (post_save, post_delete):
        signal.connect(_instance_changed, sender=model, dispatch_uid=f"search:{model._meta.label}")
    for field in model._meta.many_to_many:
        uid = f"search:{model._meta.label}.{field.name}"
        m2m_changed.connect(_relation_changed, sender=field.remote_field.through, dispatch_uid=uid)
    if issubclass(model, Page):
        _connect_pages()


def _connect_pages() -> None:
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed, dispatch_uid="search:page")
    # A page that moves or changes its slug changes the address of all pages below it.
    for signal in (post_page_move, page_slug_changed):
        signal.connect(_branch_changed, dispatch_uid="search:branch")
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="search:restriction")


def _instance_changed(instance: Model, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        outbox.enqueue_page(instance)
    else:
        outbox.enqueue(instance)


def _relation_changed(instance: Model, action: str, **kwargs: Any) -> None:
    if action.startswith("post_"):
        _instance_changed(instance)


def _page_changed(instance: Page, **kwargs: Any) -> None:
    # wagtail-localize publishes after the commit, in a transaction of its own: the signal comes then too.
    outbox.enqueue_page(instance)


def _branch_changed(instance: Page, **kwargs: Any) -> None:
    outbox.enqueue_pages(instance.get_descendants(inclusive=True))


def _restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    outbox.enqueue_pages(instance.page.get_descendants(inclusive=True))
