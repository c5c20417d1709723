"""The environment variables for using the engine: all that it needs, and nothing of the user's own."""

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from tools.setup.engine import Engine

_OURS = ("PULUMI_", "VO_")


def engine_environment(
    engine: Engine, *, root: Path, home: Path, backend: Path, base: Mapping[str, str] | None = None
) -> dict[str, str]:
    """What `pulumi` is run with: a home and a state folder of its own, never the user's login or account."""
    base = os.environ if base is None else base
    env = {name: value for name, value in base.items() if not name.startswith(_OURS)}
    env.pop("PYTHONHOME", None)
    backend.mkdir(parents=True, exist_ok=True)
    # The language host takes the first Python on PATH, whatever Pulumi.yaml says of a virtual environment.
    path = [str(root / ".venv" / "bin"), str(engine.bin_dir), base.get("PATH", os.defpath)]
    no_proxy = ",".join(filter(None, ["127.0.0.1,localhost", base.get("NO_PROXY") or base.get("no_proxy")]))
    return env | {
        "PATH": os.pathsep.join(path),
        "VIRTUAL_ENV": str(root / ".venv"),
        "PULUMI_HOME": str(home),
        "PULUMI_BACKEND_URL": backend.absolute().as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "demo",
        "PULUMI_SKIP_UPDATE_CHECK": "1",
        "PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK": "1",
        "NO_PROXY": no_proxy,
        "no_proxy": no_proxy,
    }


def demo_environment(engine: Engine, root: Path) -> dict[str, str]:
    """The environment of the demo's stack, which lives in `.demo/`."""
    demo = root / ".demo"
    return engine_environment(engine, root=root, home=demo / "home", backend=demo / "backend")


def as_shell(env: Mapping[str, str]) -> list[str]:
    """The settings that differ from this process's, as lines that a shell can evaluate."""
    unset = [name for name in os.environ if name not in env and name.startswith(_OURS)]
    changed = {name: value for name, value in env.items() if os.environ.get(name) != value}
    exports = [f"export {name}={shlex.quote(value)}" for name, value in sorted(changed.items())]
    return [f"unset {name}" for name in sorted(unset)] + exports
