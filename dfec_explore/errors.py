"""The errors of the package: few, typed, each carrying its values and a sentence that says what to do."""

from pathlib import Path


class DfecError(Exception):
    """Base of every error that the package raises on purpose; its text is fit to show to a person."""


class AnnotationFileError(DfecError):
    """No record structure could be read from a file."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}. {remedy}")
        self.path, self.problem, self.remedy = path, problem, remedy


class SettingError(DfecError):
    """A setting has an unknown name or a value that does not fit."""

    def __init__(self, name: str, value: object, origin: str, remedy: str) -> None:
        super().__init__(f"Setting {name!r} from {origin} has the value {value!r}. {remedy}")
        self.name, self.value, self.origin, self.remedy = name, value, origin, remedy


class LexiconError(DfecError):
    """The lexicon data is not valid."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"Lexicon, {place}: {problem}")
        self.place, self.problem = place, problem


class ClipError(DfecError):
    """A clip could not be read, decoded or transcoded."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path.name}: {problem}")
        self.path, self.problem = path, problem


class StoreError(DfecError):
    """The store of verdicts could not be read or written; nothing that was shown as saved is concerned."""

    def __init__(self, action: str, problem: str, remedy: str) -> None:
        super().__init__(f"The verdict store could not {action}: {problem}. {remedy}")
        self.action, self.problem, self.remedy = action, problem, remedy


class SamplingError(DfecError):
    """A sample cannot be drawn as it was asked for."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"The sample could not be drawn: {problem}. {remedy}")
        self.problem, self.remedy = problem, remedy


class JobError(DfecError):
    """A background job ended without a result."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} stopped: {problem}")
        self.name, self.problem = name, problem
