"""What somebody typed and sent when they were no longer signed in: kept until they are, in their browser's session."""

from django.http import HttpRequest, QueryDict

_KEY = "contributions_kept"
_LONGEST = 1_000_000


def keep(request: HttpRequest, pk: int, number: int) -> None:
    """The last one only: a stranger's session is no store."""
    typed = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if sum(len(value) for values in typed.values() for value in values) <= _LONGEST:
        request.session[_KEY] = {"pk": pk, "number": number, "typed": typed}


def take(request: HttpRequest, pk: int, number: int) -> QueryDict | None:
    """What was kept for a step, once."""
    kept = request.session.get(_KEY)
    if not kept or (kept["pk"], kept["number"]) != (pk, number):
        return None
    del request.session[_KEY]
    posted = QueryDict(mutable=True)
    for name, values in kept["typed"].items():
        posted.setlist(name, values)
    return posted
