"""A notebook with version 3 of the SageMaker Python SDK, written as its documentation writes: no network, no key, no role."""

import json
import os
import sys

sys.path.insert(0, __file__.rsplit("/", 1)[0])

from sagemaker.core.helper.session_helper import Session, get_execution_role  # noqa: E402
from sagemaker.core.processing import ProcessingInput, ProcessingOutput, Processor, ScriptProcessor  # noqa: E402
from sagemaker.core.shapes import ProcessingS3Input, ProcessingS3Output  # noqa: E402
from sagemaker.core.training.configs import Compute, InputData, SourceCode  # noqa: E402
from sagemaker.train.model_trainer import ModelTrainer  # noqa: E402

from notebook import BUCKET, GROUP, IMAGE, MODEL_DATA, TRAIN, as_role, cell, offline_store, run_all, script  # noqa: E402

ON = {"instance_count": 1, "instance_type": "ml.m5.xlarge"}
JOB = {**ON, **as_role()}
HOUR = 3600


def trainer(**more: object) -> ModelTrainer:
    return ModelTrainer(training_image=IMAGE, compute=Compute(**ON), **more)


def channels() -> list[InputData]:
    return [InputData(channel_name="train", data_source=TRAIN)]


@cell("Session.upload_data, list, read, download")
def files() -> None:
    session = Session()
    bucket, prefix = session.default_bucket(), session.default_bucket_prefix
    session.upload_data(script("1,2\n"), bucket, f"{prefix}/train")
    keys = session.list_s3_files(bucket, f"{prefix}/train")
    session.read_s3_file(bucket, keys[0])
    session.download_data("down", bucket, keys[0])


@cell("get_execution_role")
def role() -> None:
    get_execution_role()


@cell("ModelTrainer.train")
def train() -> None:
    trainer().train(channels())


@cell("ModelTrainer.train of a script of one's own")
def train_script() -> None:
    folder, name = script().rsplit("/", 1)
    trainer(source_code=SourceCode(source_dir=folder, entry_script=name)).train(channels())


@cell("ModelTrainer.train on an instance with local storage")
def train_gpu() -> None:
    ModelTrainer(training_image=IMAGE, compute=Compute(instance_type="ml.g5.xlarge", instance_count=1)).train(channels())


@cell("TrainingJob.create, get, stop")
def core_job() -> None:
    from sagemaker.core.resources import TrainingJob
    from sagemaker.core.shapes import AlgorithmSpecification, OutputDataConfig, ResourceConfig, StoppingCondition

    job = TrainingJob.create(
        training_job_name="one",
        role_arn=get_execution_role(),
        algorithm_specification=AlgorithmSpecification(training_image=IMAGE, training_input_mode="File"),
        output_data_config=OutputDataConfig(s3_output_path=f"s3://{BUCKET}/outputs/model"),
        resource_config=ResourceConfig(**ON, volume_size_in_gb=30),
        stopping_condition=StoppingCondition(max_runtime_in_seconds=HOUR),
    )
    job.wait(logs=True)
    TrainingJob.get("one").stop()


@cell("Processor.run")
def process() -> None:
    Processor(image_uri=IMAGE, **JOB, max_runtime_in_seconds=HOUR).run(
        inputs=[ProcessingInput(input_name="in", s3_input=ProcessingS3Input(s3_uri=TRAIN, local_path="/opt/ml/processing/input", s3_data_type="S3Prefix", s3_input_mode="File"))],
        outputs=[
            ProcessingOutput(
                output_name="features", s3_output=ProcessingS3Output(s3_uri=f"s3://{BUCKET}/outputs/features", local_path="/opt/ml/processing/output", s3_upload_mode="EndOfJob")
            )
        ],
    )


@cell("Processor.run without a longest run time")
def process_without_end() -> None:
    Processor(image_uri=IMAGE, **JOB).run()


@cell("ScriptProcessor.run of a script of one's own")
def process_script() -> None:
    ScriptProcessor(image_uri=IMAGE, command=["python3"], **JOB, max_runtime_in_seconds=HOUR).run(code=script())


@cell("HyperparameterTuner.tune")
def tune() -> None:
    from sagemaker.core.parameter import ContinuousParameter
    from sagemaker.train.tuner import HyperparameterTuner

    tuner = HyperparameterTuner(trainer(), "validation:rmse", {"eta": ContinuousParameter(0.1, 0.5)}, objective_type="Minimize", max_jobs=2)
    tuner.tune(channels())
    tuner.describe()
    tuner.best_training_job()


@cell("ModelBuilder.build")
def build() -> None:
    builder().build()


def builder() -> "object":
    from sagemaker.serve.model_builder import ModelBuilder

    return ModelBuilder(image_uri=IMAGE, s3_model_data_url=MODEL_DATA, instance_type="ml.m5.xlarge", model_path="model")


@cell("ModelBuilder.build, register")
def build_register() -> None:
    made = builder()
    made.build()
    made.register(
        model_package_group_name=GROUP, content_types=["text/csv"], response_types=["text/csv"], inference_instances=["ml.m5.xlarge"], transform_instances=["ml.m5.xlarge"]
    )


@cell("ModelPackageGroup.create, ModelPackage.create")
def register() -> None:
    from sagemaker.core.resources import ModelPackage, ModelPackageGroup
    from sagemaker.core.shapes import ContainersItem, InferenceSpecification

    ModelPackageGroup.create(model_package_group_name=GROUP)
    ModelPackage.create(
        model_package_group_name=GROUP,
        inference_specification=InferenceSpecification(
            containers=[ContainersItem(image=IMAGE, model_data_url=MODEL_DATA)],
            supported_content_types=["text/csv"],
            supported_response_mime_types=["text/csv"],
        ),
    )


@cell("Model.create, Transformer.transform")
def transform() -> None:
    from sagemaker.core.resources import Model
    from sagemaker.core.shapes import ContainerDefinition
    from sagemaker.core.transformer import Transformer

    Model.create(model_name="one", execution_role_arn=get_execution_role(), primary_container=ContainerDefinition(image=IMAGE, model_data_url=MODEL_DATA))
    Transformer(model_name="one", **ON, sagemaker_session=Session()).transform(TRAIN, content_type="text/csv", split_type="Line")


@cell("Pipeline.upsert, start")
def pipeline() -> None:
    from sagemaker.core.parameter import ContinuousParameter
    from sagemaker.core.workflow.parameters import ParameterString
    from sagemaker.core.workflow.pipeline_context import PipelineSession
    from sagemaker.mlops.workflow.pipeline import Pipeline
    from sagemaker.mlops.workflow.steps import ProcessingStep, TrainingStep, TuningStep
    from sagemaker.train.tuner import HyperparameterTuner

    session = PipelineSession()
    data = ParameterString("InputData", default_value=TRAIN)
    processor = ScriptProcessor(image_uri=IMAGE, command=["python3"], **JOB, sagemaker_session=session)
    process = ProcessingStep(
        "Process",
        step_args=processor.run(
            code=script(),
            outputs=[
                ProcessingOutput(
                    output_name="features",
                    s3_output=ProcessingS3Output(s3_uri=f"s3://{BUCKET}/outputs/features", local_path="/opt/ml/processing/output", s3_upload_mode="EndOfJob"),
                )
            ],
        ),
    )
    learner = trainer(sagemaker_session=session)
    train = TrainingStep("Train", step_args=learner.train([InputData(channel_name="train", data_source=data)]))
    tuner = HyperparameterTuner(learner, "validation:rmse", {"eta": ContinuousParameter(0.1, 0.5)}, objective_type="Minimize", max_jobs=2)
    tuned = TuningStep("Tune", step_args=tuner.tune(channels()))
    whole = Pipeline(name="churn--nightly", parameters=[data], steps=[process, train, tuned], sagemaker_session=session)
    whole.upsert(**as_role("role_arn"))
    execution = whole.start()
    execution.describe()
    execution.list_steps()


@cell("Pipeline.upsert under a name of one's own")
def pipeline_other_name() -> None:
    from sagemaker.mlops.workflow.pipeline import Pipeline

    Pipeline(name="nightly", steps=[], sagemaker_session=Session()).upsert(**as_role("role_arn"))


@cell("Run: experiments")
def run() -> None:
    from sagemaker.core.experiments.run import Run

    with Run(experiment_name="churn--first", run_name="one", sagemaker_session=Session()) as tried:
        tried.log_parameter("eta", 0.3)
        tried.log_metric("rmse", 0.5)


@cell("@remote")
def remote_function() -> None:
    from sagemaker.core.remote_function import remote

    @remote(instance_type="ml.m5.xlarge", image_uri=IMAGE, max_runtime_in_seconds=HOUR, dependencies=None)
    def add(one: int, other: int) -> int:
        return one + other

    add(1, 2)


def features() -> dict[str, object]:
    from sagemaker.core.shapes import FeatureDefinition

    definitions = [FeatureDefinition(feature_name="id", feature_type="Integral"), FeatureDefinition(feature_name="time", feature_type="Fractional")]
    return {"record_identifier_feature_name": "id", "event_time_feature_name": "time", "feature_definitions": definitions, **as_role("role_arn")}


def offline() -> object:
    from sagemaker.core.shapes import OfflineStoreConfig, S3StorageConfig

    return OfflineStoreConfig(s3_storage_config=S3StorageConfig(s3_uri=offline_store()))


@cell("FeatureGroup.create, put_record, get_record, delete")
def feature_group() -> None:
    from sagemaker.core.shapes import FeatureValue, OnlineStoreConfig
    from sagemaker.mlops.feature_store import FeatureGroup

    online = OnlineStoreConfig(enable_online_store=True)
    group = FeatureGroup.create(feature_group_name="churn--customers", offline_store_config=offline(), online_store_config=online, **features())
    group.put_record(record=[FeatureValue(feature_name="id", value_as_string="1"), FeatureValue(feature_name="time", value_as_string="1.0")])
    group.get_record(record_identifier_value_as_string="1")
    group.delete()


@cell("FeatureGroup.create with an offline store alone")
def offline_group() -> None:
    from sagemaker.mlops.feature_store import FeatureGroup

    FeatureGroup.create(feature_group_name="churn--history", offline_store_config=offline(), **features())


@cell("ModelBuilder.deploy")
def deploy() -> None:
    made = builder()
    made.build()
    made.deploy(endpoint_name="one", wait=False)


@cell("notebooks/a-day.ipynb of a training project")
def a_day() -> None:
    project = os.environ["PROJECT"]
    os.chdir(project)
    with open(f"{project}/notebooks/a-day.ipynb") as file:
        code = ["".join(one["source"]) for one in json.load(file)["cells"] if one["cell_type"] == "code"]
    exec("\n".join(code), {"__name__": "__main__"})


run_all()
