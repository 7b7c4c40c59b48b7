"""A commune with two agents, what they type, and those who may not write it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from metropole.board.drafting.services import begin
from metropole.board.enums import ThresholdKey
from metropole.board.models import Need, Threshold
from metropole.demo.frame import build_frame
from tests.factories import MembershipFactory, ThemeFactory, UserFactory
from tests.factories.needs import working_hour

WORDS = {
    "title": "De l’ombre sur une place minérale",
    "summary": "La place est trop chaude en été.",
    "problem": "Les habitants ne s’y arrêtent plus.\n\n- les enfants\n- les personnes âgées",
    "expected_result": "Cinq degrés de moins à midi.",
    "success_criteria": "La température, mesurée par la commune.",
    "essential_criteria": "Résiste au vent\nSe démonte en un jour",
    "mode": "sourcing",
    "purchase_kind": "supplies",
    "no_early_contacts": "True",
}


@pytest.fixture(autouse=True)
def law(db):
    """The thresholds of the day, which the demonstration loads."""
    amounts = {ThresholdKey.DISPENSATION_SUPPLIES: 60_000, ThresholdKey.DISPENSATION_WORKS: 100_000,
               ThresholdKey.INNOVATIVE: 100_000}  # fmt: skip
    for key, amount in amounts.items():
        Threshold.objects.update_or_create(
            key=key,
            valid_from=dt.date(2026, 1, 1),
            defaults={"amount": amount, "article": "article R. 2122-8", "source_url": "https://example.org/loi"},
        )


@pytest.fixture
def frame(db):
    return build_frame()


@pytest.fixture
def membership(frame):
    return MembershipFactory(contributes=True)


@pytest.fixture
def agent(membership):
    return membership.person


@pytest.fixture
def commune(membership):
    return membership.organisation


@pytest.fixture
def colleague(commune):
    return MembershipFactory(organisation=commune, contributes=True).person


@pytest.fixture
def stranger(frame):
    return MembershipFactory(contributes=True).person


@pytest.fixture
def moderator(frame):
    return UserFactory(group="Moderators")


@pytest.fixture
def theme(frame):
    return ThemeFactory(name="Îlots de fraîcheur", slug="ilots-de-fraicheur")


@pytest.fixture
def draft(agent, commune):
    """A need that is just begun."""
    return begin(agent, commune)


@pytest.fixture
def ready(draft, theme):
    """A need with all that is owed."""
    draft.typed = {**draft.typed, **WORDS, "themes": [str(theme.pk)], **calendar()}
    draft.alternatives_shown_at = timezone.now()
    draft.save()
    return draft


@pytest.fixture
def signed_in(client, agent):
    client.force_login(agent)
    return client


def calendar(closes: int = 40, asked: int = 20, answered: int = 27) -> dict[str, str]:
    """Days from now, as one types them."""
    days = {"closes_at": closes, "questions_close_at": asked, "answers_due_at": answered}
    return {name: f"{timezone.localtime(working_hour(day)):%Y-%m-%d %H:%M}" for name, day in days.items()}


def at(name: str, *args: object) -> str:
    return reverse(f"drafting:{name}", args=args)


def form_of(client, url: str) -> dict:
    """What a browser would send back of a step as it was given."""
    form = client.get(url).context["form"]
    return {name: value for name in form.fields if (value := form[name].value())}


def fill_in(client, url: str, typed: dict):
    """Sends a step that was just opened with nothing in it but what is typed."""
    return client.post(url, typed | {"seen": client.get(url).context["form"]["seen"].value()})


def submit(client, need: Need, **kwargs):
    return client.post(at("check", need.key), {"version": Need.objects.get(pk=need.pk).typed_version}, **kwargs)


def type_in(need: Need, **typed: object) -> Need:
    need.typed = {**need.typed, **typed}
    need.save(update_fields=["typed"])
    return need
