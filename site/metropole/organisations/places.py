from django.utils.text import slugify

from metropole.territory.models import Territory


def commune_of(town: str, postal_code: str) -> Territory | None:
    """The commune of the métropole that an address names, by its name or another one of its; None outside of it.

    The department has to be the same: towns share their names with others far away.
    """
    wanted = plain(town)
    communes = Territory.objects.communes().filter(department=postal_code[:2]).prefetch_related("aliases")
    for commune in communes if wanted else ():
        if wanted in {plain(name) for name in (commune.name, *(alias.name for alias in commune.aliases.all()))}:
            return commune
    return None


def plain(name: str) -> str:
    """A name as people write it anyhow: without accents, capitals and abbreviations."""
    words = slugify(name.replace("'", "-").replace("’", "-")).split("-")
    return "-".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words if word)
