"""From an IntegrityError to the sentence of the constraint that it names.

Bulk writes and races skip Django's friendly checks; people then still read the words of `violation_error_message`.
"""

import re

from django.apps import apps
from django.db import DatabaseError
from django.db.models import Model

GENERIC = "This cannot be saved, because it does not fit with what is already there."
STAYS = "This is only ever added to: it can be neither changed nor deleted."
IN_USE = "This is still in use elsewhere, or leads to something that is gone."
_OWN_TRIGGER = "P0001"  # raise exception
_NOT_NULL = "23502"
_FOREIGN_KEY = "23503"
_UNIQUE = "23505"


def refusal_of(error: DatabaseError, *models: type[Model]) -> str:
    """The words for people of a write that PostgreSQL refused.

    Looks for the constraint among `models`, or among all models where none is given. Unique fields, empty fields,
    foreign keys and triggers have sentences too; anything else gets a generic one.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        return GENERIC
    sentence = _sentence_of(diagnosis.constraint_name or "", models or tuple(apps.get_models()))
    if sentence:
        return sentence
    state = diagnosis.sqlstate
    if state == _OWN_TRIGGER:
        return _of_trigger(diagnosis.message_primary or "")
    if state == _UNIQUE:
        return _of_unique_field(diagnosis.message_detail or "")
    if state == _NOT_NULL:
        return f"The {_words(diagnosis.column_name or 'value')} may not be empty."
    return IN_USE if state == _FOREIGN_KEY else GENERIC


def _sentence_of(name: str, models: tuple[type[Model], ...]) -> str:
    for model in models:
        for constraint in model._meta.constraints:
            if name and constraint.name == name:
                return str(constraint.get_violation_error_message())
    return ""


def _of_trigger(message: str) -> str:
    if message.startswith("pgtrigger:"):
        return STAYS
    return f"{message[:1].upper()}{message[1:].rstrip('.')}." if message else GENERIC


def _of_unique_field(detail: str) -> str:
    columns = re.match(r"Key \(([^)]*)\)=", detail)
    return f"Another one already has this {_words(columns[1])}." if columns else GENERIC


def _words(column: str) -> str:
    return column.replace("_id", "").replace("_", " ")
