"""What Files and clips tells a newcomer to do for each source."""

import tomllib

from dfec_explore.clips.advising import Advice
from dfec_explore.sources import registry
from dfec_explore.web.next_steps import NextStep, next_step

ZERO = dict.fromkeys(("found", "substitute", "ambiguous", "packed", "missing", "unreadable"), 0)


def step(advice: Advice | None, **counts: int) -> NextStep:
    numbers = ZERO | counts
    return next_step("DFEW", numbers | {"samples": sum(numbers.values())}, advice, registry()["DFEW"])


def test_next_steps_complete_source_asks_for_nothing() -> None:
    told = step(Advice(root="/d", root_exists=True), found=5)
    assert (told.is_done, told.state, told.config) == (True, "Complete", "")


def test_next_steps_substitutes_count_as_playable_and_are_told() -> None:
    told = step(Advice(root="/d", root_exists=True), found=3, substitute=2)
    assert told.is_done
    assert "2 are shown by substitutes" in told.sentences[0]


def test_next_steps_no_folder_names_what_to_obtain_and_the_lines_of_the_configuration() -> None:
    told = step(Advice(obtain={"data_part_*.zip": 5}), missing=5)
    assert told.state == "No folder"
    assert "Obtain and unpack: data_part_*.zip (5)." in told.sentences
    assert tomllib.loads(told.config) == {"clips": {"DFEW": "/path/to/DFEW"}}


def test_next_steps_before_any_survey_tell_to_obtain_the_dataset() -> None:
    assert any("official page" in sentence for sentence in step(None, missing=136).sentences)


def test_next_steps_suggested_folder_comes_before_downloads_and_survives_its_quotes() -> None:
    folder = 'C:\\data\\the "real" one'
    told = step(
        Advice(root="/d", root_exists=True, total=9, found=1, suggested=folder, suggested_found=9, suggested_of=9),
        found=1,
        missing=8,
    )
    assert f"This looks like {folder}: 9 of the 9" in told.sentences[0]
    assert tomllib.loads(told.config) == {"clips": {"DFEW": folder}}
    assert not any("Obtain" in sentence for sentence in told.sentences)


def test_next_steps_archives_on_disk_are_to_be_unpacked_first() -> None:
    told = step(Advice(root="/d", root_exists=True, archives={"/d/a.zip": 4}, obtain={"b.zip": 1}), packed=4, missing=1)
    assert told.sentences[0] == "Unpack, each where it lies: /d/a.zip (4)."


def test_next_steps_folder_that_is_gone_is_named() -> None:
    told = step(Advice(root="/gone"), missing=2)
    assert (told.state, told.sentences[0]) == ("Folder not found", "The folder /gone does not exist.")


def test_next_steps_folder_that_is_gone_is_named_with_the_one_that_was_probably_meant() -> None:
    told = step(Advice(root="/d/DFWE", total=2, suggested="/d/DFEW", suggested_found=2, suggested_of=2), missing=2)
    assert told.sentences == (
        "The folder /d/DFWE does not exist.",
        "This looks like /d/DFEW: 2 of the 2 that were looked for lie there.",
    )
    assert tomllib.loads(told.config) == {"clips": {"DFEW": "/d/DFEW"}}


def test_next_steps_of_an_unknown_source_still_say_what_is_missing() -> None:
    told = next_step("own", ZERO | {"samples": 2, "missing": 2}, Advice(root="/d", root_exists=True), None)
    assert told.sentences == ("2 clips are missing under /d.",)


def test_next_steps_name_some_archives_and_count_the_rest() -> None:
    told = step(Advice(obtain={f"{number}.zip": 1 for number in range(9)}), missing=9)
    assert "5.zip (1), 3 more." in " ".join(told.sentences)
