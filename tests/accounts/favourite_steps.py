"""What a process of its own does in ``test_at_once``: ``python -c START STEP:ARGUMENT...``."""

import sys
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from metropole.accounts.favourites import registry
from metropole.accounts.favourites.services import keep
from metropole.accounts.models import Collection, Favourite, User

START = "import django; django.setup(); from tests.accounts.favourite_steps import do_steps; do_steps()"


def prepare(_argument):
    with connection.schema_editor() as editor:
        for model in (ContentType, Permission, Group, User, Collection, Favourite):
            editor.create_model(model)
    User.objects.create_user("jeanne@example.org")


def keep_at_once(number):
    person = User.objects.get()
    connection.close()

    def keep_once(_number):
        try:
            with transaction.atomic():
                keep(person, "thing", "1")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(keep_once, range(int(number))))


def count(_argument):
    print(Favourite.objects.count())


def do_steps():
    registry.register_kind("thing", lambda refs: {"1": registry.Item("A thing", "/", "Thing", "en")})
    for step in sys.argv[1:]:
        name, _, argument = step.partition(":")
        globals()[name](argument)
