from django.db import transaction

from metropole.territory.models import Territory

from .models import Organisation


@transaction.atomic
def create_authorities() -> int:
    """Makes the authority of each territory, or brings its identity up to date; returns their number."""
    for territory in Territory.objects.all():
        Organisation.objects.update_or_create(
            territory=territory,
            defaults={
                "kind": territory.kind,
                "name": territory.name,
                "slug": territory.slug,
                "siren": territory.siren,
            },
        )
    return Organisation.objects.territorial().count()
