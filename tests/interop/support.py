"""Programs that we did not write, made ready once per build folder: a checker in Go, packages of npm."""
import contextlib
import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from files import changed  # noqa: F401  the tests take it from here

WORK = pathlib.Path(os.environ["INTEROP_WORK"])  # inside the build folder; kept between runs
LOG_FILES = os.environ["LOG_FILES"]

# The published test key of tests/data/tlog/keys.txt, small_log.
SKEY = "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg"
VKEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
# The key cosigner there.
WITNESS_SKEY = "PRIVATE+KEY+witness+f13a86db+AaLa/dfyBhyo/m0Z7WCi98ENVZWtrP8pxgRNrx7tIWiA"


@contextlib.contextmanager
def _alone():
    """Tests that run at the same time prepare one after another."""
    WORK.mkdir(parents=True, exist_ok=True)
    with open(WORK / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(*command, **options):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=600, **options)


def go_checker():
    return go_program(HERE.parents[1] / "catalog/pack/tlog-check.go")


def go_program(source):
    """The path of the program, built with Debian's Go and golang.org/x/mod, without network."""
    program = WORK / source.stem
    with _alone():
        environment = dict(os.environ, GO111MODULE="off", GOPATH="/usr/share/gocode", GOCACHE=str(WORK / "go-cache"), GOFLAGS="")
        done = run("go", "build", "-o", program, source, env=environment)
        if done.returncode != 0:
            raise AssertionError("go build failed (Debian packages golang-go, golang-golang-x-mod-dev):\n" + done.stderr)
    return program


def node_packages():
    """A folder whose node_modules holds exactly what package-lock.json says."""
    folder = WORK / "node"
    stamp = folder / "installed"
    lock = (HERE / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock).hexdigest()
    with _alone():
        if stamp.exists() and stamp.read_text() == wanted:
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        done = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder)
        if done.returncode != 0:
            raise AssertionError("npm ci failed: this test needs the npm registry once per build folder\n" + done.stderr[-2000:])
        stamp.write_text(wanted)
    return folder
