"""An endpoint runs what was released, or the test fails: after a roll-back by its alarms it is in service with the model before."""

import json

import pytest

from endpoint_test import __main__ as program
from endpoint_test.deployed import differences

DIGEST = "sha256:" + "a" * 64
IMAGE = f"141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost@{DIGEST}"
FOLDER = "churn--releases-111111111111-eu-west-1/p-1/churn--forecast-p-1/3/abc"
RELEASE = {"modelDataUrl": f"s3://{FOLDER}/model.tar.gz", "image": IMAGE}


def endpoint(folder=FOLDER, image=IMAGE):
    return {
        "EndpointStatus": "InService",
        "DataCaptureConfig": {"DestinationS3Uri": f"s3://captures-of-the-target/captures/{folder}"},
        "ProductionVariants": [{"VariantName": "live", "DeployedImages": [{"SpecifiedImage": image, "ResolvedImage": image}]}],
    }


def test_what_was_released():
    assert differences(endpoint(), RELEASE) == []


def test_a_copy_of_the_image_in_the_target():
    copy = f"222222222222.dkr.ecr.eu-west-1.amazonaws.com/churn/staging/releases@{DIGEST}"
    assert differences(endpoint(image=copy), RELEASE) == []


def test_the_version_before():
    before = FOLDER.replace("/3/abc", "/2/xyz")
    assert differences(endpoint(before), RELEASE) == [
        f"it captures to s3://captures-of-the-target/captures/{before}, and what was released is {FOLDER}"
    ]


def test_a_version_whose_number_begins_alike():
    assert differences(endpoint(f"{FOLDER}d"), RELEASE) != []


def test_another_image():
    other = IMAGE.replace("a" * 64, "b" * 64)
    assert differences(endpoint(image=other), RELEASE) == [f"it runs the image {other}, and what was released is {IMAGE}"]


def test_an_endpoint_that_captures_nothing_is_known_by_its_image():
    assert differences({**endpoint(), "DataCaptureConfig": {}}, RELEASE) == []
    assert differences({"EndpointStatus": "InService"}, RELEASE) == ["SageMaker says neither what it captures nor which image it runs"]


class TestTheProgram:
    @pytest.fixture
    def tested(self, tmp_path, monkeypatch):
        """The test of one account whose endpoint is described so, and answers well."""
        variables = {"ENDPOINT_NAME": "churn--staging--forecast", "ENDPOINT_TEST_ROLE": "test", "REQUESTS": "2", "ERROR_PERCENTAGE": "0"}
        for name, value in {**variables, "LATENCY_OF_95_PERCENT": "200", "AWS_REGION": "eu-west-1"}.items():
            monkeypatch.setenv(name, value)
        (tmp_path / "sample-payload.csv").write_text("1,2\n")
        (tmp_path / "accounts.json").write_text('["222222222222"]')
        (tmp_path / "release.json").write_text(json.dumps(RELEASE))

        def run(described):
            class Endpoint:
                def __init__(self, *_):
                    self.described = described

                def invoke(self, _, content_type):
                    return "3\n"

            monkeypatch.setattr(program, "Endpoint", Endpoint)
            return program.main(["--release", str(tmp_path), "--accounts", str(tmp_path / "accounts.json"), "--tests", str(tmp_path / "none.json")])

        return run

    def test_passes_what_was_released(self, tested):
        assert tested(endpoint()) == 0

    def test_fails_where_the_endpoint_has_gone_back(self, tested, capsys):
        assert tested(endpoint(FOLDER.replace("/3/", "/2/"))) == 1
        assert "222222222222: the endpoint churn--staging--forecast does not run what was released: it captures to s3://" in capsys.readouterr().err

    def test_fails_where_it_is_not_in_service(self, tested, capsys):
        assert tested({**endpoint(), "EndpointStatus": "RollingBack"}) == 1
        assert "222222222222: the endpoint churn--staging--forecast is RollingBack" in capsys.readouterr().err
