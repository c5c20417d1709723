"""What stands in for pip's project, Pulumi, Go and the simulator, so that set-up can be tried without a network."""

# A project that the real pip installs without fetching anything.
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""

BACKEND = """
import pathlib, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(pathlib.Path(wheel_directory) / "tiny-1-py3-none-any.whl", "w") as wheel:
        info = "tiny-1.dist-info"
        wheel.writestr("tiny.pth", str(pathlib.Path.cwd()))
        wheel.writestr("tiny_package/__init__.py", "")
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\nProvides-Extra: dev\\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{info}/RECORD", "")
    return "tiny-1-py3-none-any.whl"
"""

# `python -m venv` and `python -m pip` as far as set-up sees them, in a fraction of their time: they lie in the folder
# in which set-up runs them.
VENV = """
import pathlib, sys

venv = pathlib.Path(sys.argv[1])
packages = venv / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"
packages.mkdir(parents=True)
(venv / "bin").mkdir()
(venv / "bin" / "python").symlink_to(sys.executable)
(venv / "bin" / "pip").write_text(f"#!{venv}/bin/python")
(venv / "pyvenv.cfg").write_text(f"home = {pathlib.Path(sys.executable).parent}")
"""

PIP = """
import os, pathlib, sys, sysconfig, time

with open("installations", "a") as installations:
    installations.write("pip\\n")
if os.environ.get("FAKE_PIP") == "offline":
    sys.exit("error: Temporary failure in name resolution")
print("Collecting tiny", flush=True)
packages = pathlib.Path(sysconfig.get_path("purelib"))
(packages / "tiny_package").mkdir(exist_ok=True)
held = os.environ.get("FAKE_PIP_HELD")
if held:
    pathlib.Path(held + ".tmp").write_text(str(os.getpid()))
    os.rename(held + ".tmp", held)
    while not os.path.exists("go-on"):
        time.sleep(0.02)
(packages / "tiny_package" / "__init__.py").touch()
(packages / "tiny.pth").write_text(os.getcwd())
"""

# The Automation API of a pulumi.com that refuses, delivers or says nothing.
AUTOMATION = """
import os, pathlib, time

class PulumiCommand:
    @staticmethod
    def install(root, version, skip_version_check):
        mode = os.environ.get("FAKE_INSTALLER", "refuse")
        if mode == "refuse":
            raise ConnectionError("refused")
        if mode == "hang":
            pathlib.Path(os.environ["FAKE_INSTALLER_HELD"]).write_text(str(os.getpid()))
            while True:
                time.sleep(1)
        folder = pathlib.Path(root, "bin")
        folder.mkdir(parents=True)
        for name in os.environ["FAKE_COMPANIONS"].split():
            (folder / name).write_text("#!/bin/sh\\necho v3.220.0\\n")
            (folder / name).chmod(0o755)
"""

SEMVER = """
class VersionInfo:
    @staticmethod
    def parse(text):
        return text
"""

GO = """
import os, pathlib, sys, time

verb, arguments = sys.argv[1], sys.argv[2:]
if verb == "env":
    print(os.environ.get("FAKE_GO_VERSION", "go1.99.0"), "local", sep="\\n")
    sys.exit()
assert os.environ["GOFLAGS"].startswith("-mod=readonly"), "the pinned modules are not to be changed"
modules = pathlib.Path(os.environ["GOMODCACHE"])
if os.environ.get("FAKE_GO") == "offline":
    sys.exit("go: pkg/v3@v3.220.0: dial tcp: lookup proxy.example: no such host")
if os.environ.get("FAKE_GO") == "full":
    sys.exit("link: write /x: no space left on device")
if verb == "list" and arguments[0] == "-m":
    dist = ["python/dist/pulumi-resource-pulumi-python", "python/dist/pulumi-analyzer-policy-python"]
    for script in ["python/cmd/pulumi-language-python-exec", *dist]:
        (modules / "sdk" / script).parent.mkdir(parents=True, exist_ok=True)
        (modules / "sdk" / script).write_text("#!/bin/sh\\n")
    print(modules / "sdk")
elif verb == "list":
    modules.mkdir(parents=True, exist_ok=True)
    fetched = modules / "fetched"
    if not fetched.exists():
        print("go: downloading example.com/module v1.0.0", file=sys.stderr)
        fetched.touch()
    print("example.com/module")
elif verb == "build":
    held = os.environ.get("FAKE_GO_HELD")
    if held:
        pathlib.Path(held + ".tmp").write_text(str(os.getpid()))
        os.rename(held + ".tmp", held)
        while True:
            time.sleep(0.02)
    print("example.com/module", file=sys.stderr)
    command = pathlib.Path(arguments[arguments.index("-o") + 1]) / arguments[-1].rsplit("/", 1)[1]
    command.write_text("#!/bin/sh\\necho v3.220.0\\n")
    command.chmod(0o755)
"""

# Tells what it was run with, and makes the file by which the demo knows that its stack exists.
PULUMI = """
import json, os, pathlib, signal, sys, time
from urllib.parse import unquote, urlparse

if sys.argv[1:] == ["version"]:
    print("v" + os.environ.get("FAKE_PULUMI_VERSION", "3.220.0"))
    sys.exit()
words = [word for word in sys.argv[1:] if not word.startswith("--")][1:]
backend = pathlib.Path(unquote(urlparse(os.environ["PULUMI_BACKEND_URL"]).path))
settings = {name: value for name, value in os.environ.items() if name.startswith(("PULUMI_", "VO_"))}
with open("pulumi-calls", "a") as calls:
    calls.write(json.dumps({"arguments": sys.argv[1:], "settings": settings}) + "\\n")
if words[:2] == ["stack", "select"]:
    stack = backend / ".pulumi" / "stacks" / "quickstart" / "demo.json"
    stack.parent.mkdir(parents=True, exist_ok=True)
    stack.touch()
if words[0] == "up":
    held = os.environ.get("FAKE_UP_HELD")
    if held:
        pathlib.Path(held + ".tmp").write_text(str(os.getpid()))
        os.rename(held + ".tmp", held)
        try:
            while True:
                time.sleep(0.02)
        except KeyboardInterrupt:
            print("update cancelled")
            sys.exit(1)
    print("Outputs:")
    sys.exit(int(os.environ.get("FAKE_UP_CODE", "0")))
"""

SIMULATOR = """
import http.server, json, os, pathlib, signal, sys

options = dict(zip(sys.argv[2::2], sys.argv[3::2]))

class Control(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        counts = {"POST /api-public/v1/user": 3}
        body = json.dumps({"status": "ok", "total": 3, "by_operation": counts}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_DELETE = do_GET
    def log_message(self, *arguments):
        pass

pathlib.Path(options["--state"]).write_text("{}")
pathlib.Path("simulator-pid").write_text(str(os.getpid()))
signal.signal(signal.SIGTERM, lambda *arguments: sys.exit())
server = http.server.HTTPServer(("127.0.0.1", int(options["--port"])), Control)
print(f"ready on http://127.0.0.1:{server.server_port} (trial)", flush=True)
server.serve_forever()
"""
