"""From what a file says to what a field holds. The rules of each field stay its own: they are asked afterwards."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.editor_html import EditorHTMLConverter

from metropole.contributions.prose import to_html
from metropole.core.blocks import RICH_TEXT_FEATURES
from metropole.core.fields import ProseField
from metropole.core.lists import ChoicesField, RowsField
from metropole.organisations.models import Organisation
from metropole.organisations.validators import validate_siren, validate_siret
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory

from ..formats.values import SEPARATOR

_YES_NO = {"yes": True, "true": True, "oui": True, "1": True, "no": False, "false": False, "non": False, "0": False}
_MARKUP = re.compile(r"</?(?:p|br|ul|ol|li|b|strong|i|em|a)\b[^>]*>", re.IGNORECASE)
_SIREN_DIGITS = 9


def held(field: models.Field, given: Any) -> Any:
    """What a field is to hold. Raises ValidationError where the value is not of its kind."""
    return _reader(field)(field, given)


def same(field: models.Field, before: Any, after: Any) -> bool:
    """Whether two values of a field say the same: what of a row says nothing is as good as absent."""
    return _essence(field, before) == _essence(field, after)


def related(model: type[Theme] | type[Territory], given: Any) -> list:
    """The themes or territories of these addresses."""
    slugs = _codes(given)
    pool = Theme.objects.canonical() if model is Theme else Territory.objects.all()
    found = {one.slug: one for one in pool.filter(slug__in=slugs)}
    if unknown := [slug for slug in slugs if slug not in found]:
        raise ValidationError(_("“%(slug)s” is unknown here.") % {"slug": unknown[0][:80]})
    return [found[slug] for slug in dict.fromkeys(slugs)]


def check_publisher_number(given: Any, publisher: Organisation | None) -> Organisation:
    """The publisher that a SIREN or SIRET stands for. Raises ValidationError where it is wrong, or another's."""
    number = "".join(_text(given).split())
    (validate_siren if len(number) == _SIREN_DIGITS else validate_siret)(number)
    owner = Organisation.objects.filter(siren=number[:_SIREN_DIGITS]).first()
    if owner is None:
        raise ValidationError(_("No organisation of the site has this number: add it to its organisation first."))
    if publisher and publisher != owner:
        raise ValidationError(
            _("This is the number of another company: %(owner)s, not %(publisher)s.")
            % {"owner": owner, "publisher": publisher}
        )
    return owner


def _reader(field: models.Field) -> Callable[[models.Field, Any], Any]:
    if isinstance(field, ChoicesField):
        return _held_codes
    if isinstance(field, RowsField):
        return _held_rows
    if isinstance(field, ProseField):
        return _held_prose
    if isinstance(field, models.BooleanField):
        return _held_yes_no
    return _held_organisation if isinstance(field, models.ForeignKey) else _held_text


def _held_codes(field: ChoicesField, given: Any) -> list[str]:
    codes = _codes(given)
    known = [code for code in field.codes.values if code in codes]
    return known + [code for code in codes if code not in known]


def _held_rows(field: RowsField, given: Any) -> list[dict[str, str]]:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("These lines cannot be read: write them as JSON.")) from error
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise ValidationError(_("A list of lines is expected, each with its columns."))
    return field.clean([{name: _row_text(value) for name, value in row.items()} for row in given], None)


def _held_prose(field: ProseField, given: Any) -> str:
    """As the editor would keep it: nothing of HTML but what the editor knows."""
    text = _text(given)
    if _MARKUP.search(text):
        return EditorHTMLConverter(RICH_TEXT_FEATURES).to_database_format(text)
    return to_html(text)


def _held_yes_no(field: models.BooleanField, given: Any) -> bool:
    answer = _YES_NO.get(_text(given).strip().lower())
    if answer is None:
        raise ValidationError(_("“yes” or “no” is expected."))
    return answer


def _held_organisation(field: models.ForeignKey, given: Any) -> Organisation:
    slug = _text(given)
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise ValidationError(_("There is no organisation “%(slug)s”: add it first.") % {"slug": slug[:80]})
    return found


def _held_text(field: models.Field, given: Any) -> Any:
    text = _text(given)
    if isinstance(field, models.TextField) and field.max_length:
        # A model asks only its forms how long a large text may be.
        MaxLengthValidator(field.max_length)(text)
    return field.to_python(text)


def _codes(given: Any) -> list[str]:
    if isinstance(given, str):
        return [code.strip() for code in given.split(SEPARATOR) if code.strip()]
    if isinstance(given, list) and all(isinstance(code, str) for code in given):
        return given
    raise ValidationError(_("A list of codes is expected."))


def _row_text(value: Any) -> str:
    return "" if value is None else _text(value)


def _text(given: Any) -> str:
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, list | dict):
        raise ValidationError(_("A text is expected, not a list."))
    return str(given)


def _essence(field: models.Field, value: Any) -> Any:
    if isinstance(field, RowsField):
        return [{name: text for name, text in row.items() if text} for row in value or []]
    return None if value in ("", []) else value
