"""Reads the project's data files, and says exactly what is wrong with one before anything is changed."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Row = TypeVar("Row", bound=BaseModel)


class DataFileError(Exception):
    """A data file can't be used: the message names the file, the line and the reason."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.parent.name}/{path.name}, line {line}: {reason}")


def read_csv(path: Path, model: type[Row]) -> list[Row]:
    """The rows of a CSV file with a header line, each checked against ``model``.

    Raises ``DataFileError`` at the first row that does not fit.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [_checked(path, reader.line_num, row, model) for row in reader]


def read_yaml(path: Path, model: type[Row], context: dict[str, Any] | None = None) -> list[Row]:
    """The entries of a YAML file that holds one list, each checked against ``model`` (``context`` is its validators').

    Raises ``DataFileError`` where the YAML can't be read or an entry does not fit.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DataFileError(path, mark.line + 1 if mark else 1, str(error.problem)) from error
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise DataFileError(path, 1, "a list of entries is expected")
    return [_entry(path, entry, model, context) for entry in node.value]


def _entry(path: Path, node: yaml.Node, model: type[Row], context: dict[str, Any] | None) -> Row:
    value = _construct(node)
    try:
        return model.model_validate(value, context=context)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataFileError(path, _line_of(node, first["loc"]), _reason(first)) from error


def _construct(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _line_of(node: yaml.Node, location: tuple) -> int:
    """Line of the innermost node on the way to an error; of the entry itself where a field is missing."""
    line = node.start_mark.line
    for step in location:
        child = next((value for key, value in _children(node) if key == step), None)
        if child is None:
            break
        node, line = child, child.start_mark.line
    return line + 1


def _children(node: yaml.Node) -> Iterator[tuple[Any, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)


def _checked(path: Path, line: int, row: dict, model: type[Row]) -> Row:
    if None in row or None in row.values():
        raise DataFileError(path, line, "the number of cells differs from the header's")
    try:
        return model.model_validate(row)
    except ValidationError as error:
        raise DataFileError(path, line, _reason(error.errors()[0])) from error


def _reason(error: dict) -> str:
    where = ".".join(str(step) for step in error["loc"])
    return f"{where}: {error['msg']}" if where else error["msg"]
