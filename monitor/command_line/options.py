"""Options and arguments of commands, each with its help."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.model.archive_use import ArchiveUse

Paths = Annotated[
    list[Path] | None, typer.Argument(help="Documents or folders; without any, those of the configuration.")
]
Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files, folders, patterns, addresses of pages, or - for standard input; "
        "without any, the documents of the configuration."
    ),
]
Links = Annotated[
    str | None, typer.Option("--links", help="cited (the default), or all: every link of the documents.")
]
RootDir = Annotated[
    Path | None,
    typer.Option("--root-dir", help="With --links all: the folder that / means in links of the site's own."),
]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        help="With --links all: where the site is published. Its own addresses are looked for below "
        "--root-dir; without that, links that start with / are asked for there.",
    ),
]
Sites = Annotated[
    list[str] | None,
    typer.Option(
        "--site",
        metavar="ADDRESS",
        help="Read the pages of a site below this address as documents: those its sitemap lists, or those "
        "its own pages lead to, where robots.txt allows it. Repeats.",
    ),
]
MaxPages = Annotated[int, typer.Option("--max-pages", min=1, help="Read this many pages of a site at most.")]
FilesFrom = Annotated[
    list[str] | None,
    typer.Option("--files-from", help="Read what to check from this file, one a line; - for stdin."),
]
StdinName = Annotated[
    str | None,
    typer.Option("--stdin-name", help="Name of what standard input holds; its ending tells the format."),
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="Configuration file.", show_default="config.toml, if there")
]
Database = Annotated[str | None, typer.Option("--database", help="Database file or SQLAlchemy URL.")]
Now = Annotated[
    str | None, typer.Option("--now", help="Take this ISO instant for the present (reproducible runs).")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notes; only the result.")]
QuietNight = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print nothing: the reports folder and the exit code tell.")
]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Plain lines instead of progress bars.")]
Verbose = Annotated[
    int,
    typer.Option(
        "--verbose", "-v", count=True, help="Log each probe and host on standard error; -vv each request."
    ),
]
LogFormat = Annotated[
    str | None, typer.Option("--log-format", help="text, or json: an object a line.", show_default="text")
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", "-f", help="text, json, junit, sarif, github, gitlab, markdown, csv; repeats."),
]
Outputs = Annotated[
    list[Path] | None,
    typer.Option("--output", "-o", help="File for the --format at the same place; else stdout."),
]
Resolve = Annotated[
    list[str] | None,
    typer.Option("--resolve", help="HOST:PORT:ADDRESS[:PORT] as curl's; '*' allowed. For rehearsals."),
]
Archives = Annotated[
    ArchiveUse | None,
    typer.Option(
        "--archive",
        help="Ask archives for all sources, for those where it changes what is said (needed), or not at all.",
        show_default="needed",
    ),
]
NoArchive = Annotated[bool, typer.Option("--no-archive", help="Short for --archive off.")]
NoEvidence = Annotated[
    bool, typer.Option("--no-evidence", help="Only addresses: no quotes, no sibling probes.")
]
CaptureFlag = Annotated[
    bool, typer.Option("--capture", help="Ask for captures of live sources no archive holds.")
]
BrowserFlag = Annotated[
    bool,
    typer.Option(
        "--browser", help="Look with a browser where the plain look could not tell (extra `browser`)."
    ),
]
FailOn = Annotated[
    str | None, typer.Option("--fail-on", help="Exit 1 from this severity on: error, warning, info, never.")
]
Baseline = Annotated[
    Path | None, typer.Option("--baseline", help="report.json of an earlier check: fail only on what is new.")
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="REV", help="Fail only on citations changed since this git revision."),
]
NewOnly = Annotated[
    bool, typer.Option("--new-only", help="Also print only what is new; needs --baseline or --since.")
]
Include = Annotated[
    list[str] | None,
    typer.Option("--include", help="Watch addresses this regular expression fits, whatever --exclude says."),
]
Exclude = Annotated[
    list[str] | None, typer.Option("--exclude", help="Leave out addresses that this regular expression fits.")
]
ExcludePath = Annotated[
    list[str] | None,
    typer.Option("--exclude-path", help="Leave out files and folders, patterns as in .gitignore."),
]
MaxAge = Annotated[
    str | None,
    typer.Option(
        "--max-age",
        help="With --database: do not ask again for good answers this young, such as 12h or 1d; "
        "failures and what failed lately always are.",
    ),
]
Cache = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        help="Keep what was learnt in this file between jobs: good answers stand for --max-age (1d), "
        "failures and what failed lately are asked again.",
    ),
]
Remap = Annotated[
    list[str] | None,
    typer.Option(
        "--remap",
        metavar="'PATTERN TARGET'",
        help="Ask for other addresses than those cited: a regular expression, and what takes the place of "
        "what it fits ($1 for its first group). Repeats; the first that fits counts.",
    ),
]
Offline = Annotated[
    bool,
    typer.Option("--offline", help="Ask no network: what the cache, the database and the disk say."),
]
Dump = Annotated[bool, typer.Option("--dump", help="Print the addresses that would be checked, and end.")]
Identifiers = Annotated[
    bool, typer.Option("--identifiers", help="Also references by DOI and the like alone, without a date.")
]
Kind = Annotated[str | None, typer.Option("--as", help="Read every document as this format.")]
