"""Nobody learns of a response before its need is opened, nor what it says but the panel: every address is asked.

As people in each role open all that the site has, a company responds: what they are given does not change by a byte.
"""

import logging
import re
from collections.abc import Collection, Iterator
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex

from metropole.board.models import Need
from metropole.board.questions import services as questions
from metropole.contributions.files.check import checked
from metropole.notifications.delivery import deliver
from metropole.notifications.models import Notification
from metropole.organisations import legal
from metropole.responses.content import criteria_of
from metropole.responses.models import Declaration, Response
from metropole.responses.writing import services as writing
from tests.factories import MembershipFactory, OrganisationFactory, ResponseFactory, UserFactory
from tests.permissions.addresses import addresses
from tests.permissions.roles import person
from tests.permissions.world import World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SAID, FILED, READ = "sentinelle-reponse", "sentinelle-fichier", "sentinelle-ouverte"
"""Words of a response that is sealed, of its file, and of one whose need is opened."""
ASKER = "sentinelle-auteur"
"""In the name and address of who asks a question."""
ROLES = ("visitor", "agent", "other_carrier", "administrator")
CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]+"|csrf[^"]*"[^"]+"|nonce[-=]"?[\w+/=-]+|Signature=[\w-]+', re.I
)
"""What differs from one request to the next, whatever happens."""
Pages = dict[str, bytes]


@pytest.fixture
def world(rebuild_index, caplog, monkeypatch, settings, tmp_path):
    caplog.set_level(logging.DEBUG)
    settings.MEDIA_ROOT = tmp_path
    # Wagtail leaves the files open in which it makes smaller pictures.
    monkeypatch.setattr(Image, "generate_rendition_file", lambda *args, **options: get_test_image_file())
    monkeypatch.setattr("wagtail.images.views.images.SpooledTemporaryFile", lambda **options: BytesIO())
    with time_machine.travel(timezone.now(), tick=False):
        yield make_world()


@pytest.fixture
def respondent(db):
    asker = UserFactory(email=f"{ASKER}@example.org", first_name=ASKER)
    return MembershipFactory(person=asker, organisation=OrganisationFactory(), deposits=True, contributes=True)


def open_need(world: World) -> Need:
    return Need.objects.get(slug=world.particular["board:need"]["slug"])


def opened_need(world: World) -> Need:
    return Need.objects.get(key=world.particular["opening:responses"]["key"])


def pages(role: str, world: World, user: object, only: Collection[str] = ()) -> Pages:
    """What somebody is given at each address that they may open, by its route; ``only``: at some of them."""
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    session = client.cookies.copy()
    found = {}
    for address in addresses():
        # The admin's pages are the same for all who do not enter it.
        if address.route.startswith("admin/") and role != "administrator":
            continue
        if only and address.route not in only:
            continue
        with transaction.atomic():
            response = client.get(address.path(world))
            body = b"".join(response) if response.streaming else response.content
            found[address.route] = CHANGING.sub(b"", body) + repr(sorted(response.headers.items())).encode()
            response.close()
            transaction.set_rollback(True)
        client.cookies = session.copy()
    return found


def agree(respondent) -> None:
    """To the texts in force: that one has agreed to them is in the journal, whatever for."""
    for text in legal.missing(respondent.person, respondent.organisation):
        legal.accept(respondent.person, text, respondent.organisation)


def respond(need: Need, respondent) -> Response:
    """A whole response with a file, deposited by its services."""
    who = respondent.person
    response = writing.begin(need, respondent.organisation, who)
    answers = {"summary": SAID, "approach": SAID, "calendar": SAID, "publishable": SAID}
    answers |= dict.fromkeys((criterion.field for criterion in criteria_of(need)), SAID)
    writing.save(response, who, answers, writing.seen_of(response, answers))
    given = checked(ContentFile(FILED.encode(), name=f"{FILED}.txt"))
    writing.add_file(response, who, given, FILED)
    response.refresh_from_db()
    writing.deposit(response, who, response.draft_version)
    return response


@pytest.mark.parametrize("role", ROLES)
def test_a_response_changes_nothing_of_what_others_are_given(role, world, respondent):
    need, user = open_need(world), person(role, world.authority, world.company)
    agree(respondent)
    before = pages(role, world, user)
    response = respond(need, respondent)
    after = pages(role, world, user)
    # What differs whenever it is asked for, such as a PDF with its own identifier, tells nothing.
    changed = {route for route in before if before[route] != after[route]}
    again = pages(role, world, user, changed) if changed else {}
    assert {route for route in changed if after[route] == again[route]} == set()
    assert not list(said_of(after.values(), SAID, FILED, str(response.pk), *receipts(response)))


@pytest.mark.parametrize("role", ROLES)
def test_what_a_response_says_is_read_by_the_panel_alone_once_its_need_is_opened(role, world, respondent):
    need, user = opened_need(world), person(role, world.authority, world.company)
    response = ResponseFactory(
        need=need, organisation=respondent.organisation, is_deposited=True, answers={"summary": READ}
    )
    world.particular["opening:response"] = {"key": need.key, "pk": response.pk}
    assert not list(said_of(pages(role, world, user).values(), READ))
    if role == "agent":
        Declaration.objects.create(need=need, person=user, has_conflict=False)
        assert READ.encode() in pages(role, world, user)[route_of("opening:response")]


@pytest.mark.parametrize("role", ROLES)
def test_who_asks_a_question_is_in_no_byte_that_others_are_given(role, world, respondent):
    user = person(role, world.authority, world.company)
    questions.ask(open_need(world), respondent.organisation, "Quelle est la charge admise ?", respondent.person)
    found = pages(role, world, user)
    # Administrators see who has an account, and nothing of what they do with it.
    told = [route for route, body in found.items() if ASKER.encode() in body and "admin/users" not in route]
    assert told == []


def test_messages_journals_logs_and_the_search_are_silent(world, respondent, caplog, rebuild_index):
    need = open_need(world)
    agree(respondent)
    with transaction.atomic():
        response = respond(need, respondent)
    deliver()
    rebuild_index()
    secrets = (SAID, FILED, str(response.pk))
    others = [letter for letter in mail.outbox if respondent.person.email not in letter.recipients()]
    assert not list(said_of((letter.message().as_bytes() for letter in others), *secrets, respondent.organisation.name))
    assert not list(said_of((letter.message().as_bytes() for letter in mail.outbox), SAID, FILED))
    news = Notification.objects.exclude(person=respondent.person)
    kept = [f"{one.event} {one.words} {one.route}" for one in news]
    kept += [f"{entry.label} {entry.data}" for model in (ModelLogEntry, PageLogEntry) for entry in model.objects.all()]
    kept += [str(row.to_content_type_id) + row.object_id for row in ReferenceIndex.objects.all()]
    assert not list(said_of((line.encode() for line in [*kept, caplog.text]), *secrets))
    for word in (SAID, FILED, READ):
        assert Client().get("/api/v1/search", {"q": word}).json()["count"] == 0


def said_of(bodies, *words: str) -> Iterator[str]:
    """The words that occur."""
    for body in bodies:
        yield from (word for word in words if word.encode() in body)


def receipts(response: Response) -> list[str]:
    return list(response.receipts.values_list("number", flat=True))


def route_of(name: str) -> str:
    return next(address.route for address in addresses() if address.name == name)
