"""The site's own entry point, with the vocabularies of the synthetic documents."""

from metropole.search import registry
from metropole.wsgi import application

from .corpus import loaders

registry._loaders, registry._synonym_loaders = loaders(), []

__all__ = ["application"]
