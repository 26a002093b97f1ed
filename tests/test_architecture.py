"""The two pictures of the house: which app may import which, and which room inside an app."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps

from config.checks import OUR_APPS, our_models

ROOT = Path(__file__).resolve().parent.parent
APPS = ("config.lib", "team", "creators", "campaigns", "results", "briefs", "desk", "config")
ROOMS = (
    {"enums", "apps"},
    {"logic"},
    {"providers", "shops", "history", "scopes"},
    {"models"},
    {"queries"},
    {"requests", "actions"},
    {"forms", "exports", "adapters"},
    {"views", "tasks", "api", "admin", "management"},
    {"urls"},
)
NOT_PURE = {"django", "httpx", "redis", "celery", "random", "secrets", "time", "os", "socket"}
PURE_ENOUGH = {"django.db.models.TextChoices", "django.db.models.IntegerChoices", "random.Random"}
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime"}
# A worker's lease and the salt of the present day are about the machine's own hour, not the trade's.
READS_THE_CLOCK = {"team/actions/jobs.py", "results/actions/salts.py"}
INLINE_IMPORTS = {"config/apps.py", "config/testing.py", "manage.py"}
CLOCKLESS = {"logic", "queries", "actions"}
LONGEST = 350


def sources() -> list[Path]:
    found = [path for app in {name.split(".")[0] for name in APPS} for path in (ROOT / app).rglob("*.py")]
    return sorted(path for path in [*found, ROOT / "manage.py"] if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def app_of(module: str) -> str | None:
    head = "config.lib" if module.startswith("config.lib.") else module.split(".")[0]
    return head if head in APPS else None


def room_of(module: str) -> int | None:
    parts = module.split(".")
    if parts[0] not in (*OUR_APPS, "desk"):
        return None
    return next((rank for rank, names in enumerate(ROOMS) if len(parts) > 1 and parts[1] in names), None)


def imports_of(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every imported name in full, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def test_imports_point_inward_from_app_to_app():
    wrong = []
    for path in sources():
        mine = app_of(module_of(path))
        for name, line in imports_of(parsed(path)):
            theirs = app_of(name)
            if mine and theirs and APPS.index(theirs) > APPS.index(mine):
                wrong.append(f"{name_of(path)}:{line} imports {name}: move this code to {theirs} or further out")

    assert not wrong, "\n".join(wrong)


def test_imports_point_inward_from_room_to_room():
    wrong = []
    for path in sources():
        here = room_of(module_of(path))
        for name, line in imports_of(parsed(path)):
            there = room_of(name) if name.split(".")[0] == module_of(path).split(".")[0] else None
            if here is not None and there is not None and there > here:
                room = "/".join(sorted(ROOMS[there]))
                wrong.append(f"{name_of(path)}:{line} imports {name}: move this code to {room} or a room outside it")

    assert not wrong, "\n".join(wrong)


def test_every_module_is_in_a_room():
    parts = [path.relative_to(ROOT).with_suffix("").parts for path in sources()]
    ours = [each for each in parts if each[0] in (*OUR_APPS, "desk") and each[1:] != ("__init__",)]

    homeless = ["/".join(each) for each in ours if room_of(".".join(each)) is None]

    assert not homeless, f"put {homeless} into one of the rooms of the house: {ROOMS}"


def test_logic_is_pure():
    wrong = []
    for path in sources():
        if room_of(module_of(path)) == 1:
            names = [name for name, _ in imports_of(parsed(path)) if name not in PURE_ENOUGH]
            wrong += [f"{name_of(path)} imports {name}" for name in names if name.split(".")[0] in NOT_PURE]

    assert not wrong, "logic gets what it needs as arguments: " + "\n".join(wrong)


def test_only_the_edges_read_the_clock():
    inner = [path for path in sources() if set(path.relative_to(ROOT).with_suffix("").parts[1:2]) & CLOCKLESS]
    wrong = []
    for path in inner:
        calls = [node.func for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
        reads = [call.lineno for call in calls if isinstance(call, ast.Attribute) and call.attr in CLOCKS]
        if reads and name_of(path) not in READS_THE_CLOCK:
            wrong.append(f"{name_of(path)}:{reads} reads the clock: take `now` or `today` as an argument")

    assert not wrong, "\n".join(wrong)


def test_imports_stand_at_the_top():
    wrong = []
    for path in sources():
        functions = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef)]
        inline = sorted({line for function in functions for _, line in imports_of(function)})
        if inline and name_of(path) not in INLINE_IMPORTS:
            wrong.append(f"{name_of(path)}:{inline} imports inside a function")

    assert not wrong, "\n".join(wrong)


def test_files_are_short():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in sources()}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}, "split it by noun"


def test_there_are_no_signals_of_ours():
    imported = {name_of(path): [name for name, _ in imports_of(parsed(path))] for path in sources()}

    receiving = [
        path for path, names in imported.items() if any(name.endswith("dispatch.receiver") for name in names)
    ]

    assert [path for path in imported if path.endswith("signals.py")] + receiving == [], "call the action by name"


def test_no_foreign_key_points_outward():
    outward = [
        f"{field} points at {field.related_model._meta.label}: an inner app must not know an outer one"
        for model in our_models()
        for field in model._meta.local_fields
        if field.related_model and field.related_model._meta.app_label in OUR_APPS
        and APPS.index(field.related_model._meta.app_label) > APPS.index(model._meta.app_label)
    ]  # fmt: skip

    assert not outward, "\n".join(outward)


def test_every_app_of_ours_is_in_the_picture():
    ours = {config.name for config in apps.get_app_configs() if (ROOT / config.name).is_dir()}

    assert ours == {app for app in APPS if "." not in app}
