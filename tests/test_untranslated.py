"""Every word that a reader meets is translated, or is content: none is written in a template."""

import datetime as dt
import json
import re
import time
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from types import SimpleNamespace

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as site_settings
from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from catalogue.enums import SolutionKind
from metropole.accounts.proconnect import session as proconnect
from metropole.accounts.proconnect.claims import Claims
from metropole.core.models import HomePage, StandardPage
from metropole.demo.frame import build_frame
from metropole.search.models import SearchIndex
from metropole.territory.models import TerritoryAlias
from metropole.translation.progress import with_progress
from resources.models import ArticlePage, KitDocument, ProgrammeFigure
from tests.factories import (
    ArticlePageFactory,
    CallPageFactory,
    CommuneFactory,
    EptFactory,
    EventPageFactory,
    KitPageFactory,
    MetropoleFactory,
    NeedFactory,
    OrganisationFactory,
    PracticePageFactory,
    ProgrammeFactory,
    ProgrammePageFactory,
    ProjectPageFactory,
    SolutionPageFactory,
    ThemeFactory,
    UserFactory,
)

from .accounts.people import PASSWORD, add_app, app_code, make_person, sign_in
from .board_untranslated import board_admin_pages, board_pages
from .catalogue_untranslated import catalogue_admin_pages, catalogue_pages
from .contributions_untranslated import contribution_pages
from .deployments_untranslated import deployment_admin_pages, deployment_pages
from .finding_untranslated import finding_pages
from .imports_untranslated import import_admin_pages
from .moderation_untranslated import moderation_admin_pages, public_moderation_pages
from .organisations_untranslated import organisation_admin_pages, organisation_pages
from .purchasing_untranslated import purchasing_admin_pages, purchasing_pages
from .responses_untranslated import response_pages
from .sharing_untranslated import sharing_admin_pages, sharing_pages
from .untranslated import UntranslatedWords, content, mark_translations
from .workspace_untranslated import workspace_pages

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ALLOWED = frozenset({"FR", "EN", "Français", "English", "TXT", "txt", "T", "https"})
"""The languages' codes and own names, the format of a file, the letter of a territory’s number, an address."""
ADDRESS = frozenset({"jeanne", "example", "org"})
ENGINES = frozenset({"embedded", "elasticsearch"})
SLUGS = frozenset({"rien"})
"""Addresses are passages to be translated as well."""
IN_BOTH_LANGUAGES = {"500.html"}
"""What must work when nothing else does says the same in French and in English."""


QUERIES = [
    "", "?page=2", "?q=v%C3%A9lo", "?q=velos&type=project", "?q=dv%C3%A9lo", "?q=qqqqqq", "?q=qqqqqq&type=project",
    "?territory=montreuil", "?type=call&type=need&territory=montreuil", "?territory=montreuil&wider=1&sort=oldest",
    "?type=solution&territory=montreuil&year=1999", "?status=open",
]  # fmt: skip
"""Searches that find much, little and nothing, corrected, filtered, widened and sorted."""


@pytest.fixture
def rendered():
    """The templates of the project that are used during the test."""
    names = set()

    def note(sender, template, **kwargs):
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


@pytest.fixture
def paths(monkeypatch, settings, rebuild_index):
    """The address of every kind of page, filled with all that it can hold."""
    settings.WAGTAIL_SITE_NAME = content("Centre de ressources")
    settings.IS_DEMONSTRATION = True
    settings.SEARCH_PAGE_SIZE = 4
    # Wagtail leaves the file open in which it makes a smaller picture.
    monkeypatch.setattr(Image, "generate_rendition_file", lambda *args, **options: get_test_image_file())
    found = list(_fill())
    mark_translations(monkeypatch)
    rebuild_index()
    return found


def _fill() -> list[str]:
    frame = build_frame()
    for page in Page.objects.filter(depth__gte=2).specific():
        for name in ("title", "intro", "hero_title", "hero_text"):
            if getattr(page, name, ""):
                setattr(page, name, content(getattr(page, name)))
        page.save()
    metropole = MetropoleFactory(name=content("Métropole"))
    ept = EptFactory(name=content("Est Ensemble"), slug="est", parent=metropole)
    commune = CommuneFactory(name=content("Montreuil"), slug="montreuil", parent=ept)
    TerritoryAlias.objects.create(territory=commune, name=content("Montreuil-sous-Bois"))
    theme = ThemeFactory(name=content("Donnée"), slug="donnee", description=content("Ce qui est compté."))
    chantier = ThemeFactory(name=content("Capteurs"), slug="capteurs", parent=theme)
    company = OrganisationFactory(
        name=content("Société"), slug="societe", description=content("Elle compte."), website="https://192.0.2.1/"
    )
    filed = {
        "organisations": [company], "territories": [commune], "themes": [theme, chantier], "tags": [content("vélo")],
        "body": _body(), "source": content("Dossier"), "source_url": "https://192.0.2.1/",
    }  # fmt: skip

    def sheet(factory, **fields):
        return factory(title=content(f"Du vélo {factory.__name__}"), summary=content("Tout."), **fields)

    programme = ProgrammeFactory(name=content("Fonds"), short_name=content("FMIN"), slug="fmin")
    fund = sheet(ProgrammePageFactory, programme=programme, partners=content("Banque"), **filed)
    figure = {"value": content("9 M€"), "label": content("accordés"), "as_of": dt.date(2025, 12, 31)}
    ProgrammeFigure.objects.create(
        page=fund, source=content("Bilan"), is_highlighted=True, locale=Locale.get_default(), **figure
    )
    kit = sheet(KitPageFactory, **filed)
    KitDocument.objects.create(
        page=kit, document=_document(), title=content("Grille"), version=content("2"), accessible_version=content("Ici")
    )
    prose = {name: f"<p>{content('Texte')}</p>" for name in ("context", "actions", "results", "what_did_not_work")}
    sheets = [
        sheet(ArticlePageFactory, **filed),
        sheet(ArticlePageFactory, slug="rien"),
        sheet(CallPageFactory, programme=programme, **filed),
        sheet(CallPageFactory, slug="clos", closed=True),
        sheet(CallPageFactory, slug="futur", upcoming=True),
        sheet(EventPageFactory, ends_at=timezone.now() + dt.timedelta(days=4), **filed),
        sheet(EventPageFactory, slug="jour", time_is_known=False, ends_at=timezone.now() + dt.timedelta(days=4)),
        sheet(PracticePageFactory, cost=content("Peu"), **(filed | prose)),
        sheet(ProjectPageFactory, stage="trial", started_on=dt.date(2024, 9, 1), place=content("Place"), **filed),
        sheet(SolutionPageFactory, contains_ai=True, kind=SolutionKind.SOFTWARE, maturity=9, **filed),
        fund,
        kit,
    ]
    text = {"problem": f"<p>{content('Trop.')}</p>", "expected_result": f"<p>{content('Moins.')}</p>"}
    need = NeedFactory(title=content("De l’ombre"), summary=content("Il en faut."), organisation__name=content("Bondy"),
                       organisation__territory=commune, **text)  # fmt: skip
    need.territories.add(commune)
    need.themes.add(theme)
    need.tags.add(content("vélo"))
    legal = frame.home.add_child(
        instance=StandardPage(title=content("Mentions"), slug="mentions", summary=content("Qui."), body=_body(),
                              show_in_menus=True)
    )  # fmt: skip
    legal.save_revision().publish()
    HomePage.objects.update(search_description="")
    for page in sheets:
        yield from (page.url, page.address_in("en").path)
    yield from (legal.url, legal.address_in("en").path, need.get_absolute_url(), company.get_absolute_url())
    for language, search, sections in (
        ("fr", "recherche", ("ressources", "catalogue", "jadopte", "territoires", "themes", "plan-du-site")),
        ("en", "search", ("resources", "catalogue", "adopt", "territories", "themes", "site-map")),
    ):
        yield f"/{language}/"
        yield from (f"/{language}/{section}/" for section in sections)
        yield from (f"/{language}/{search}/{query}" for query in QUERIES)
    yield from ("/fr/territoires/montreuil/", "/fr/territoires/est/", "/fr/territoires/metropole/")
    yield from ("/fr/territoires/montreuil/?wider=1", "/fr/themes/donnee/", "/fr/themes/capteurs/")


def _body() -> str:
    rows = [[content("Un"), content("Deux")]]
    blocks = {
        "heading": content("Titre"),
        "text": f"<p>{content('Texte')}</p>",
        "quote": {"text": content("Cité"), "author": content("Quelqu’un")},
        "table": {"caption": content("Tableau"), "header": rows[0], "rows": rows},
        "figures": [{"value": content("9 M€"), "label": content("donnés"), "as_of": "2025-12-31", "source": ""}],
        "image": {"image": _image().pk, "alt": content("Une image"), "caption": content("Crédit")},
        "documents": {"documents": [_document().pk]},
    }
    return json.dumps([{"type": name, "value": value} for name, value in blocks.items()])


def _image() -> Image:
    return Image.objects.create(title=content("Image"), file=get_test_image_file())


def _document() -> Document:
    return Document.objects.create(title=content("Grille"), file=ContentFile(b"x" * 2000, name="grille.txt"))


def words(page: str, allowed: frozenset[str] = ALLOWED, within: str = "") -> list[str]:
    return UntranslatedWords(page, allowed, within).found


def error_500(client, monkeypatch) -> str:
    def fail(request: HttpRequest) -> None:
        raise RuntimeError

    monkeypatch.setattr("metropole.core.views.site_tree", fail)
    client.raise_request_exception = False
    response = client.get("/fr/plan-du-site/")
    assert response.status_code == 500
    return response.content.decode()


def admin_pages(client, monkeypatch) -> list[str]:
    """What the project adds to Wagtail's admin."""
    index = SimpleNamespace(store="embedded")
    delivery = SimpleNamespace(pk=1, attempts=8, reason=content("refusé"), created_at=timezone.now(), index=index)
    given_up = SimpleNamespace(title=content("Contenu"), url="/", delivery=delivery)
    SearchIndex.objects.exclude(state="current").delete()
    SearchIndex.objects.update(name=content("index"), failures=1, failing_since=timezone.now(), failure=content("non"))
    monkeypatch.setattr("metropole.search.admin._told", lambda deliveries, request: [given_up])
    monkeypatch.setattr("metropole.search.admin.known_trouble", lambda: content("en panne"))
    client.force_login(UserFactory(administrator=True))
    response = client.get(reverse("search_admin:indexes"))
    assert response.status_code == 200
    journal = client.get(reverse("journal:index")).content.decode()
    heads = re.search("<thead>.*?</thead>", journal, re.DOTALL)[0]
    panel = render_to_string("search/admin/trouble.html", {"trouble": content("en panne"), "given_up_count": 2})
    parts = [f"<main>{part}</main>" for part in (heads, panel)]
    return [response.content.decode(), *parts, *_translators_pages(client), *organisation_admin_pages(client)]


def _translators_pages(client) -> Iterator[str]:
    """The queue, what changed in a content, and a PO file refused."""
    source, _created = TranslationSource.update_or_create_from_instance(ArticlePage.objects.filter(slug="rien").get())
    kept = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))
    kept.save_target(publish=False)
    waiting = render_to_string("translation/admin/waiting.html", {"waiting": 2, "queue_url": "/"})
    yield f"<main>{waiting}</main>"
    row = with_progress(Translation.objects.filter(pk=kept.pk)).get()
    row.target, row.may_edit = row.get_target_instance(), True
    context = {"instance": row}
    for cell in ("content_cell", "progress_cell"):
        yield f"<main>{render_to_string(f'translation/admin/{cell}.html', context)}</main>"
    yield client.get(reverse("translation:changes", args=[kept.pk])).content.decode()
    uploaded = {"file": ContentFile(b"?", name=content("mots.po"))}
    yield client.post(reverse("wagtail_localize:upload_pofile", args=[kept.pk]), uploaded).content.decode()


def account_pages(client, monkeypatch) -> Iterator[str]:
    """Every screen of the account: before one has signed in, half-way, and then one's own."""
    person = make_person(email="jeanne@example.org", first_name=content("Jeanne"), administrator=True)

    def look(name: str, *args: object) -> str:
        response = client.get(reverse(name, args=args), follow=True)
        assert response.resolver_match.url_name == name
        return response.content.decode()

    yield from (look(f"account_{name}") for name in ("login", "signup", "reset_password", "reset_password_done",
                "reset_password_from_key_done", "inactive", "request_login_code"))  # fmt: skip
    yield sign_in(client, person, "faux").content.decode()
    yield client.get(reverse("account_reset_password_from_key", args=["1", "a-b"])).content.decode()
    client.post(reverse("account_request_login_code"), {"email": person.email})
    yield look("account_confirm_login_code")
    client.cookies.clear()
    typed = {"first_name": "A", "last_name": "B", "email": "org@example.org", "password1": PASSWORD}
    opened = client.get(reverse("account_signup")).context["form"]["opened"].value()
    yield client.post(reverse("account_signup"), typed | {"opened": opened}).content.decode()
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=9)):
        client.post(reverse("account_signup"), typed | {"opened": opened})
        yield look("account_email_verification_sent")
    client.cookies.clear()
    client.force_login(person)
    yield from (look(f"account_{name}") for name in ("profile", "email", "change_password", "reauthenticate", "logout"))
    yield look("mfa_index")
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.generate_totp_secret", lambda: content("SECRET"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    yield from (look(f"mfa_{name}") for name in ("activate_totp", "add_webauthn", "list_webauthn"))
    secret = add_app(person)
    yield from (look(f"mfa_{name}") for name in ("index", "deactivate_totp", "view_recovery_codes",
                "generate_recovery_codes", "reauthenticate"))  # fmt: skip
    client.cookies.clear()
    sign_in(client, person, headers={"user-agent": content("Fureteur")})
    yield look("mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)}, headers={"user-agent": content("Fureteur")})
    yield look("usersessions_list")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    monkeypatch.setattr("allauth.mfa.webauthn.views.auth.begin_authentication", lambda user: {})
    key = Authenticator.objects.create(user=person, type="webauthn", data={"name": content("Clé")})
    yield from (look(f"mfa_{name}") for name in ("list_webauthn", "reauthenticate_webauthn"))
    yield from (look(f"mfa_{name}", key.pk) for name in ("edit_webauthn", "remove_webauthn"))
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    yield look("account_set_password")
    client.cookies.clear()
    for _attempt in range(5):
        refused = sign_in(client, person, "faux")
    assert refused.status_code == 429
    yield refused.content.decode()


def proconnect_pages(client, settings) -> Iterator[str]:
    """What is seen on the way to ProConnect and back."""
    settings.PROCONNECT_ISSUER, settings.PROCONNECT_IS_ON = "https://192.0.2.1", True
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, proconnect.BACKEND]
    owner, stranger = make_person(email="jeanne@jeanne.org"), make_person(email="org@jeanne.org")
    claims = Claims("sub", owner.email, "", "", "")

    def remember(**kept) -> None:
        session = client.session
        session.update(kept)
        session.save()

    yield client.get(reverse("account_login")).content.decode()
    yield client.get(reverse("proconnect_callback")).content.decode()
    for person in (stranger, owner):
        client.force_login(person, backend=proconnect.BACKEND)
        remember(**{proconnect.PENDING: {"claims": asdict(claims), "until": time.time() + 99}})
        yield client.get(reverse("proconnect:link")).content.decode()
    yield client.post(reverse("proconnect:link")).content.decode()
    remember(**{proconnect.SIGNED_IN: {"id_token": "a.b.c", "acr": ""}})
    yield client.post(reverse("account_logout")).content.decode()
    remember(**{proconnect.SIGN_OUT_STATE: "s"})
    yield client.get(reverse("proconnect_signed_out"), {"state": "s"}).content.decode()


def test_no_word_of_a_page_is_written_in_its_template_and_every_template_is_looked_at(
    client, monkeypatch, settings, paths, rendered
):
    untranslated = {}
    for path in dict.fromkeys(paths):
        response = client.get(path, follow=True)
        assert response.status_code == 200, path
        untranslated[path] = words(response.content.decode())
    for path in ("/fr/nowhere/", "/en/nowhere/", "/nowhere/"):
        untranslated[path] = words(client.get(path).content.decode())
    partial = client.get("/fr/recherche/?q=v%C3%A9lo", headers={"hx-request": "true"})
    untranslated["htmx"] = words(partial.content.decode())
    admin = (
        admin_pages(client, monkeypatch),
        moderation_admin_pages(client),
        deployment_admin_pages(client),
        sharing_admin_pages(client),
        board_admin_pages(client),
        purchasing_admin_pages(client),
        catalogue_admin_pages(client),
        import_admin_pages(client),
    )
    for page in chain(*admin):
        untranslated[page[:200]] = words(page, ALLOWED | ENGINES | SLUGS, within="main")
    client.cookies.clear()
    pages = chain(
        workspace_pages(client, monkeypatch),
        public_moderation_pages(client),
        account_pages(client, monkeypatch),
        proconnect_pages(client, settings),
        organisation_pages(client),
        contribution_pages(client),
        deployment_pages(client),
        sharing_pages(client),
        board_pages(client),
        response_pages(client, monkeypatch),
        purchasing_pages(client),
        finding_pages(client, monkeypatch),
        catalogue_pages(client),
    )
    for number, page in enumerate(pages):
        untranslated[f"{number} {re.search('<h1.*</h1>', page)[0]}"] = words(page, ALLOWED | ADDRESS)
    error_500(client, monkeypatch)
    assert {path: found for path, found in untranslated.items() if found} == {}
    root = site_settings.ROOT / "templates"
    assert {str(path.relative_to(root)) for path in root.rglob("*.html")} - rendered == set()


def test_the_error_page_says_the_same_in_both_languages(client, monkeypatch):
    page = error_500(client, monkeypatch)
    french, english = page.split('<div lang="en">')
    assert '<html lang="fr"' in french
    assert "rencontré une erreur" in french
    assert "has met an error" in english
    assert re.search(r'href="/fr/".*href="/en/"', page, re.DOTALL)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>⟦Search⟧ – ⟪vélo⟫ (3)</p>", []),
        ("<p>⟦Found “⟪vélo⟫”⟧ <b>now</b></p>", ["now"]),
        ("<p>⟪Du <mark>vélo</mark> partout⟫ too</p>", ["too"]),
        ('<a title="Open" href="/x">⟦Open⟧</a>', ["Open"]),
        ('<input type="submit" value="Send"><input type="search" value="vélo">', ["Send"]),
        ('<meta name="description" content="Words"><meta name="theme-color" content="red">', ["Words"]),
        ("<script>var words</script><style>a {}</style>", []),
    ],
)
def test_a_bare_word_is_found(page, found):
    assert words(page) == found
