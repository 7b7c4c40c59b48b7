from wagtail.models import Page, Site


def page_at(path: str) -> Page | None:
    """The page that is read at an address of the site."""
    parts = [part for part in path.split("/") if part]
    if not parts or "\0" in path:
        return None
    language, *slugs = parts
    root = Site.objects.get(is_default_site=True).root_page
    homes = root.get_translations(inclusive=True).filter(locale__language_code=language)
    found = [f"{home.url_path}{''.join(f'{slug}/' for slug in slugs)}" for home in homes]
    return Page.objects.live().filter(url_path__in=found).first()
