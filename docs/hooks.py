"""Pages of the manual made from the program itself when it is built, so that they never grow stale."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from typer.cli import get_docs_for_click
from typer.main import get_command
from typer.models import Context

from monitor.cli import app

ROOT = Path(__file__).parents[1]


def commands() -> str:
    """Return every command with its options, as `--help` has them."""
    command = get_command(app)
    context = Context(command, info_name="monitor")
    return get_docs_for_click(obj=command, ctx=context, name="monitor", title="Commands")


def configuration() -> str:
    """Return config.toml, which shows every key."""
    text = (ROOT / "config.toml").read_text("utf-8")
    return f"# Configuration\n\nEvery key there is, with its default.\n\n```toml\n{text}```\n"


def schema() -> str:
    """Return the JSON Schema of reports."""
    text = (ROOT / "monitor" / "report" / "schema.json").read_text("utf-8")
    head = "# Schema\n\nThe JSON Schema of `--format json`, as it ships with the package."
    return f"{head}\n\n```json\n{text}\n```\n"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    for name, make in (("commands.md", commands), ("configuration.md", configuration), ("schema.md", schema)):
        files.append(File.generated(config, name, content=make()))
    return files
