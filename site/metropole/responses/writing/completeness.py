"""What a draft lacks to be deposited, and what is handed in when it lacks nothing."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from ..content import Content, criteria_of
from ..models import Response
from .forms import StepForm, solutions_of, step_form
from .steps import STEPS


@dataclass(frozen=True)
class Lack:
    """In which step, in which field, and what is wrong with it."""

    step: int
    field: str
    label: str
    errors: list[str]


class IncompleteError(ValidationError):
    """It cannot be deposited as it is."""

    def __init__(self, lacks: list[Lack]) -> None:
        super().__init__({lack.field: lack.errors for lack in lacks})
        self.lacks = lacks


def lacks(response: Response, content: Content) -> list[Lack]:
    """In the order of the form; empty where it is complete."""
    return _lacks_of(_forms(response, content))


def handed_in(response: Response, content: Content) -> Content:
    """What a complete draft hands in. Raises IncompleteError."""
    forms = _forms(response, content)
    if found := _lacks_of(forms):
        raise IncompleteError(found)
    answers = {name: value for form in forms for name, value in form.stored.items()}
    titles = dict(solutions_of(response.organisation))
    return {
        "need": str(response.need.key),
        "answers": answers,
        "criteria": [
            {"key": one.key, "text": one.text, "kind": "essential" if one.is_essential else "desirable"}
            for one in criteria_of(response.need)
        ],
        "solutions": [{"key": key, "title": titles[key]} for key in answers.get("solutions", [])],
        "files": content["files"],
    }


def _forms(response: Response, content: Content) -> list[StepForm]:
    return [step_form(response, step, content["answers"], check=True, is_complete=True) for step in STEPS]


def _lacks_of(forms: list[StepForm]) -> list[Lack]:
    return [
        Lack(number, name, strip_tags(str(form.fields[name].label)), [str(error) for error in errors])
        for number, form in enumerate(forms, start=1)
        for name, errors in form.errors.items()
    ]
