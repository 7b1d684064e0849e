"""The set-up: what it finds missing, what it says, and when it does nothing."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import sys
import venv
from pathlib import Path

import pytest

from scripts import environment
from scripts.environment import SetupProblem, Step
from scripts.system_packages import SystemPackage

ROOT = Path(__file__).resolve().parent.parent


def a_package(name: str, *, there: bool) -> SystemPackage:
    return SystemPackage(name, f"for {name}'s sake", f"{name} from its site", lambda: there)


def a_script(name: str, monkeypatch: pytest.MonkeyPatch):
    """A module of scripts/, imported as it is when run: with its folder on the path."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    spec = importlib.util.spec_from_file_location(f"script_{name}", ROOT / f"scripts/{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_only_what_lacks_is_missing():
    packages = [a_package("chromium", there=True), a_package("postgresql", there=False)]
    assert [package.name for package in environment.missing(packages)] == ["postgresql"]


def test_advice_says_why_and_names_the_command_on_debian():
    lacking = [a_package("chromium", there=False), a_package("postgresql", there=False)]
    on_debian = environment.advice(lacking, debian=True)
    assert "chromium: for chromium's sake" in on_debian
    assert on_debian.endswith("sudo apt-get install chromium postgresql")
    elsewhere = environment.advice(lacking, debian=False)
    assert "chromium from its site: for chromium's sake" in elsewhere
    assert "apt-get" not in elsewhere


@pytest.mark.parametrize(
    ("os_release", "debian"),
    [
        ('NAME="Debian GNU/Linux"\nID=debian\n', True),
        ("ID=ubuntu\nID_LIKE=debian\n", True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ('ID=fedora\nHOME_URL="https://debian.example"\n', False),
        ("", False),
    ],
)
def test_debian_and_its_children_are_recognised(os_release, debian):
    assert environment.is_debian(os_release) is debian


def test_the_stamp_changes_with_requirements_python_and_place():
    first = environment.stamp("a==1", "3.11.7", Path("/here"))
    assert first == environment.stamp("a==1", "3.11.7", Path("/here"))
    others = {
        environment.stamp("a==2", "3.11.7", Path("/here")),
        environment.stamp("a==1", "3.12.0", Path("/here")),
        environment.stamp("a==1", "3.11.7", Path("/there")),
    }
    assert first not in others
    assert len(others) == 3


def test_every_requirement_is_pinned_to_one_version():
    for line in environment.REQUIREMENTS.read_text(encoding="utf-8").splitlines():
        wish = line.partition("#")[0].partition(";")[0].strip()
        assert not wish or wish.count("==") == 1, line


def test_torch_is_asked_for_by_number_and_first():
    requirements = environment.REQUIREMENTS.read_text(encoding="utf-8")
    assert environment.requirement(environment.FIRST, requirements).startswith("torch==")
    with pytest.raises(SetupProblem, match="nosuch==VERSION"):
        environment.requirement("nosuch", requirements)


def test_pips_own_settings_are_left_as_they_are():
    given = {"PIP_FIND_LINKS": "/wheels", "PATH": "/bin"}
    assert environment.pip_environment(given) == given | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}


@pytest.fixture
def a_checkout(tmp_path, monkeypatch):
    """A checkout whose environment is a link to this Python, and whose pip calls are counted."""
    if os.name == "nt":
        pytest.skip("the stand-in environment is a symbolic link, which Windows keeps for admins")
    (tmp_path / "requirements.txt").write_text("torch==1\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "REQUIREMENTS", tmp_path / "requirements.txt")
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    monkeypatch.setattr(environment, "venv_python", lambda: python)
    installed = []
    monkeypatch.setattr(environment, "BETTER_PACKAGES", ())
    monkeypatch.setattr(
        environment, "install_requirements", lambda python, wishes: installed.append(wishes)
    )
    return tmp_path, installed


def test_a_prepared_environment_is_left_alone(a_checkout):
    _, installed = a_checkout
    environment.prepare_python()
    environment.prepare_python()
    assert installed == ["torch==1\n"]


def test_changed_requirements_are_installed(a_checkout):
    folder, installed = a_checkout
    environment.prepare_python()
    (folder / "requirements.txt").write_text("torch==2\n")
    environment.prepare_python()
    assert installed == ["torch==1\n", "torch==2\n"]


def test_a_broken_off_installation_is_taken_up_again(a_checkout, monkeypatch):
    _, installed = a_checkout

    def breaks(python, wishes):
        raise SetupProblem("the network went away")

    with monkeypatch.context() as patch:
        patch.setattr(environment, "install_requirements", breaks)
        with pytest.raises(SetupProblem):
            environment.prepare_python()
    environment.prepare_python()
    assert installed == ["torch==1\n"]


@pytest.mark.parametrize(
    ("debian", "root", "said"),
    [
        (True, False, "sudo apt-get install python3-venv"),
        (False, False, "python.org"),
        (False, True, "python.org"),
    ],
)
def test_what_we_may_not_install_is_asked_for(monkeypatch, debian, root, said):
    package = dataclasses.replace(environment.RUN_PACKAGES[0], is_there=lambda: False)
    monkeypatch.setattr(environment, "RUN_PACKAGES", (package,))
    monkeypatch.setattr(environment, "is_debian", lambda: debian)
    monkeypatch.setattr(environment, "is_root", lambda: root)
    with pytest.raises(SetupProblem, match=said):
        environment.prepare_venv_module()


def test_root_on_debian_installs_what_is_missing(monkeypatch, tmp_path):
    there = set()
    commands = []

    def lacking(packages):
        return tuple(
            dataclasses.replace(package, is_there=lambda name=package.name: name in there)
            for package in packages
        )

    def run(step, command, environ):
        commands.append(list(command))
        if "install" in command:
            there.update(command[command.index("--no-install-recommends") + 1 :])

    for name in ("TEST_PACKAGES", "BETTER_PACKAGES"):
        monkeypatch.setattr(environment, name, lacking(getattr(environment, name)))
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "is_debian", lambda: True)
    monkeypatch.setattr(environment, "is_root", lambda: True)
    monkeypatch.setattr(Step, "run", run)
    environment.prepare_test_tools()
    assert commands[0] == ["apt-get", "update"]
    assert commands[1][:2] == ["apt-get", "install"]
    assert there == {
        *("chromium", "firefox-esr", "libatomic1", "postgresql"),
        *("libvoikko1", "voikko-fi"),
    }
    environment.prepare_test_tools()
    assert len(commands) == 2


def test_what_apt_cannot_give_does_not_stop_the_tests(monkeypatch, tmp_path, capsys):
    def run(step, command, environ):
        raise SetupProblem("Unable to locate package chromium")

    lacking = dataclasses.replace(environment.TEST_PACKAGES[0], is_there=lambda: False)
    monkeypatch.setattr(environment, "TEST_PACKAGES", (lacking,))
    monkeypatch.setattr(environment, "BETTER_PACKAGES", ())
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "is_debian", lambda: True)
    monkeypatch.setattr(environment, "is_root", lambda: True)
    monkeypatch.setattr(Step, "run", run)
    environment.prepare_test_tools()
    said = capsys.readouterr().out
    assert "Unable to locate package chromium" in said
    assert "sudo apt-get install chromium" in said


def test_missing_test_tools_are_told_and_do_not_stop_the_tests(monkeypatch, capsys):
    lacking = dataclasses.replace(environment.TEST_PACKAGES[-1], is_there=lambda: False)
    monkeypatch.setattr(environment, "TEST_PACKAGES", (lacking,))
    monkeypatch.setattr(environment, "is_debian", lambda: False)
    environment.prepare_test_tools()
    said = capsys.readouterr().out
    assert "skipped" in said
    assert "PostgreSQL's server programs" in said


def test_an_old_python_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(environment, "OLDEST_PYTHON", (99, 0))
    with pytest.raises(SetupProblem, match=r"needs Python 99\.0 or newer.*\n.*python99\.0"):
        environment.check_python()


def test_what_was_installed_is_compiled(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "VENV", tmp_path / "venv")
    venv.create(environment.VENV, with_pip=False)
    python = environment.venv_python(environment.VENV)
    (installed,) = environment.VENV.rglob("site-packages")
    (installed / "sana.py").write_text("sana = 1")
    (installed / "pohja.py").write_text("{{ a template, no Python }}")
    environment.compile_installed(python)
    assert [path.name.split(".")[0] for path in installed.rglob("*.pyc")] == ["sana"]


def test_a_failed_step_shows_the_end_of_its_log(tmp_path):
    log = tmp_path / "setup.log"
    code = "print('first'); print('no such package: ä'); raise SystemExit(3)"
    with pytest.raises(SetupProblem, match="no such package: ä") as problem:
        Step("Installing", log).run([sys.executable, "-X", "utf8", "-c", code], os.environ)
    assert str(log) in str(problem.value)
    assert "first" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "passed_on"),
    [
        ([], ["serve", "--demo"]),
        (["--port", "8600"], ["serve", "--demo", "--port", "8600"]),
        (["--study", "a.qualcode"], ["serve", "--study", "a.qualcode"]),
        (["--study=a.qualcode"], ["serve", "--study=a.qualcode"]),
        (["--demo"], ["serve", "--demo"]),
    ],
)
def test_start_opens_the_demo_unless_a_study_is_named(monkeypatch, given, passed_on):
    assert a_script("start", monkeypatch).serve_arguments(given) == passed_on
