"""Fields that hold lists: several codes of one enumeration, or rows with named columns."""

from .choices import ChoicesField, ChoicesWidget
from .columns import Column
from .rows import RowsField

__all__ = ["ChoicesField", "ChoicesWidget", "Column", "RowsField"]
