"""The command line, ``python -m dfec_explore COMMAND``: results on standard output, all else on standard error."""

import sys
from typing import Annotated

import typer

from dfec_explore import __version__
from dfec_explore.commands.check import check_command
from dfec_explore.commands.clips import clips_command
from dfec_explore.commands.diff import diff_command
from dfec_explore.commands.events import events_command
from dfec_explore.commands.index import index_command
from dfec_explore.commands.plans import plan_app
from dfec_explore.commands.progress import progress_command
from dfec_explore.commands.release import release_app
from dfec_explore.commands.reviews import reviews_app
from dfec_explore.commands.score import score_command
from dfec_explore.commands.settings import settings_command
from dfec_explore.commands.validate import validate_command
from dfec_explore.errors import DfecError

app = typer.Typer(
    help="DFEC Explore: load, check and review captions of facial movement.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("validate")(validate_command)
app.command("events")(events_command)
app.command("index")(index_command)
app.command("settings")(settings_command)
app.command("clips")(clips_command)
app.command("check")(check_command)
app.command("diff")(diff_command)
app.command("score")(score_command)
app.add_typer(reviews_app, name="reviews")
reviews_app.add_typer(plan_app, name="plan")
reviews_app.command("progress")(progress_command)
app.add_typer(release_app, name="release")


@app.callback()
def version_option(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """Options of the program itself."""
    if version:
        typer.echo(f"dfec-explore {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; an error that the package raised on purpose becomes one sentence and exit code 2."""
    try:
        app()
    except DfecError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(2) from error
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            # The reader of our output went away (`| head`): nothing to say, and nobody to say it to.
            sys.stderr.close()
            raise SystemExit(141) from None
        typer.echo(f"{error.filename or 'A file'}: {error.strerror}. Nothing more was written.", err=True)
        raise SystemExit(2) from error
