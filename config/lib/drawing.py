"""How fields of forms are drawn: the HTML of Django's own templates, put together in Python. A filter bar with a few
selects took its templates longer than the database took for the page."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape

Widget = Mapping[str, Any]


class Renderer(DjangoTemplates):
    """Django's renderer of forms, for what is not drawn here: files, several inputs in one, whole forms."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The HTML of a field, an option or a list of errors."""
        draw = DRAWN.get(template_name)
        return draw(context) if draw else super().render(template_name, context, request)


def _text(value: Any) -> str:
    return conditional_escape(str(value))


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join([_attribute(name, value) for name, value in attrs.items() if value is not False])


def _attribute(name: str, value: Any) -> str:
    return f" {name}" if value is True else f' {name}="{_text(value)}"'


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{_text(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _input_option(widget: Widget) -> str:
    if not widget["wrap_label"]:
        return _input(widget)
    pointer = f' for="{_text(pk)}"' if (pk := widget["attrs"].get("id")) else ""
    return f"<label{pointer}>{_input(widget)} {_text(widget['label'])}</label>"


def _textarea(widget: Widget) -> str:
    text = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


def _option(widget: Widget) -> str:
    return f'<option value="{_text(widget["value"])}"{_attributes(widget["attrs"])}>{_text(widget["label"])}</option>'


def _select(widget: Widget) -> str:
    groups = "".join([_option_group(name, options) for name, options, _ in widget["optgroups"]])
    return f'<select name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>{groups}</select>'


def _option_group(name: Any, options: list[Widget]) -> str:
    drawn = "".join([_option(option) for option in options])
    return f'<optgroup label="{_text(name)}">{drawn}</optgroup>' if name else drawn


def _choices(widget: Widget) -> str:
    """Radio buttons or checkboxes, one below the other."""
    names = {name: widget["attrs"].get(name) for name in ("id", "class")}
    attributes = _attributes({name: value for name, value in names.items() if value})
    groups = "".join([_choice_group(name, options) for name, options, _ in widget["optgroups"]])
    return f"<div{attributes}>{groups}</div>"


def _choice_group(name: Any, options: list[Widget]) -> str:
    drawn = "".join([f"<div>{_input_option(option)}</div>" for option in options])
    return f"<div><label>{_text(name)}</label>{drawn}</div>" if name else drawn


def _errors(context: Mapping[str, Any]) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    pointer = f' id="{_text(errors.field_id)}_error"' if errors.field_id else ""
    lines = "".join([f"<li>{_text(error)}</li>" for error in errors])
    return f'<ul class="{_text(context["error_class"])}"{pointer}>{lines}</ul>'


_INPUTS = "text search email number password hidden url tel date datetime time checkbox"
_FIELDS: dict[str, Callable[[Widget], str]] = {
    **dict.fromkeys(_INPUTS.split(), _input),
    "checkbox_option": _input_option, "radio_option": _input_option, "checkbox_select": _choices, "radio": _choices,
    "textarea": _textarea, "select": _select, "select_option": _option,
}  # fmt: skip


def _on_its_own(draw: Callable[[Widget], str]) -> Callable[[Mapping[str, Any]], str]:
    return lambda context: draw(context["widget"])


DRAWN = {f"django/forms/widgets/{name}.html": _on_its_own(draw) for name, draw in _FIELDS.items()}
DRAWN["django/forms/errors/list/ul.html"] = _errors
