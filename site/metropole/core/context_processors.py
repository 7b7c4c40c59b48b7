from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """What every page's frame needs: the site's name, and whether it is the demonstration."""
    return {"site_name": settings.WAGTAIL_SITE_NAME, "is_demonstration": settings.IS_DEMONSTRATION}
