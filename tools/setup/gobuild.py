"""The engine from its Go modules, for machines that reach a Go module proxy and not pulumi.com."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tools.setup import child
from tools.setup.failure import SetupError, is_disk_full, is_offline
from tools.setup.progress import Progress
from tools.setup.scratch import publish, workplace

_BYTES_WHILE_BUILDING = 4_000_000_000
_MODULES = Path(__file__).resolve().parents[1] / "engine"
_COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
_LANGUAGE_HOST = "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python"
_SDK = "github.com/pulumi/pulumi/sdk/v3"
_SCRIPTS = (
    "python/cmd/pulumi-language-python-exec",
    "python/dist/pulumi-resource-pulumi-python",
    "python/dist/pulumi-analyzer-policy-python",
)
_OTHER_WAY = "install Pulumi from https://www.pulumi.com/docs/iac/download-install/"
# From 1.21 on, Go fetches a newer Go by itself unless it is told not to.
_GO_THAT_UPDATES_ITSELF = (1, 21)


def build(version: str, engines: Path, log: Path, progress: Progress) -> None:
    """Build the engine and put it in its place; raises SetupError where that can't be done."""
    check_go()
    check_disk(engines)
    with workplace(engines, version, "build") as work:
        finished = work / "built"
        shutil.rmtree(finished, ignore_errors=True)
        (finished / "bin").mkdir(parents=True)
        build = _Build(_environment(work), log, progress)
        named = f"-s -w -X {_SDK}/go/common/version.Version=v{version}"
        build.compile("engine", _MODULES / "cli", _COMMAND, finished / "bin", named)
        build.compile("language host", _MODULES / "langhost", _LANGUAGE_HOST, finished / "bin", "-s -w")
        sdk = Path(build.go(["list", "-m", "-f", "{{.Dir}}", _SDK], _MODULES / "cli")[-1])
        for script in _SCRIPTS:
            copy = finished / "bin" / Path(script).name
            shutil.copyfile(sdk / script, copy)
            copy.chmod(0o755)
        publish(finished, engines, version)
        progress.doing("tidying up")


def check_go() -> None:
    """Raise unless there is a Go that can build the engine."""
    wanted = max(_wanted_go(_MODULES / name / "go.mod") for name in ("cli", "langhost"))
    text = ".".join(str(number) for number in wanted)
    remedy = f"install Go {text} or newer (https://go.dev/dl/), or {_OTHER_WAY}; then run make setup again"
    if shutil.which("go") is None:
        raise SetupError("there is no Pulumi engine, and no Go to build it with", remedy)
    answer = subprocess.run(
        ["go", "env", "GOVERSION", "GOTOOLCHAIN"],
        cwd="/",
        env=os.environ | {"GOFLAGS": "", "GOWORK": "off"},
        capture_output=True,
        text=True,
        check=False,
    )
    version, toolchain = [*answer.stdout.splitlines(), "", ""][:2]
    found = _numbers(version)
    if found >= wanted or (found >= _GO_THAT_UPDATES_ITSELF and toolchain != "local"):
        return
    name = version.removeprefix("go") or "on PATH"
    raise SetupError(f"Go {name} is too old to build the Pulumi engine", remedy)


def check_disk(engines: Path) -> None:
    """Raise unless there is room to build in; what is kept afterwards is about 105 MB."""
    folder = next(path for path in (engines, *engines.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    if free < _BYTES_WHILE_BUILDING:
        need, have = f"{_BYTES_WHILE_BUILDING / 1e9:.0f} GB", f"{free / 1e9:.1f} GB"
        raise SetupError(
            f"building the Pulumi engine takes {need} for a while, and {folder} has {have} free",
            f"free some disk space, set XDG_CACHE_HOME to a folder with more of it, or {_OTHER_WAY}",
        )


class _Build:
    def __init__(self, env: dict[str, str], log: Path, progress: Progress) -> None:
        self._env = env
        self._log = log
        self._progress = progress

    def compile(self, what: str, modules: Path, package: str, bin_dir: Path, flags: str) -> None:
        """Fetch what a package needs and compile it, telling how far it is."""
        required = (modules / "go.mod").read_text(encoding="utf-8")
        known = len(re.findall(r"^\t\S+ v\S+", required, re.MULTILINE))
        fetched = 0

        def fetching(line: str) -> None:
            nonlocal fetched
            if "downloading" in line:
                fetched += 1
                self._progress.doing(f"{what}, module {fetched} of at most {known}")

        self._progress.doing(f"{what}, fetching modules")
        listed = ["list", "-deps", "-f", "{{.ImportPath}}", package]
        packages = {line for line in self.go(listed, modules, fetching) if " " not in line}
        compiled = 0

        def compiling(line: str) -> None:
            nonlocal compiled
            compiled += line in packages
            share = 100 * compiled // max(1, len(packages))
            self._progress.doing(f"{what}, package {compiled} of {len(packages)}, {share} %")

        self._progress.doing(f"{what}, compiling")
        output = ["-trimpath", "-ldflags", flags, "-o", f"{bin_dir}/"]
        self.go(["build", "-v", *output, package], modules, compiling)

    def go(self, arguments: list[str], modules: Path, follow: Callable[[str], None] | None = None) -> list[str]:
        """Run Go and return the lines that it said."""
        lines: list[str] = []

        def on_line(line: str) -> None:
            lines.append(line)
            if follow:
                follow(line)

        command = ["go", *arguments]
        ended = child.run(
            command, log=self._log, env=self._env, cwd=modules, on_line=on_line, on_tick=self._progress.tick
        )
        if ended.code == 0:
            return lines
        offline = is_offline(ended.tail)
        if is_disk_full(ended.tail):
            what, remedy = "the disk is full", "free some disk space, then run make setup again"
        elif offline:
            what = "the Pulumi engine's Go modules could not be fetched"
            remedy = f"check the network (and GOPROXY if you set it) and run make setup again, or {_OTHER_WAY}"
        else:
            what, remedy = f"`go {arguments[0]}` failed", f"see the log, or {_OTHER_WAY}"
        raise SetupError(what, remedy, tail=ended.tail, log=self._log, resumable=offline)


def _environment(work: Path) -> dict[str, str]:
    """Caches of the build's own, and nothing that could make it another build."""
    temporary = work / "tmp"
    temporary.mkdir(exist_ok=True)
    misleading = ("GOOS", "GOARCH", "GOBIN", "GOROOT")
    env = {name: value for name, value in os.environ.items() if name not in misleading}
    return env | {
        "GOFLAGS": "-mod=readonly -modcacherw",
        "GOWORK": "off",
        "GO111MODULE": "on",
        "CGO_ENABLED": "0",
        "GOPATH": str(work / "gopath"),
        "GOMODCACHE": str(work / "modules"),
        "GOCACHE": str(work / "objects"),
        "GOTMPDIR": str(temporary),
    }


def _wanted_go(modules: Path) -> tuple[int, ...]:
    found = re.search(r"^go (\S+)", modules.read_text(encoding="utf-8"), re.MULTILINE)
    return _numbers(found[1]) if found else ()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])
