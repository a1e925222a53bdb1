"""The house keeps its walls: which room may look into which, and how large things may grow."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "caseapp"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Which of our own rooms each room may look into, besides itself.
MAY_IMPORT = {
    "domain": set(),
    "models": {"domain", "db"},
    "gateways": {"domain"},
    "services": {"domain", "models", "gateways", "db", "config"},
    "web": {"services", "domain", "clock", "db"},
    "cli": {"services", "domain", "clock", "db"},
    "db": set(),
    "clock": {"domain"},
    "config": set(),
}
LONG_LISTS = "may grow beyond the usual length"  # said at the top of a file that is a list
FILE_ALARM, FUNCTION_ALARM, VIEW_ALARM, TEMPLATE_ALARM, TEST_ALARM, ARGUMENT_ALARM = 400, 40, 40, 150, 600, 7


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, list[str]]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, []
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or "", [alias.name for alias in node.names]


def own_targets(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield (room, names) for every import of ours."""
    for module, names in imports(path):
        parts = module.split(".")
        if parts[0] != "caseapp":
            continue
        if len(parts) > 1:
            yield parts[1], names
        else:
            for name in names:
                yield name, []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_looks_only_where_it_may(path):
    here = room(path)
    if here in ("app", "__init__"):
        return
    for target, names in own_targets(path):
        assert target == here or target in MAY_IMPORT[here], f"{here} looks into {target}"
        if here in ("web", "cli") and target == "db":
            assert names == ["transaction"], f"{path.name} takes {names} from db"


def test_nobody_imports_the_app():
    for path in SOURCES:
        assert "app" not in {target for target, _ in own_targets(path)}, path


@pytest.mark.parametrize("path", sorted((PACKAGE / "domain").glob("*.py")), ids=lambda path: path.name)
def test_the_rules_know_the_standard_library_only(path):
    for module, _ in imports(path):
        first = module.split(".")[0]
        assert first == "caseapp" or first in sys.stdlib_module_names, f"{path.name} imports {module}"


def test_the_package_itself_is_a_docstring_only():
    assert len(tree(PACKAGE / "__init__.py").body) == 1


def test_no_import_hides_inside_a_function():
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = [child for child in ast.walk(node) if isinstance(child, ast.Import | ast.ImportFrom)]
                assert not inner, f"{path}:{node.lineno}"


def test_no_two_modules_import_each_other_in_a_circle():
    graph = {}
    for path in SOURCES:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        graph[name] = {
            f"{module}.{one}" if (PACKAGE.parent / Path(*module.split("."), f"{one}.py")).exists() else module
            for module, names in imports(path)
            if module.split(".")[0] == "caseapp"
            for one in (names or [""])
        } - {name}

    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path, name))
        if name in done or name not in graph:
            return
        for target in graph[name]:
            walk(target, (*path, name))
        done.add(name)

    for name in graph:
        walk(name, ())


def test_only_the_clock_reads_the_time():
    for path in SOURCES:
        if path.name == "clock.py":
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow"):
                owner = node.value
                assert not (isinstance(owner, ast.Name) and owner.id in ("datetime", "date")), f"{path}:{node.lineno}"


def views() -> Iterator[tuple[Path, ast.FunctionDef, list[str]]]:
    for path in sorted((PACKAGE / "web").rglob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                named = [ast.unparse(decorator) for decorator in node.decorator_list]
                if any(name.startswith("pages.route") for name in named):
                    yield path, node, named


def test_every_route_names_who_may_enter():
    found = list(views())
    assert len(found) > 20
    for path, view, named in found:
        declared = [name for name in named if name.startswith("requires(") or name == "open_to_all"]
        assert len(declared) == 1, f"{path}:{view.lineno} {view.name}"


def test_views_are_short():
    for path, view, _ in views():
        assert view.end_lineno - view.lineno < VIEW_ALARM, f"{path}:{view.lineno} {view.name}"


def is_long_list(path: Path) -> bool:
    return LONG_LISTS in (ast.get_docstring(tree(path)) or "")


def test_files_functions_and_argument_lists_stay_small():
    for path in SOURCES:
        if not is_long_list(path):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_ALARM, path
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < FUNCTION_ALARM, f"{path}:{node.lineno} {node.name}"
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                count = len([one for one in arguments if one.arg not in ("self", "cls")])
                assert count <= ARGUMENT_ALARM, f"{path}:{node.lineno} {node.name} takes {count}"


def test_templates_and_tests_stay_small():
    for path in TEMPLATES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= TEMPLATE_ALARM, path
    for path in TESTS:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= TEST_ALARM, path


def test_no_template_carries_style_or_script_of_its_own():
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert " style=" not in text, path
        assert "<script" not in text or "src=" in text, path
        assert "http://" not in text, path
