"""Examples and exit codes, for `--help` and for the manual page alike."""

EXIT_CODES = (
    (0, "nothing at or above the fail level"),
    (1, "findings"),
    (2, "usage or configuration: what to mend is on standard error"),
    (
        3,
        "incomplete or void (our network, an archive that refuses, an interruption)",
    ),
    (4, "a bug of this program"),
)

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "check": (
        ("monitor check notes.md", "one document, now"),
        ("monitor check docs --links all --offline --root-dir docs", "a site's own links, without a network"),
        ("monitor check --site https://example.org/essays/", "what a site's pages cite"),
        (
            "monitor check papers --cache .memory -f json -o report.json",
            "in CI, with a memory",
        ),
        ("monitor check . --since origin/main --new-only", "only what this branch changed"),
    ),
    "run": (
        ("monitor run", "tonight's share; reports go to the reports folder"),
        ("monitor run --all --archive all", "everything, at once"),
        ("monitor run -q", "from cron: silent, the exit code tells"),
    ),
    "serve": (("monitor serve --port 8080", "every night by itself, status page on http://127.0.0.1:8080/"),),
    "extract": (
        ("monitor extract notes.md --explain", "what is read as a citation, and what is not, and why"),
        ("cat notes.wiki | monitor extract - --stdin-name notes.wiki -f json", "from a pipe, for programs"),
    ),
    "report": (("monitor report -f csv -o citations.csv", "everything the database holds, as a table"),),
    "fix": (
        ("monitor fix", "show the edits that have proof"),
        ("monitor fix -i", "be asked about each, those without proof too"),
        ("monitor fix --commit --branch citations", "make them and commit them on a new branch"),
    ),
    "capture": (("monitor capture", "ask for captures of living sources that no archive holds"),),
    "history": (("monitor history https://example.org/page", "why a source is called what it is called"),),
    "explain": (("monitor explain stale-dead", "what a rule means, and what to do"),),
    "init": (("monitor init", "write config.toml for this folder"),),
    "demo": (("monitor demo --keep try", "the whole job offline; then: cd try && monitor fix"),),
    "doctor": (("monitor doctor", "is everything there that a night needs?"),),
    "man": (("monitor man | man -l -", "read the manual page"),),
}
"""By command: what to type, and what for."""

CODED = frozenset({"check", "run", "fix", "report"})
"""Commands whose exit code is a verdict."""


def epilog(command: str) -> str:
    """Return what stands below a command's options; blank lines part what must stay apart."""
    lines = [f"{typed}  ({what})" for typed, what in EXAMPLES.get(command, ())]
    parts = ["Examples:", *lines] if lines else []
    if command in CODED:
        parts.append("Exit codes: " + "; ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES) + ".")
    return "\n\n".join(parts)
