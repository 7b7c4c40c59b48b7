"""Every screen of contributing, for the words of each to be looked at (tests/test_untranslated.py)."""

from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from metropole.contributions.kinds import kind_named
from metropole.contributions.models import Contribution
from metropole.contributions.services import begin
from metropole.moderation import services as moderation
from metropole.organisations import legal
from metropole.territory.models import Territory
from resources.models import PracticePage
from tests.factories import MembershipFactory, PracticePageFactory, ThemeFactory

from .moderation.conftest import make_moderator
from .untranslated import OPEN, content

WORDS = ("summary", "context", "actions", "results", "what_did_not_work", "what_worked")


def contribution_pages(client: Client) -> Iterator[str]:
    # The form lists every territory there is, those of other screens included.
    for place in Territory.objects.exclude(name__startswith=OPEN[1]):
        Territory.objects.filter(pk=place.pk).update(name=content(place.name))
    for language in ("fr", "en"):
        with override(language):
            yield from _pages(client)


def _pages(client: Client) -> Iterator[str]:
    membership = MembershipFactory(
        contributes=True,
        person__first_name=content("Jeanne"),
        organisation__name=content("Bagnolet"),
        organisation__territory__name=content("Bagnolet"),
        organisation__territory__parent__name=content("Est"),
    )
    person, commune = membership.person, membership.organisation
    texts = {name: f"<p>{content('Texte')}</p>" for name in WORDS[1:5]}
    practice = PracticePageFactory(
        title=content("Ombrières à Bagnolet"),
        slug=f"ombrieres-{commune.pk}",
        summary=content("Texte"),
        organisations=[commune],
        **texts,
    )
    words = {name: content("Texte") for name in WORDS}
    data = {"title": content("Ombrières"), "themes": [str(ThemeFactory(name=content("Nature")).pk)]} | words

    def look(name: str, *args: object) -> str:
        return client.get(reverse(f"contributions:{name}", args=args), follow=True).content.decode()

    client.force_login(MembershipFactory(person__first_name=content("Jean"), organisation=commune).person)
    yield from (look("index"), look("new"))
    client.force_login(person)
    for text in legal.missing(person, commune):
        legal.accept(person, text, commune)
    yield from (look("index"), look("new"), look("of_page", practice.pk))
    yield client.get(f"{reverse('contributions:new')}?about={practice.pk}").content.decode()
    draft = begin(kind_named("practice"), commune, person)
    yield from (look("step", draft.pk, 1), look("check", draft.pk), look("files", draft.pk), look("delete", draft.pk))
    Contribution.objects.filter(pk=draft.pk).update(data=data)
    file = SimpleUploadedFile(content("grille"), b"x")
    given = {"upload": file, "title": content("Grille"), "accessible_version": content("Ici"), "licence": "etalab-2.0"}
    client.post(reverse("contributions:files", args=[draft.pk]), given)
    yield from (look("files", draft.pk), look("file", draft.pk, draft.files.get().pk), look("check", draft.pk))
    yield from (look("preview", draft.pk), look("contribution", draft.pk), look("index"))
    yield client.get(reverse("workspace")).content.decode()
    yield client.post(reverse("contributions:step", args=[draft.pk, 2]), {"context": content("Autre")}).content.decode()
    strict = Client(enforce_csrf_checks=True)
    yield strict.post(reverse("contributions:step", args=[draft.pk, 2]), {"context": content("Autre")}).content.decode()
    draft.refresh_from_db()
    client.post(reverse("contributions:check", args=[draft.pk]), {"version": draft.version})
    draft.refresh_from_db()
    moderation.request_changes(draft.page, make_moderator(), [("context", content("Lequel ?"))])
    yield look("contribution", draft.pk)
    client.post(reverse("contributions:take_up", args=[draft.pk]))
    yield from (look("step", draft.pk, 2), look("contribution", draft.pk))
    draft.refresh_from_db()
    client.post(reverse("contributions:check", args=[draft.pk]), {"version": draft.version})
    moderation.approve(draft.page, make_moderator())
    yield client.get(PracticePage.objects.get(pk=draft.page_id).url, follow=True).content.decode()
    feedback = begin(kind_named("feedback"), commune, person, practice)
    Contribution.objects.filter(pk=feedback.pk).update(data=words)
    client.post(reverse("contributions:check", args=[feedback.pk]), {"version": "0"})
    feedback.refresh_from_db()
    moderation.approve(feedback.page, make_moderator())
    yield look("contribution", feedback.pk)
    yield client.get(PracticePage.objects.get(pk=practice.pk).url, follow=True).content.decode()
