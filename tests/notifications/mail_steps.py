"""What a process of its own does in ``test_processes``: ``python -c START STEP:ARGUMENT...``."""

import datetime as dt
import os
import random
import signal
import sys
import time

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from metropole.accounts.models import User
from metropole.core import beats, heartbeat
from metropole.core.models import WorkerHeartbeat
from metropole.core.task_queue import requeue_lost_tasks
from metropole.notifications import delivery
from metropole.notifications.kinds import Kind, register_kinds
from metropole.notifications.models import Mail, MailChoices, Notification
from metropole.notifications.services import notify, write_to_stranger
from metropole.notifications.topics import Topic, register_topics
from metropole.notifications.writers import Writer, register_writer

START = "import django; django.setup(); from tests.notifications.mail_steps import do_steps; do_steps()"
LEASE = 3
TABLES = (ContentType, Permission, Group, User, Mail, Notification, MailChoices, DBTaskResult, WorkerHeartbeat)


def prepare(_argument):
    with connection.schema_editor() as editor:
        for model in TABLES:
            editor.create_model(model)


def tell(number):
    people = [User.objects.create_user(f"p{one}@example.org") for one in range(int(number))]
    with transaction.atomic():
        notify(people, "arrival", "arrival:1")


def write(number):
    """To people who are told nothing as people: the writer knows their addresses."""
    people = [User.objects.create_user(f"p{one}@example.org") for one in range(int(number))]
    with transaction.atomic():
        for person in people:
            write_to_stranger("greeting", person.email, "fr")


def work(_argument):
    """As the command does, except that its minutes are seconds; other apps' beats would miss their tables."""
    heartbeat.LEASE, heartbeat.SECONDS_BETWEEN_HEARTBEATS = dt.timedelta(seconds=LEASE), 0.2
    delivery.LEASE = dt.timedelta(seconds=LEASE)
    beats._registered.clear()
    beats.register_beat("lost tasks", 0.5, requeue_lost_tasks)
    beats.register_beat("e-mails", 0.5, delivery.deliver)
    beats.register_beat("abandoned e-mails", 0.5, delivery.declare_abandoned)
    print("begun", flush=True)
    call_command("worker")


def work_and_be_killed(times):
    """One worker after the other, each killed at some moment or other."""
    for _ in range(int(times)):
        worker = os.fork()
        if not worker:
            work("")
        time.sleep(random.uniform(0.1, 0.6))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)


def tell_states(_argument):
    for mail in Mail.objects.select_related("person").order_by("pk"):
        print(mail.person.email if mail.person else mail.ref, mail.state)


def do_steps():
    register_topics(Topic("arrivals", "Arrivals", "", 10))
    register_kinds(Kind("arrival", "arrivals", "Somebody is there", "Look.", "You await somebody."))
    find = lambda email: User.objects.filter(email=email).first()  # noqa: E731
    register_writer(Writer("greeting", "Greeting", find, lambda user: EmailMessage("Hello", "", to=[user.email])))
    for step in sys.argv[1:]:
        name, _, argument = step.partition(":")
        globals()[name](argument)
