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
from resources.models import PracticePage
from tests.factories import MembershipFactory, PracticePageFactory, ThemeFactory

from .moderation.conftest import make_moderator
from .untranslated import content

WORDS = ("summary", "context", "actions", "results", "what_did_not_work", "what_worked")


def contribution_pages(client: Client) -> Iterator[str]:
    for language in ("fr", "en"):
        with override(language):
            yield from _pages(client)


def _pages(client: Client) -> Iterator[str]:
    membership = MembershipFactory(contributes=True, organisation__name=content("Bagnolet"))
    person, commune = membership.person, membership.organisation
    person.first_name = content("Jeanne")
    person.save()
    practice = PracticePageFactory(title=content("Ombrières à Bagnolet"), organisations=[commune])
    words = {name: content("Texte") for name in WORDS}
    data = {"title": content("Ombrières"), "themes": [str(ThemeFactory(name=content("Nature")).pk)]} | words

    def look(name: str, *args: object) -> str:
        return client.get(reverse(f"contributions:{name}", args=args), follow=True).content.decode()

    client.force_login(MembershipFactory().person)
    yield from (look("index"), look("new"))
    client.force_login(person)
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
    yield client.post(reverse("contributions:step", args=[draft.pk, 2]), {"context": content("Autre")}).content.decode()
    strict = Client(enforce_csrf_checks=True)
    yield strict.post(reverse("contributions:step", args=[draft.pk, 2]), {"context": content("Autre")}).content.decode()
    client.post(reverse("contributions:check", args=[draft.pk]), {"version": "0"})
    draft.refresh_from_db()
    moderation.request_changes(draft.page, make_moderator(), [("context", content("Lequel ?"))])
    yield look("contribution", draft.pk)
    client.post(reverse("contributions:take_up", args=[draft.pk]))
    yield from (look("step", draft.pk, 2), look("contribution", draft.pk))
    feedback = begin(kind_named("feedback"), commune, person, practice)
    Contribution.objects.filter(pk=feedback.pk).update(data=words)
    client.post(reverse("contributions:check", args=[feedback.pk]), {"version": "0"})
    feedback.refresh_from_db()
    moderation.approve(feedback.page, make_moderator())
    yield look("contribution", feedback.pk)
    yield client.get(PracticePage.objects.get(pk=practice.pk).url, follow=True).content.decode()
