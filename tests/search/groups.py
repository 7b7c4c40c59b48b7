"""A kind of content that every installation has, to follow from the database to the index: Django's groups."""

from django.contrib.auth.models import Group

from metropole.search.documents import Document, document_id
from metropole.search.registry import register_documents

UNPUBLISHED, BROKEN = "brouillon", "impossible"


def register_groups():
    register_documents(Group, build, lambda: Group.objects.exclude(name__startswith=UNPUBLISHED))


def build(group: Group) -> Document | None:
    if group.name.startswith(BROKEN):
        raise ValueError("This group cannot be told.")
    return Document(id=document_id(group), type="project", language="fr", title=group.name, url=f"/{group.pk}/")
