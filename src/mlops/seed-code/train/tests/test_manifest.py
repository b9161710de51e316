"""A version says what it has learnt from: the same files make the same digest, whatever else is different."""

from training import manifest


def made_of(folder, files, **variables):
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content)
    return manifest.manifest(folder, variables)


def test_every_file_with_its_length_and_its_digest(tmp_path):
    said = made_of(tmp_path / "data", {"a.csv": "x\n1\n", "2026/b.csv": "x\n2\n"}, INPUT="s3://data/churn/", INPUT_VERSION="7")
    assert (said["input"], said["inputVersion"]) == ("s3://data/churn/", "7")
    assert [(file["name"], file["bytes"]) for file in said["files"]] == [("2026/b.csv", 4), ("a.csv", 4)]


def test_the_digest_is_of_names_and_content_alone(tmp_path):
    first = made_of(tmp_path / "first", {"a.csv": "x\n1\n"}, INPUT="s3://data/churn/")["digest"]
    assert made_of(tmp_path / "same", {"a.csv": "x\n1\n"}, INPUT="s3://data/elsewhere/")["digest"] == first
    assert made_of(tmp_path / "content", {"a.csv": "x\n2\n"})["digest"] != first
    assert made_of(tmp_path / "name", {"b.csv": "x\n1\n"})["digest"] != first
