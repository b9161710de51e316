"""SageMaker pipelines: executions keep what they were started with."""
import json
import unittest
from typing import Any

from botocore.exceptions import ClientError

from .local import ACCOUNT, LocalAwsTest, client, tell

DEFINITION = {"Version": "2020-12-01", "Parameters": [{"Name": name, "Type": "String", "DefaultValue": "none"} for name in ("Input", "InputVersion", "Previous")], "Steps": []}


class Pipelines(LocalAwsTest):
    def setUp(self) -> None:
        super().setUp()
        self.sagemaker = client("sagemaker")
        self.name = self.stack
        self.sagemaker.create_pipeline(PipelineName=self.name, PipelineDefinition=json.dumps(DEFINITION), ClientRequestToken="t" * 32, RoleArn=f"arn:aws:iam::{ACCOUNT}:role/pipeline")
        self.addCleanup(self.sagemaker.delete_pipeline, PipelineName=self.name, ClientRequestToken="d" * 32)

    def start(self, token: str = "a" * 32, **parameters: str) -> str:
        given = [{"Name": name, "Value": value} for name, value in parameters.items()]
        arn: str = self.sagemaker.start_pipeline_execution(PipelineName=self.name, PipelineParameters=given, ClientRequestToken=token)["PipelineExecutionArn"]
        return arn

    def test_an_execution_keeps_its_parameters_and_its_definition(self) -> None:
        execution = self.start(Input="s3://bucket/a/", InputVersion="1", Previous="s3://bucket/b/")
        self.sagemaker.update_pipeline(PipelineName=self.name, PipelineDefinition=json.dumps({**DEFINITION, "Parameters": []}))
        pages: Any = self.sagemaker.get_paginator("list_pipeline_parameters_for_execution").paginate(PipelineExecutionArn=execution)
        self.assertEqual([one["Value"] for one in pages.build_full_result()["PipelineParameters"]], ["s3://bucket/a/", "1", "s3://bucket/b/"])
        definition = self.sagemaker.describe_pipeline_definition_for_execution(PipelineExecutionArn=execution)["PipelineDefinition"]
        self.assertEqual(json.loads(definition), DEFINITION)

    def test_a_token_starts_one_execution(self) -> None:
        self.assertEqual(self.start("a" * 32), self.start("a" * 32))
        self.assertNotEqual(self.start("a" * 32), self.start("b" * 32))

    def test_a_parameter_that_the_definition_has_not_is_refused(self) -> None:
        with self.assertRaisesRegex(ClientError, r"Unknown parameters \[Inptu\]"):
            self.start(Inptu="s3://bucket/a/")

    def test_an_execution_ends_as_its_steps_have(self) -> None:
        execution = self.start()
        self.assertEqual(self.sagemaker.describe_pipeline_execution(PipelineExecutionArn=execution)["PipelineExecutionStatus"], "Executing")
        tell("execution-ended", {"execution": execution, "status": "Failed", "reason": "the gate"})
        ended = self.sagemaker.describe_pipeline_execution(PipelineExecutionArn=execution)
        self.assertEqual((ended["PipelineExecutionStatus"], ended["FailureReason"]), ("Failed", "the gate"))


if __name__ == "__main__":
    unittest.main()
