"""What tests do on the way from the closing to the outcome."""

from metropole.responses.enums import ReceiptKind
from metropole.responses.models import Receipt, Response, ResponseFile
from metropole.responses.opening import asking, deciding, reading
from tests.factories import OrganisationFactory, ResponseFactory

PARTNER = {"name": "Partenaire SA", "siren": "200054781", "role": "Pose"}
NONE = "Je n’ai aucun intérêt dans une entreprise qui aurait pu répondre."


def respond(need, organisation=None, solutions=(), **answers) -> Response:
    """A response that was deposited, with its receipt. ``solutions``: the sheets that it links."""
    answers.setdefault("summary", "Nos capteurs comptent tout.")
    organisation = organisation or OrganisationFactory()
    response = ResponseFactory(
        need=need, organisation=organisation, is_deposited=True, answers=answers, solutions=solutions
    )
    Receipt.objects.create(
        response=response,
        kind=ReceiptKind.DEPOSITED,
        at=response.submitted_at,
        version=1,
        digest=response.digest,
    )
    return response


def add_file(response, content=b"%PDF-1.4 secret", name="Zebulon.pdf", title="Plan") -> ResponseFile:
    """A file of a deposited response, sealed on the disk."""
    from django.core.files.base import ContentFile

    from metropole.responses.sealing import seal_data

    file = ResponseFile(response=response)
    file.file.save("x", ContentFile(ResponseFile.sealed(content)))
    said = response.deposited_content
    said["files"] = [{"id": str(file.pk), "name": name, "title": title, "sha256": "0" * 64, "size": len(content)}]
    response.deposited = seal_data(said)
    Response.objects.filter(pk=response.pk).update(deposited=response.deposited)
    return file


def open_by(need, first, second):
    asking.ask(need, first, NONE)
    return asking.confirm(need, second, NONE)


def read_by(need, *people) -> None:
    """Each declares no interest, and opens every response."""
    for person in people:
        reading.declare(need, person, has_conflict=False)
        for response in Response.objects.filter(need=need, submitted_at__isnull=False):
            reading.opened_by(response, person)


def decide(response, person, verdict, reason="Parce que.", ground=""):
    response = Response.objects.get(pk=response.pk)
    return deciding.decide(response, person, verdict, reason, ground)


def marks(need, mark="met"):
    return [{"criterion": one, "mark": mark, "comment": ""} for one in reading.criteria_of(need)]
