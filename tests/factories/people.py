import factory
from django.contrib.auth.models import Group

from metropole.accounts.models import User
from metropole.organisations.enums import MembershipState
from metropole.organisations.models import Membership

from .filing import OrganisationFactory


class UserFactory(factory.django.DjangoModelFactory):
    """A person without rights; ``administrator=True``, ``editor=True`` and ``group="…"`` may enter the admin."""

    email = factory.Sequence(lambda n: f"personne{n}@example.org")

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        administrator = factory.Trait(is_staff=True, is_superuser=True)

    @factory.post_generation
    def editor(self, create: bool, extracted: bool, **kwargs) -> None:
        if extracted:
            self.groups.add(Group.objects.get(name="Editors"))

    @factory.post_generation
    def group(self, create: bool, extracted: str | None, **kwargs) -> None:
        if extracted:
            self.groups.add(Group.objects.get(name=extracted))


class MembershipFactory(factory.django.DjangoModelFactory):
    """A member without rights of a new commune; ``contributes=True`` and the like give rights."""

    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory, commune=True)
    state = MembershipState.ACTIVE

    class Meta:
        model = Membership
