"""`monitor --help` does no work: the heavy libraries stay unimported."""

import subprocess
import sys

HEAVY = (
    "aiohttp",
    "sqlalchemy",
    "alembic",
    "lxml",
    "jinja2",
    "waybackpy",
    "apscheduler",
    "babel",
    "rapidfuzz",
    "asyncio",
    "procrastinate",
    "psycopg",
)


def test_help_imports_no_heavy_library():
    code = (
        "import sys\nsys.argv = ['monitor', '--help']\nfrom monitor import cli\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_extract_starts_without_network_store_and_event_loop(tmp_path):
    notes = tmp_path / "notes.md"
    notes.write_text("Marsh, B. Ebb. https://ebb.example.org/flow (accessed 12 May 2019).\n")
    code = (
        f"import sys\nsys.argv = ['monitor', 'extract', {str(notes)!r}]\nfrom monitor import cli\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "accessed: 2019-05-12" in done.stdout
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_a_run_on_one_machine_knows_nothing_of_the_engine(tmp_path):
    (tmp_path / "notes.md").write_text("Nothing is cited here.\n")
    (tmp_path / "config.toml").write_text('[[documents]]\npath = "notes.md"\n[check]\nsentinels = []\n')
    code = (
        "import sys\nsys.argv = ['monitor', 'run', '--quiet', '--no-progress', '--no-archive']\n"
        "from monitor import cli\ntry:\n    cli.main()\nexcept SystemExit as end:\n    print('END', end.code)\n"
        "print('LOADED', [name for name in ('procrastinate', 'psycopg', 'monitor.scale') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=600, cwd=tmp_path
    )
    assert done.stdout.splitlines()[-2:] == ["END 0", "LOADED []"]


def test_what_is_left_at_the_end_is_not_searched_for_dead_circles():
    code = (
        "import atexit, gc, sys\natexit.register(lambda: print('FROZEN', gc.get_freeze_count() > 0))\n"
        "sys.argv = ['monitor', '--version']\nfrom monitor import cli\ncli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=600
    )
    assert done.stdout.splitlines()[-1] == "FROZEN True"


READING = (
    *("aiohttp", "alembic", "idna", "publicsuffixlist", "urllib.request", "xml.sax", "zoneinfo"),
    *("monitor.amend", "monitor.check.checker", "monitor.fetch.aiohttp_fetcher", "monitor.page"),
    *("monitor.extract.formats", "monitor.extract.urls", "monitor.extract.words"),
    *(
        "monitor.archive.interface",
        "monitor.check.interface",
        "monitor.fetch.interface",
        "monitor.fetch.target",
    ),
    *("monitor.judge.judge", "monitor.judge.view", "monitor.judge.verdicts", "monitor.report.text"),
    *("monitor.run.capture", "monitor.run.coverage", "monitor.run.network", "monitor.run.probe"),
    *("monitor.documents", "monitor.extract.exclusions", "monitor.inputs", "monitor.report.notices"),
    *("monitor.command_line.checking", "monitor.command_line.mending", "monitor.command_line.database"),
)


def test_a_night_with_nothing_due_imports_nothing_that_reads_or_asks(tmp_path):
    (tmp_path / "notes.md").write_text("Marsh, B. Ebb. http://127.0.0.1:9/flow (accessed 12 May 2019).\n")
    (tmp_path / "config.toml").write_text('[[documents]]\npath = "notes.md"\n[check]\nsentinels = []\n')

    def night(now):
        # Each in a process of its own: what names the program is worked out once a process, and this one may
        # have done so before a file of it was changed.
        words = ("monitor", "run", "--quiet", "--no-progress", "--no-archive", "--now", now)
        code = (
            f"import sys\nsys.argv = {[*words]!r}\n"
            "from monitor import cli\ntry:\n    cli.main()\nexcept SystemExit as end:\n    print('END', end.code)\n"
            f"print('LOADED', [name for name in {READING!r} if name in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            timeout=600,
            cwd=tmp_path,
        )
        return done.stdout.splitlines()[-2:]

    end, loaded = night("2026-03-01T03:00:00Z")
    assert end == "END 0"
    assert "monitor.extract.words" in loaded
    assert night("2026-03-01T04:00:00Z") == ["END 0", "LOADED []"]


def test_every_command_explains_itself(monitor):
    for command in (
        "check",
        "run",
        "worker",
        "serve",
        "extract",
        "report",
        "fix",
        "capture",
        "history",
        "demo",
        "db",
    ):
        ended = monitor(command, "--help")
        assert ended.code == 0
        assert "Usage" in ended.out
