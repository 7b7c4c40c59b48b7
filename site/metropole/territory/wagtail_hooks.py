from wagtail.snippets.models import register_snippet

from .viewsets import TerritoryViewSet

register_snippet(TerritoryViewSet)
