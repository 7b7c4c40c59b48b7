"""Wagtail's workflow of the site: one review by the moderators, of every page."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.translation import gettext, override
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from .models import ReviewTask

MODERATORS = "Moderators"


def create_workflow(using: str, **kwargs) -> None:
    """Signal receiver, after the migrations: makes the workflow and gives it all pages, once.

    What an administrator has changed since is left alone.
    """
    root = Page.objects.using(using).filter(depth=1).first()
    if root is None or ReviewTask.objects.using(using).exists():
        return
    group, _created = Group.objects.using(using).get_or_create(name=MODERATORS)
    with override(settings.LANGUAGE_CODE):
        name = gettext("Review by the moderators")
    task = ReviewTask(name=name)
    task.save(using=using)
    task.groups.add(group)
    workflow = Workflow(name=name)
    workflow.save(using=using)
    WorkflowTask(workflow=workflow, task=task, sort_order=0).save(using=using)
    # In the place of the workflow that Wagtail gives all pages, whose moderators may approve their own work.
    WorkflowPage.objects.using(using).update_or_create(page=root, defaults={"workflow": workflow})
