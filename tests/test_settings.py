"""Settings: the order of their origins, paths, and errors that name what is wrong."""

from pathlib import Path

import pytest

from dfec_explore.errors import SettingError
from dfec_explore.settings import SETTINGS, load_settings

ROOT = Path(__file__).parents[1]


def write(folder: Path, text: str) -> Path:
    (folder / "dfec.toml").write_text(text, encoding="utf-8")
    return folder


def test_settings_defaults_open_the_demo_and_write_below_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(environment={}, folder=tmp_path)
    assert settings.datasets == ()
    assert settings.state_folder == tmp_path / ".dfec"
    assert settings.cache_folder == tmp_path / ".dfec" / "cache"
    assert settings.database_url == f"sqlite:///{tmp_path.as_posix()}/.dfec/reviews.sqlite"


def test_settings_the_command_line_goes_before_environment_before_file_before_default(tmp_path: Path) -> None:
    write(tmp_path, "page_size = 10\nworkers = 3\nreviewer = 'file'\n")
    settings = load_settings(
        options={"page_size": "30"}, environment={"DFEC_PAGE_SIZE": "20", "DFEC_WORKERS": "4"}, folder=tmp_path
    )
    assert (settings.page_size, settings.workers, settings.reviewer, settings.link_hours) == (30, 4, "file", 12)
    origins = {item.setting.name: item.origin for item in settings.in_force}
    assert origins["page_size"] == "the command line"
    assert origins["workers"] == "DFEC_WORKERS"
    assert origins["reviewer"] == "dfec.toml"
    assert origins["link_hours"] == "default"


@pytest.mark.parametrize(
    ("file", "part"), [("test.json", "test"), ("train.jsonl.gz", "train"), ("my.set.v2.csv", "my"), (".json", ".json")]
)
def test_settings_an_annotation_file_names_its_part(tmp_path: Path, file: str, part: str) -> None:
    settings = load_settings(environment={"DFEC_ANNOTATIONS": str(tmp_path / file)}, folder=tmp_path)
    assert [(p.name, p.path) for p in settings.datasets[0].parts] == [(part, tmp_path / file)]


def test_settings_datasets_and_clip_folders_of_the_file_are_relative_to_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[[dataset]]\nname = "DFEC"\nleft_right = "person"\n'
        'parts = [{name = "test", file = "data/test.json"}, {name = "train", file = "data/train.json"}]\n'
        '[clips]\nparent = "media"\nDFEW = "/big/DFEW"\n',
    )
    settings = load_settings(environment={}, folder=tmp_path)
    (dataset,) = settings.datasets
    assert (dataset.name, dataset.left_right) == ("DFEC", "person")
    assert [(p.name, p.path) for p in dataset.parts] == [
        ("test", tmp_path / "data/test.json"),
        ("train", tmp_path / "data/train.json"),
    ]
    assert settings.clips_parent == tmp_path / "media"
    assert settings.clips_by_source == {"DFEW": Path("/big/DFEW")}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("pagesize = 3", "pagesize"),
        ("page_size = 0", "page_size"),
        ("page_size = 'many'", "many"),
        ("dataset = 3", "dataset"),
        ("[[dataset]]\nname = 'x'", "parts"),
        ("[[dataset]]\nname = 'x'\nparts = [{name = 'a', file = 'b', colour = 'red'}]", "colour"),
        ("[[dataset]]\nname = 'x'\nleft_right = 'both'\nparts = [{name = 'a', file = 'b'}]", "both"),
        ("clips = 'here'", "clips"),
        ("not toml at all", "TOML"),
    ],
)
def test_settings_a_wrong_key_or_value_is_named(tmp_path: Path, text: str, named: str) -> None:
    write(tmp_path, text)
    with pytest.raises(SettingError, match=named):
        load_settings(environment={}, folder=tmp_path)


def test_settings_an_unknown_variable_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"DFEC_CLIP'.*DFEC_CLIPS"):
        load_settings(environment={"DFEC_CLIP": "/data"}, folder=tmp_path)


def test_settings_two_files_of_one_part_name_are_refused(tmp_path: Path) -> None:
    value = f"{tmp_path}/a/test.json:{tmp_path}/b/test.json"
    with pytest.raises(SettingError, match="Two files have this part name"):
        load_settings(environment={"DFEC_ANNOTATIONS": value}, folder=tmp_path)


def test_settings_every_setting_stands_in_the_documentation() -> None:
    documentation = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`{setting.variable}`" in documentation
        assert f"`{setting.name}`" in documentation


def test_settings_models_belong_to_a_part_of_a_declared_dataset(tmp_path: Path) -> None:
    parts = "parts = [{name = 'train', file = 't.json'}, {name = 'test', file = 'e.json'}]\n"
    write(tmp_path, f"[[dataset]]\nname = 'DFEC'\n{parts}[[model]]\nname = 'M'\npredictions = 'runs/m.jsonl'\n")
    (model,) = load_settings(environment={}, folder=tmp_path).models
    assert (model.name, model.path, model.dataset, model.part) == ("M", tmp_path / "runs/m.jsonl", "DFEC", "test")
    # Another dataset is opened than the declared one: its models say nothing about it.
    other = {"DFEC_ANNOTATIONS": str(tmp_path / "x.json"), "DFEC_DATASET_NAME": "Other"}
    assert load_settings(environment=other, folder=tmp_path).models == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("model = 3", "model"),
        ("[[model]]\nname = 'M'", "predictions"),
        ("[[model]]\nname = 'M'\npredictions = 'p'\ndataset = 'Nope'", "Nope"),
        ("[[model]]\nname = 'M'\npredictions = 'p'\npart = 'train'", "train"),
        ("[[model]]\nname = 'M'\npredictions = 'p'\n[[model]]\nname = 'M'\npredictions = 'q'", "Two models"),
    ],
)
def test_settings_a_wrong_model_is_named(tmp_path: Path, text: str, named: str) -> None:
    write(tmp_path, f"{text}\n[[dataset]]\nname = 'DFEC'\nparts = [{{name = 'test', file = 'e.json'}}]\n")
    with pytest.raises(SettingError, match=named):
        load_settings(environment={}, folder=tmp_path)
