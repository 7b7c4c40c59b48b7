import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse

from metropole.accounts.models import User
from metropole.accounts.roles import GROUP_PERMISSIONS
from tests.factories import ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db


def member_of(group: str) -> User:
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    return user


def test_people_are_known_by_their_address_alone():
    user = User.objects.create_user("agent@example.org", "un-mot-de-passe-long")
    assert (str(user), user.is_staff, user.is_superuser) == ("agent@example.org", False, False)
    assert User.objects.create_superuser("chef@example.org", "un-mot-de-passe-long").is_superuser
    with pytest.raises(IntegrityError):
        User.objects.create_user("agent@example.org")


def test_what_is_typed_to_sign_in_is_the_address(client):
    User.objects.create_superuser("chef@example.org", "un-mot-de-passe-long")
    assert client.login(username="chef@example.org", password="un-mot-de-passe-long")


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
def test_editors_and_moderators_keep_the_vocabularies(client, group):
    client.force_login(member_of(group))
    theme = ThemeFactory()
    assert client.get(reverse("wagtailsnippets_taxonomy_theme:list")).status_code == 200
    assert client.get(reverse("wagtailsnippets_taxonomy_theme:edit", args=[theme.pk])).status_code == 200


def test_editors_delete_no_theme(client):
    client.force_login(member_of("Editors"))
    theme = ThemeFactory()
    client.post(reverse("wagtailsnippets_taxonomy_theme:delete", args=[theme.pk]))
    theme.refresh_from_db()


def test_translators_enter_the_admin_but_keep_no_vocabulary(client):
    client.force_login(member_of("Translators"))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert client.get(reverse("wagtailsnippets_taxonomy_theme:add")).status_code == 302
    assert client.get(reverse("wagtailsnippets_taxonomy_tag:list")).status_code == 302


def test_someone_without_a_role_does_not_enter_the_admin(client):
    client.force_login(UserFactory())
    assert client.get(reverse("wagtailadmin_home")).status_code in (302, 403)


def test_each_permission_of_the_table_exists_and_is_given_again_after_a_migration():
    for name, verbs in GROUP_PERMISSIONS.items():
        expected = {f"{verb}_{model.split('.')[1]}" for verb, models in verbs.items() for model in models}
        group = Group.objects.get(name=name)
        group.permissions.clear()
        call_command("migrate", verbosity=0)
        assert expected <= set(group.permissions.values_list("codename", flat=True))
