"""A process of its own on a database and an index of its own, for what only several processes can show.

``python -m tests.search.worker VERB:ARGUMENT...``, with VAR_DIR naming the folder of both.
"""

import os
import random
import signal
import sys
import time
from itertools import count as count_up

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "metropole.settings.dev"
django.setup()

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections, transaction

from metropole.search import engines, registry
from metropole.search.consistency import differences
from metropole.search.delivery import drain_at_once
from metropole.search.engines import get_stores
from metropole.search.models import Delivery, OutboxEntry, SearchIndex
from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.rebuilding import rebuild, tidy
from metropole.search.services import search

from .groups import register_groups


def prepare(_argument):
    with connection.schema_editor() as editor:
        for model in (ContentType, Permission, Group, OutboxEntry, SearchIndex, Delivery):
            editor.create_model(model)
    rebuild_all()


def rebuild_all(_argument="", **options):
    for store in get_stores():
        rebuild(store, **options)


def save(prefix):
    """Each in a transaction of its own."""
    for number in range(20):
        Group.objects.create(name=f"{prefix}{number}")


def save_and_die_before_writing(name):
    get_stores()[0].write = lambda *args: os.kill(os.getpid(), signal.SIGKILL)
    Group.objects.create(name=name)


def save_and_die_after_writing(name):
    store = get_stores()[0]
    write = store.write

    def write_and_die(*args):
        write(*args)
        os.kill(os.getpid(), signal.SIGKILL)

    store.write = write_and_die
    Group.objects.create(name=name)


def save_then_roll_back(name):
    try:
        with transaction.atomic():
            Group.objects.create(name=name)
            raise LookupError
    except LookupError:
        pass


def rebuild_and_die(_argument):
    rebuild_all(progress=lambda: os.kill(os.getpid(), signal.SIGKILL))


def save_after_the_commit(name):
    """As wagtail-localize publishes: in a transaction of its own, once the translation is committed."""
    with transaction.atomic():
        transaction.on_commit(lambda: Group.objects.create(name=name))


def die_at_random(times):
    """Has children save, or rebuild, until they are killed; then has the indexes set right, and prints what differs."""
    draw = random.Random(2026)
    for turn in range(int(times)):
        connections.close_all()
        heard, said = os.pipe()
        child = os.fork()
        if child == 0:
            _work_until_killed(turn, said)
        os.read(heard, 1)
        time.sleep(draw.uniform(0, 0.3))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    tidy()
    drain_at_once()
    differing = [key for store in get_stores() for key in differences(store).all()]
    print(len(differing), waiting(), len({store.current() for store in get_stores()}), Group.objects.count() > 20)


def _work_until_killed(turn, said):
    engines._embedded.cache_clear()
    engines._with_server.cache_clear()
    os.write(said, b".")
    for number in count_up():
        if turn % 5 == 4:
            rebuild_all()
        else:
            with transaction.atomic():
                Group.objects.create(name=f"enfant {turn} {number}")
            with transaction.atomic():
                group = Group.objects.filter(name__startswith="enfant").order_by("?").first()
                group.name += "."
                group.save()


def waiting():
    return OutboxEntry.objects.count() + Delivery.objects.to_indexes_in_use().count()


def count_waiting(_argument):
    print(waiting())


def count(text):
    print(search(Query(text=text, exact=True), Preset("/")).result.total, waiting())


def serve(_argument):
    """Counts what each line read from the standard input finds, as a process that stays."""
    for line in sys.stdin:
        count(line.strip())
        sys.stdout.flush()


registry._loaders, registry._sources, registry._synonym_loaders = {}, {}, []
register_groups()
if __name__ == "__main__":
    for step in sys.argv[1:]:
        verb, _, argument = step.partition(":")
        globals()[verb](argument)
