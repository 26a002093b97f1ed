"""Constraints that Django lacks: two rows that belong together agree about something, such as their brand."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint, Model


class Agrees(BaseConstraint):
    """The row that the foreign key `fk` leads to has the same `on` (another foreign key of both) as this row.

    A composite foreign key `(fk, on)`, with the unique key of the other table that it needs. Deferrable, so that
    one transaction may move both rows.
    """

    def __init__(self, *, fk: str, on: str = "brand", name: str, violation_error_message: str) -> None:
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.fk = fk
        self.on = on

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:  # type: ignore[override]
        """The statements that add the constraint."""
        child, parent, key, shared = self._names(model)
        index = f"{parent}_id_{shared}"
        return (
            f'CREATE UNIQUE INDEX IF NOT EXISTS "{index}" ON "{parent}" ("id", "{shared}"); '
            f'ALTER TABLE "{child}" ADD CONSTRAINT "{self.name}" FOREIGN KEY ("{key}", "{shared}") '
            f'REFERENCES "{parent}" ("id", "{shared}") DEFERRABLE INITIALLY IMMEDIATE'
        )

    def constraint_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:  # type: ignore[override]
        """Nothing inside CREATE TABLE: the other table may come later, so the statements wait for the end."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return ""

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:  # type: ignore[override]
        """Drops the foreign key; the other table's key may serve more than one and stays."""
        return f'ALTER TABLE "{self._names(model)[0]}" DROP CONSTRAINT "{self.name}"'

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Refuse in a form what the database would refuse."""
        if exclude and {self.fk, self.on} & set(exclude):
            return
        other = getattr(instance, self.fk, None)
        if other is not None and getattr(other, f"{self.on}_id") != getattr(instance, f"{self.on}_id"):
            raise ValidationError(self.get_violation_error_message())

    def deconstruct(self) -> Any:
        """How a migration writes it."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "fk": self.fk, "on": self.on}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Agrees) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.fk, self.on))

    def _names(self, model: type[Model]) -> tuple[str, str, str, str]:
        fk, on = model._meta.get_field(self.fk), model._meta.get_field(self.on)
        parent = fk.related_model._meta.db_table  # type: ignore[union-attr]
        return model._meta.db_table, parent, str(fk.column), str(on.column)  # type: ignore[union-attr]


class Follows(Agrees):
    """The column `copy` of this row repeats the column `column` of the row that `fk` leads to, and follows it.

    A composite foreign key `(fk, copy)` with `on update cascade`: a check between `copy` and other columns of this
    row then holds against every later change of the other row too, which is refused where the check would break.
    Deferrable, so that one transaction may delete both rows in any order.
    """

    def __init__(self, *, fk: str, column: str, copy: str, name: str, violation_error_message: str) -> None:
        super().__init__(fk=fk, on=copy, name=name, violation_error_message=violation_error_message)
        self.column = column
        self.copy = copy

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:  # type: ignore[override]
        """The statements that add the constraint."""
        child, parent, key, copy = self._names(model)
        return (
            f'CREATE UNIQUE INDEX IF NOT EXISTS "{parent}_id_{self.column}" ON "{parent}" ("id", "{self.column}"); '
            f'ALTER TABLE "{child}" ADD CONSTRAINT "{self.name}" FOREIGN KEY ("{key}", "{copy}") '
            f'REFERENCES "{parent}" ("id", "{self.column}") ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE'
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Refuse in a form what the database would refuse."""
        if exclude and {self.fk, self.copy} & set(exclude):
            return
        other = getattr(instance, self.fk, None)
        if other is not None and getattr(other, self.column) != getattr(instance, self.copy):
            raise ValidationError(self.get_violation_error_message())

    def deconstruct(self) -> Any:
        """How a migration writes it."""
        path, args, kwargs = super().deconstruct()
        kwargs.pop("on")
        return path, args, {**kwargs, "column": self.column, "copy": self.copy}
