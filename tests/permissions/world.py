"""One thing of each kind, for the parameters of the addresses."""

from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, Site, Task, Workflow
from wagtail_localize.models import Translation, TranslationSource

from catalogue.deployments import services as deployments
from catalogue.deployments.statements import said_of
from catalogue.enums import DutyGround
from catalogue.models import LegalDuty, SheetImport, Shortlist, Takeover
from catalogue.shortlists import services as shortlists
from metropole.accounts.models import Collection, Favourite
from metropole.board.models import Following, NeedText
from metropole.contributions import services as contributions
from metropole.contributions.kinds import kind_named
from metropole.moderation import services as moderation
from metropole.moderation.models import AccuracyPeriod, CannedMessage, DeletionRequest, ErrorReport
from metropole.notifications.models import Notification
from metropole.organisations.models import Invitation, LegalText, Organisation
from metropole.taxonomy.models import SynonymGroup, Tag
from resources.models import ResourceIndexPage
from tests.factories import (
    MembershipFactory,
    NeedFactory,
    OrganisationFactory,
    PresentationFactory,
    ProgrammeFactory,
    ProjectPageFactory,
    SolutionPageFactory,
    ThemeFactory,
    UserFactory,
)

from .board_world import needs_and_responses, purchasing_group, threshold

NOTHING = 999_999
"""The identifier of nothing."""
OWN_SCREENS = ("home", "edit", "members", "invite", "leave")
"""Of an organisation, for its members."""
OWN_CONTRIBUTION = (
    "contribution", "step", "choose", "close", "files", "file", "download", "check", "follow", "preview", "take_up",
    "delete",
)  # fmt: skip
"""Of a contribution, for those who contribute for its organisation."""
OWN_DEPLOYMENT = ("deployment", "stage", "stop", "correct", "decide", "write")
"""Of a deployment, for the agents of its authority; but for writing to them."""
OWN_SHORTLIST = ("shortlist", "edit", "consider", "judge", "forget", "delete", "lock", "pdf", "xlsx", "content")
"""Of a shortlist, for those who contribute for its authority."""

SHEET_AS_DATA = ("solution", "solution_publiccode", "solution_inventory", "solution_inventory_csv")
"""Of a sheet of the catalogue, for everybody."""


@dataclass
class World:
    """``values`` by parameter; ``particular`` by section of the admin or name of address; ``paths`` by route."""

    authority: Organisation
    company: Organisation
    values: dict[str, object]
    snippets: dict[str, object]
    particular: dict[str, dict[str, object]] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)


def make_world() -> World:
    authority, company = OrganisationFactory(commune=True), OrganisationFactory()
    page = ProjectPageFactory(organisations=[authority])
    need = NeedFactory(organisation=authority)
    solution = SolutionPageFactory(lead_time="3 mois")
    takeover = Takeover.objects.create(solution=solution, organisation=company, proof="?")
    theme, programme = ThemeFactory(), ProgrammeFactory()
    somebody = UserFactory(email="somebody@example.org")
    key = Authenticator.objects.create(user=somebody, type="webauthn", data={"name": "Key"})
    image = Image.objects.create(title="Image", file=get_test_image_file())
    document = Document.objects.create(title="Grille", file=ContentFile(b"x", name="grille.txt"))
    translation = _translation(page)
    colleague = MembershipFactory(organisation=authority, contributes=True)
    submitted = ProjectPageFactory(organisations=[authority], is_draft=True)
    moderation.submit(submitted, colleague.person, authority)
    report = ErrorReport.objects.create(target=page, title=page.title, url=page.url, kind="wrong", text="?")
    invitation = Invitation(organisation=authority, email="invited@example.org")
    invitation.renew()
    invitation.save()
    contribution = contributions.begin(kind_named("project"), authority, colleague.person)
    declared = said_of({"stage": "test", "started_on": timezone.localdate()})
    deployment = deployments.declare(SolutionPageFactory(), authority, declared, colleague.person)
    shortlist = shortlists.draw_up(
        Shortlist(organisation=authority, title="Vélos", need="Compter.", criteria="Sans image"),
        colleague.person,
        [SolutionPageFactory()],
    )
    considered = shortlist.considered.get()
    collection = Collection.objects.create(person=colleague.person, name="À lire")
    favourite = Favourite.objects.create(person=colleague.person, kind="need", ref="1", title="Besoin", language="fr")
    news = Notification.objects.create(person=colleague.person, kind="membership.accepted", event="1")
    following = Following.objects.create(person=colleague.person)
    terms = LegalText.objects.create(kind="terms", text_fr="<p>…</p>", effective_at=timezone.now())
    LegalText.objects.create(kind="charter", text_fr="<p>…</p>", effective_at=timezone.now())
    section = ResourceIndexPage.objects.get(locale=Locale.get_default())
    snippets = {
        "board.needtext": NeedText.objects.get(need=need).pk,
        "board.threshold": threshold().pk,
        "purchasing.presentation": PresentationFactory().pk,
        "organisations.organisation": company.pk,
        "catalogue.deployment": deployment.pk,
        "catalogue.legalduty": _legal_duty().pk,
        "organisations.legaltext": terms.pk,
        "moderation.cannedmessage": CannedMessage.objects.create(kind="changes", title="Source", text_fr="Citez.").pk,
        "moderation.accuracyperiod": AccuracyPeriod.objects.first().pk,
        "territory.territory": authority.territory.pk,
        "taxonomy.theme": theme.pk,
        "taxonomy.programme": programme.pk,
        "taxonomy.tag": Tag.objects.create(name="vélo").pk,
        "taxonomy.synonymgroup": SynonymGroup.objects.create(terms="vélo\nbicyclette").pk,
    }
    values = {
        "page_id": page.pk, "page_pk": page.pk, "page_to_move_id": page.pk, "parent_page_id": section.pk,
        "destination_id": section.pk, "revision_id": page.latest_revision_id, "image_id": image.pk,
        "document_id": document.pk, "doc_id": document.pk, "pk": page.pk, "action_name": "copy", "action": "delete",
        "app_label": "resources", "model_name": "projectpage", "app_name": "taxonomy",
        "content_type_app_name": "resources", "content_type_model_name": "projectpage",
        "task_id": Task.objects.create(name="Task").pk, "task_state_id": NOTHING, "workflow_state_id": NOTHING,
        "workflow_pk": Workflow.objects.create(name="Workflow").pk, "object_id": page.pk, "session_id": NOTHING,
        "collection_id": 1, "uploaded_file_id": NOTHING, "filter_spec": "original", "mode": "",
        "translation_id": translation.pk, "translation_source_id": translation.source_id,
        "string_segment_id": NOTHING, "overridable_segment_id": NOTHING,
        "redirect_id": Redirect.objects.create(old_path="/ici", redirect_link="/la").pk, "restriction_id": NOTHING,
        "page_view_restriction_id": NOTHING, "section": "pages-fr", "version": 1, "file_pk": NOTHING,
        "number": 1, "name": "grille.txt", "uidb64": "a", "token": "b",
        "uidb36": "1", "key": "a", "revision_id_a": "earliest", "revision_id_b": "latest",
    }  # fmt: skip
    solution = SolutionPageFactory(licensing="open")
    particular = {
        **{f"api:{name}": {"slug": solution.slug} for name in SHEET_AS_DATA},
        "catalogue-imports": {"pk": SheetImport.objects.create(file_name="fiches.json").pk},
        "locales": {"pk": Locale.objects.get(language_code="en").pk},
        "sites": {"pk": Site.objects.get().pk},
        "users": {"pk": somebody.pk},
        "groups": {"pk": 1},
        "collections": {"pk": 1},
        "workflows": {"pk": values["workflow_pk"]},
        "documents": {"pk": document.pk},
        "images": {"pk": image.pk},
        "territory:detail": {"slug": authority.territory.slug},
        "taxonomy:theme": {"slug": theme.slug},
        "organisations:detail": {"slug": company.slug},
        "board:need": {"slug": need.slug},
        **{f"organisations:{name}": {"slug": authority.slug} for name in OWN_SCREENS},
        "organisations:member": {"slug": authority.slug, "pk": colleague.pk},
        "organisations:sent_invitation": {"slug": authority.slug, "pk": invitation.pk},
        "organisations:answer": {"pk": invitation.pk},
        "organisations:withdraw_request": {"pk": colleague.pk},
        "organisations": {"pk": authority.pk},
        "takeover:ask": {"page_pk": solution.pk},
        "takeover:withdraw": {"pk": takeover.pk},
        "takeovers": {"pk": takeover.pk},
        "corroboration:confirm": {"page_pk": solution.pk},
        "moderation": {"page_id": submitted.pk, "pk": report.pk},
        "moderation:report_error": {"kind": "page", "pk": page.pk},
        **{f"contributions:{name}": {"pk": contribution.pk} for name in OWN_CONTRIBUTION},
        **{f"deployments:{name}": {"pk": deployment.pk} for name in OWN_DEPLOYMENT},
        "deployments:declare": {"page_pk": deployment.solution_id},
        "deployments": {"pk": deployment.pk},
        **{f"shortlists:{name}": {"pk": shortlist.pk} for name in OWN_SHORTLIST},
        **{f"shortlists:{name}": {"pk": shortlist.pk, "number": considered.pk} for name in ("judge", "forget")},
        "favourites:favourite": {"pk": favourite.pk},
        "favourites:remove": {"pk": favourite.pk},
        "favourites:collection": {"pk": collection.pk},
        "favourites:delete": {"pk": collection.pk},
        **needs_and_responses(authority, company, colleague.person, need),
        **purchasing_group(authority, colleague.person),
        "matching:edit": {"pk": following.pk},
        "matching:change": {"pk": following.pk},
        "notifications:open": {"pk": news.pk},
        "notifications:mark_read": {"pk": news.pk},
        "mfa_edit_webauthn": {"pk": key.pk},
        "mfa_remove_webauthn": {"pk": key.pk},
    }
    asked = DeletionRequest.objects.create(
        page=page, title=page.title, organisation=authority, reason="?", asked_by=colleague.person
    )
    compared = f"admin/pages/{page.pk}/revisions/compare/earliest...latest/"
    paths = {
        r"admin/pages/(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/": compared,
        r"admin/.*/": "admin/nowhere/",
        "admin/moderation/deletions/<int:pk>/": f"admin/moderation/deletions/{asked.pk}/",
        r"documents/(\d+)/(.*)": f"documents/{document.pk}/{document.filename}",
        r"fr/((?:[\w\-]+/)*)": page.url.lstrip("/"),
    }
    return World(authority, company, values, snippets, particular, paths)


def _translation(page: Page) -> Translation:
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))
    translation.save_target(publish=False)
    return translation


def _legal_duty() -> LegalDuty:
    today = timezone.localdate()
    words = {"title": "Former", "text": "Former les agents.", "article": "4", "source_url": "https://exemple.fr"}
    return LegalDuty.objects.create(
        code="ai-act-4",
        ground=DutyGround.ANY_AI,
        locale=Locale.get_default(),
        applies_from=today,
        checked_on=today,
        **words,
    )
