"""Every screen of comparing and of shortlists, for the words of each to be looked at (tests/test_untranslated.py)."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from catalogue.models import Shortlist, SolutionPage
from catalogue.shortlists import report, services, views
from catalogue.shortlists.enums import Verdict
from tests.factories import MembershipFactory, SolutionPageFactory, UserFactory

from .untranslated import content

WORDS = {"title": content("Vélos"), "need": content("Compter."), "criteria": content("Sans image")}


def finding_pages(client: Client, monkeypatch) -> Iterator[str]:
    for language in ("fr", "en"):
        with override(language):
            solutions = [_solution(f"trouvee-{language}-{number}") for number in range(5)]
            yield from _comparisons(client, solutions)
            yield from _shortlists(client, monkeypatch, solutions)


def _solution(slug: str) -> SolutionPage:
    return SolutionPageFactory(
        title=content("Compteur"),
        slug=slug,
        summary=content("Texte"),
        hosting_place=content(slug),
        contains_ai=slug.endswith("0"),
        qualities=["frugal"],
    )


def _comparisons(client: Client, solutions: list[SolutionPage]) -> Iterator[str]:
    slugs = [page.slug for page in solutions]
    SolutionPage.objects.exclude(slug__in=slugs).update(title=content("Autre"))
    for chosen in ([], ["nulle-part"], slugs[:1], slugs, slugs[:2], [*slugs[:2], "nulle-part"]):
        yield client.get(reverse("catalogue:compare"), {"solution": chosen}).content.decode()


def _shortlists(client: Client, monkeypatch, solutions: list[SolutionPage]) -> Iterator[str]:
    membership = MembershipFactory(
        contributes=True,
        person__first_name=content("Jeanne"),
        organisation__name=content("Bagnolet"),
        organisation__territory__name=content("Bagnolet"),
        organisation__territory__parent__name=content("Est"),
    )
    agent = membership.person

    def look(name: str, *args: object, **query: object) -> str:
        return client.get(reverse(f"shortlists:{name}", args=args), query, follow=True).content.decode()

    client.force_login(UserFactory(first_name=content("Anne")))
    yield look("index")
    client.force_login(agent)
    yield from (look("index"), look("new"), look("new", solution=[solutions[0].slug]))
    drawn = services.draw_up(Shortlist(organisation=membership.organisation, **WORDS), agent, solutions[:2])
    one, other = drawn.considered.all()
    yield from (look(name, drawn.pk) for name in ("shortlist", "edit", "consider", "delete", "lock"))
    yield from (look("index"), look("judge", drawn.pk, one.pk), client.get(reverse("workspace")).content.decode())
    drawn.considered.update(verdict=Verdict.KEPT, reason=content("Bon."))
    yield from (look("shortlist", drawn.pk), look("lock", drawn.pk))
    SolutionPage.objects.get(translation_key=other.solution_key).unpublish()
    services.lock(drawn, agent)
    yield _readable(look("shortlist", drawn.pk), drawn)
    yield _readable(report.page(drawn), drawn)
    with monkeypatch.context() as patch:
        patch.setattr(views, "trouble", lambda: content("Non"))
        yield from (_readable(look("shortlist", drawn.pk), drawn), look("pdf", drawn.pk))


def _readable(page: str, shortlist: Shortlist) -> str:
    """The page with what is made for machines marked as content."""
    addresses = [one["sheet"]["address"] for one in shortlist.content["solutions"] if one["sheet"]]
    for machine in (shortlist.digest, *addresses):
        page = page.replace(machine, content(machine))
    return page
