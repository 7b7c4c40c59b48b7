from metropole.core.policy import Person, policy

from .models import Collection, Favourite


@policy.rule("collection.edit")
def may_edit_collection(person: Person, collection: Collection) -> bool:
    return collection.person_id == person.pk


@policy.rule("favourite.edit")
def may_edit_favourite(person: Person, favourite: Favourite) -> bool:
    return favourite.person_id == person.pk
