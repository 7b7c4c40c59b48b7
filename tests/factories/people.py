import factory
from django.contrib.auth.models import Group

from metropole.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A person without rights; ``administrator=True`` and ``editor=True`` may enter the admin."""

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
