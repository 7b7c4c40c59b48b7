"""What came of a solution: who may call it independent, and how every result is shown."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.html import escape

from catalogue.deployments import services
from catalogue.evaluations.rules import contradictions
from catalogue.models import EvaluationPage, SolutionPage
from catalogue.signs import read_signs
from metropole.contributions.models import Contribution
from metropole.search.building import public_documents
from metropole.search.models import OutboxEntry
from metropole.search.outbox import document_id
from tests.catalogue.deployments.conftest import said
from tests.contributions.conftest import at, form_of, publish, send
from tests.factories import MembershipFactory, OrganisationFactory, SolutionPageFactory, UserFactory

pytestmark = pytest.mark.django_db
FIGURES = [
    {"indicator": "Délai", "unit": "jours", "before": "12", "after": "15", "change": "+25 %"},
    {"indicator": "Appels", "unit": "par mois", "before": "300", "after": "", "change": ""},
]
WORDS = {
    "summary": "Le délai s’est allongé.", "date": "2025-03-01", "author": "Université de Créteil",
    "independence": "independent", "independence_explained": "Personne ne l’a payée.", "outcome": "adverse",
}  # fmt: skip
METHOD = {
    "method": "Avant et après, sur les mêmes dossiers.", "sample": "42 dossiers", "results": "Zinzolin.",
    "limits": "Un seul hiver.", "source": "Rapport", "source_url": "https://192.0.2.1/rapport",
    "figures-0-indicator": "Délai", "figures-0-unit": "jours", "figures-0-before": "12", "figures-0-after": "15",
    "figures-0-change": "+25 %",
}  # fmt: skip


@pytest.fixture
def publisher(db):
    return OrganisationFactory(name="Capteurs & Cie")


@pytest.fixture
def solution(publisher):
    return SolutionPageFactory(title="Bornes", publisher=publisher)


@pytest.fixture
def membership(solution):
    return MembershipFactory(contributes=True)


@pytest.fixture
def commune(membership):
    return membership.organisation


@pytest.fixture
def moderator(solution):
    return UserFactory(group="Moderators")


def evaluation(solution: SolutionPage, by=None, **fields) -> EvaluationPage:
    """A published evaluation."""
    own = {"independence": "independent", "outcome": "none", "author": "Université", "figures": FIGURES} | fields
    page = EvaluationPage(
        title=f"Évaluation {EvaluationPage.objects.count()}",
        summary="Rien n’a changé.",
        solution=solution,
        by=by,
        **own,
    )
    solution.refresh_from_db()
    solution.add_child(instance=page)
    page.save_revision().publish()
    return page


def write(client, solution, membership, **typed) -> Contribution:
    client.force_login(membership.person)
    client.post(f"{at('new')}?about={solution.pk}", {"organisation": membership.organisation_id})
    contribution = Contribution.objects.get(about=solution)
    for number, words in enumerate((WORDS, METHOD), start=1):
        url = at("step", contribution.pk, number)
        client.post(url, {"seen": form_of(client, url)["seen"], **words, **typed})
    return Contribution.objects.get(about=solution, organisation=membership.organisation)


def test_an_authority_adds_its_evaluation_which_is_read_by_moderators_then_shown_with_its_figures(
    client, solution, membership, moderator
):
    contribution = write(client, solution, membership)
    assert send(client, contribution).context.get("lacking", []) == []
    assert "Zinzolin" not in client.get(solution.url).content.decode()
    publish(contribution, moderator)
    page = client.get(solution.url).content.decode()
    for words in ("Zinzolin", "Université de Créteil", "42 dossiers", "Délai", "+25", "Un seul hiver."):
        assert words in page
    own = EvaluationPage.objects.get()
    assert (own.by, own.solution, own.outcome) == (membership.organisation, solution, "adverse")
    assert client.get(own.url).url == f"{solution.url}#evaluation-{own.pk}"
    assert own.url not in client.get("/sitemap.xml", follow=True).content.decode()


def test_a_solution_is_found_by_the_words_and_figures_of_its_evaluations(solution):
    evaluation(solution, results="<p>Zinzolin</p>")
    [document] = [found for found in public_documents() if found.title == "Bornes"]
    assert "Zinzolin" in document.text
    assert "Délai" in document.text


@pytest.mark.parametrize("outcome", ["expected", "partly", "none", "adverse"])
def test_whatever_was_found_is_shown_in_the_same_way(client, solution, outcome):
    own = evaluation(solution, outcome=outcome)
    page = client.get(solution.url).content.decode()
    assert f'id="evaluation-{own.pk}"' in page
    assert escape(own.get_outcome_display().capitalize()) in page


def refused(solution, by=None, independence="independent", author="Université") -> bool:
    page = EvaluationPage(solution=solution, by=by, independence=independence, author=author)
    return "independence" in contradictions(page)


def test_the_publisher_calls_no_evaluation_of_its_own_independent(solution, publisher, commune):
    assert refused(solution, publisher)
    assert refused(solution, author="capteurs  & CIE")
    assert refused(solution, publisher, "authority")
    assert not refused(solution, publisher, "publisher")
    assert not refused(solution, commune)
    assert not refused(solution, commune, "publisher")
    with pytest.raises(ValidationError):
        evaluation(solution, publisher)


def test_an_authority_that_uses_it_is_not_independent_of_itself(solution, commune, membership):
    colleague = MembershipFactory(organisation=commune, contributes=True).person
    assert not refused(solution, commune, author=commune.name)
    deployment = services.declare(solution, commune, said(), membership.person)
    services.confirm(deployment.waiting, colleague)
    assert refused(solution, commune, author=commune.name)
    assert not refused(solution, commune, "authority", commune.name)
    assert not refused(solution, commune)


def test_who_evaluated_is_left_out_by_sources_alone(solution, commune):
    assert refused(solution, commune, "unknown")
    assert not refused(solution, None, "unknown")


def test_the_publisher_is_told_so_in_the_form_and_nothing_is_sent(client, solution, publisher):
    membership = MembershipFactory(organisation=publisher, contributes=True)
    contribution = write(client, solution, membership)
    assert [lack.field for lack, _url in send(client, contribution).context["lacking"]] == ["independence"]
    assert not EvaluationPage.objects.exists()


def test_figures_without_an_indicator_and_what_is_owed_are_named(client, solution, membership):
    contribution = write(client, solution, membership, **{"figures-0-indicator": "", "limits": ""})
    lacking = {lack.field for lack, _url in send(client, contribution).context["lacking"]}
    assert lacking == {"figures", "limits"}


def test_independence_is_that_of_published_evaluations(solution):
    def is_evaluated() -> bool:
        read_signs([solution])
        return solution.is_evaluated

    assert not is_evaluated()
    evaluation(solution, independence="publisher")
    assert not is_evaluated()
    own = evaluation(solution)
    assert is_evaluated()
    own.unpublish()
    assert not is_evaluated()


def test_the_solutions_document_follows_its_evaluations(solution):
    own = evaluation(solution)
    for change in (lambda: own.unpublish(), lambda: own.delete()):
        OutboxEntry.objects.all().delete()
        change()
        assert OutboxEntry.objects.filter(document_key=document_id(solution)).exists()


def test_the_newest_comes_first(solution):
    old, new = (evaluation(solution, date=dt.date(year, 1, 1)) for year in (2020, 2024))
    undated = evaluation(solution)
    assert SolutionPage.objects.get(pk=solution.pk).evaluations == [new, old, undated]
