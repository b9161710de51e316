"""A notebook with version 2 of the SageMaker Python SDK, written as its documentation writes: no network, no key, no role."""

import sys

sys.path.insert(0, __file__.rsplit("/", 1)[0])

import sagemaker  # noqa: E402
from sagemaker.estimator import Estimator  # noqa: E402
from sagemaker.model import Model  # noqa: E402
from sagemaker.processing import ProcessingInput, ProcessingOutput, Processor, ScriptProcessor  # noqa: E402
from sagemaker.sklearn import SKLearnProcessor  # noqa: E402
from sagemaker.tuner import ContinuousParameter, HyperparameterTuner  # noqa: E402
from sagemaker.xgboost import XGBoost, XGBoostModel  # noqa: E402

from notebook import BUCKET, GROUP, IMAGE, MODEL_DATA, TRAIN, as_role, cell, offline_store, run_all, script  # noqa: E402

AS = as_role()
ON = {"instance_count": 1, "instance_type": "ml.m5.xlarge"}
JOB = {**ON, **AS}
HOUR = 3600


def estimator(**more: object) -> Estimator:
    return Estimator(image_uri=IMAGE, **JOB, max_run=HOUR, **more)


@cell("Session.upload_data, list, read, download")
def files() -> None:
    session = sagemaker.Session()
    bucket, prefix = session.default_bucket(), session.default_bucket_prefix
    session.upload_data(script("1,2\n"), key_prefix="train")
    keys = session.list_s3_files(bucket, f"{prefix}/train")
    session.read_s3_file(bucket, keys[0])
    session.download_data("down", bucket, keys[0])


@cell("get_execution_role")
def role() -> None:
    sagemaker.get_execution_role()


@cell("Estimator.fit")
def fit() -> None:
    estimator().fit({"train": TRAIN})


@cell("Estimator.fit of a built-in algorithm with hyper-parameters, without waiting")
def fit_built_in() -> None:
    image = sagemaker.image_uris.retrieve("xgboost", "us-east-1", "1.7-1")
    Estimator(image_uri=image, **JOB, max_run=HOUR, hyperparameters={"num_round": 10}).fit({"train": TRAIN}, wait=False)


@cell("XGBoost.fit of a script of one's own")
def fit_script() -> None:
    XGBoost(entry_point=script(), framework_version="1.7-1", **JOB, max_run=HOUR).fit({"train": TRAIN})


@cell("Estimator.attach")
def attach() -> None:
    made = estimator()
    made.fit({"train": TRAIN}, wait=False)
    Estimator.attach(made.latest_training_job.name)


@cell("Processor.run")
def process() -> None:
    Processor(image_uri=IMAGE, **JOB, max_runtime_in_seconds=HOUR).run(
        inputs=[ProcessingInput(source=TRAIN, destination="/opt/ml/processing/input")],
        outputs=[ProcessingOutput(source="/opt/ml/processing/output", output_name="features")],
    )


@cell("Processor.run without a longest run time")
def process_without_end() -> None:
    Processor(image_uri=IMAGE, **JOB).run()


@cell("ScriptProcessor.run of a script of one's own")
def process_script() -> None:
    ScriptProcessor(image_uri=IMAGE, command=["python3"], **JOB, max_runtime_in_seconds=HOUR).run(code=script())


@cell("SKLearnProcessor.run")
def process_sklearn() -> None:
    SKLearnProcessor(framework_version="1.2-1", **JOB, max_runtime_in_seconds=HOUR).run(code=script())


@cell("SageMakerClarifyProcessor.run_bias")
def clarify() -> None:
    from sagemaker.clarify import BiasConfig, DataConfig, SageMakerClarifyProcessor

    SageMakerClarifyProcessor(role=sagemaker.get_execution_role(), **ON, max_runtime_in_seconds=HOUR, sagemaker_session=sagemaker.Session()).run_pre_training_bias(
        DataConfig(s3_data_input_path=TRAIN, s3_output_path=f"s3://{BUCKET}/outputs/bias", label="y", headers=["y", "x"], dataset_type="text/csv"),
        BiasConfig(label_values_or_threshold=[1], facet_name="x"),
    )


@cell("Model.create")
def model() -> None:
    Model(image_uri=IMAGE, model_data=MODEL_DATA, sagemaker_session=sagemaker.Session(), **AS).create(instance_type="ml.m5.xlarge")


@cell("Model.transformer, transform")
def transform() -> None:
    made = Model(image_uri=IMAGE, model_data=MODEL_DATA, sagemaker_session=sagemaker.Session(), **AS)
    made.transformer(**ON).transform(TRAIN, content_type="text/csv", split_type="Line")


@cell("Estimator.transformer, transform")
def transform_estimator() -> None:
    made = estimator()
    made.fit({"train": TRAIN})
    made.transformer(**ON).transform(TRAIN, content_type="text/csv", split_type="Line")


@cell("XGBoostModel.create with a script of one's own")
def model_script() -> None:
    XGBoostModel(model_data=MODEL_DATA, entry_point=script(), framework_version="1.7-1", sagemaker_session=sagemaker.Session(), **AS).create(instance_type="ml.m5.xlarge")


@cell("HyperparameterTuner.fit")
def tune() -> None:
    tuner = HyperparameterTuner(estimator(), "validation:rmse", {"eta": ContinuousParameter(0.1, 0.5)}, objective_type="Minimize", max_jobs=2)
    tuner.fit({"train": TRAIN})
    tuner.describe()
    tuner.best_training_job()


@cell("Pipeline.upsert, start")
def pipeline() -> None:
    from sagemaker.inputs import TrainingInput
    from sagemaker.workflow.model_step import ModelStep
    from sagemaker.workflow.parameters import ParameterInteger, ParameterString
    from sagemaker.workflow.pipeline import Pipeline
    from sagemaker.workflow.pipeline_context import PipelineSession
    from sagemaker.workflow.steps import ProcessingStep, TrainingStep, TransformStep, TuningStep

    session = PipelineSession()
    data = ParameterString("InputData", default_value=TRAIN)
    count = ParameterInteger("InstanceCount", default_value=1)
    on = {"instance_count": count, "instance_type": "ml.m5.xlarge", "sagemaker_session": session, **AS}
    processor = SKLearnProcessor(framework_version="1.2-1", max_runtime_in_seconds=HOUR, **on)
    process = ProcessingStep(
        "Process",
        step_args=processor.run(
            code=script(),
            inputs=[ProcessingInput(source=data, destination="/opt/ml/processing/input")],
            outputs=[ProcessingOutput(source="/opt/ml/processing/output", output_name="features")],
        ),
    )
    features = process.properties.ProcessingOutputConfig.Outputs["features"].S3Output.S3Uri
    learner = Estimator(image_uri=IMAGE, max_run=HOUR, **on)
    train = TrainingStep("Train", step_args=learner.fit({"train": TrainingInput(features)}))
    tuner = HyperparameterTuner(learner, "validation:rmse", {"eta": ContinuousParameter(0.1, 0.5)}, objective_type="Minimize", max_jobs=2)
    tune_step = TuningStep("Tune", step_args=tuner.fit({"train": TrainingInput(features)}))
    made = Model(image_uri=IMAGE, model_data=train.properties.ModelArtifacts.S3ModelArtifacts, sagemaker_session=session, **AS)
    create = ModelStep("Create", step_args=made.create(instance_type="ml.m5.xlarge"))
    from sagemaker.transformer import Transformer

    transformer = Transformer(model_name=create.properties.ModelName, instance_count=1, instance_type="ml.m5.xlarge", sagemaker_session=session)
    predict = TransformStep("Predict", step_args=transformer.transform(data=features, content_type="text/csv"))
    register = ModelStep(
        "Register",
        step_args=made.register(
            content_types=["text/csv"],
            response_types=["text/csv"],
            model_package_group_name=GROUP,
            approval_status="PendingManualApproval",
        ),
    )
    whole = Pipeline(name="churn--nightly", parameters=[data, count], steps=[process, train, tune_step, create, predict, register], sagemaker_session=session)
    whole.upsert(**as_role("role_arn"))
    execution = whole.start()
    execution.describe()
    execution.list_steps()


@cell("Pipeline.upsert under a name of one's own")
def pipeline_other_name() -> None:
    from sagemaker.workflow.pipeline import Pipeline

    Pipeline(name="nightly", steps=[], sagemaker_session=sagemaker.Session()).upsert(**as_role("role_arn"))


@cell("Model.register")
def register() -> None:
    Model(image_uri=IMAGE, model_data=MODEL_DATA, sagemaker_session=sagemaker.Session(), **AS).register(
        content_types=["text/csv"],
        response_types=["text/csv"],
        model_package_group_name=GROUP,
        inference_instances=["ml.m5.xlarge"],
        transform_instances=["ml.m5.xlarge"],
        approval_status="PendingManualApproval",
    )


@cell("Model.register, approved from the beginning")
def register_approved() -> None:
    Model(image_uri=IMAGE, model_data=MODEL_DATA, sagemaker_session=sagemaker.Session(), **AS).register(
        content_types=["text/csv"],
        response_types=["text/csv"],
        model_package_group_name=GROUP,
        approval_status="Approved",
    )


@cell("Estimator.register")
def register_estimator() -> None:
    made = estimator()
    made.fit({"train": TRAIN})
    made.register(
        content_types=["text/csv"], response_types=["text/csv"], model_package_group_name=GROUP, inference_instances=["ml.m5.xlarge"], transform_instances=["ml.m5.xlarge"]
    )


@cell("Run: experiments")
def run() -> None:
    from sagemaker.experiments.run import Run

    with Run(experiment_name="churn--first", run_name="one", sagemaker_session=sagemaker.Session()) as tried:
        tried.log_parameter("eta", 0.3)
        tried.log_metric("rmse", 0.5)
        tried.log_file(script(), name="notes")


@cell("@remote")
def remote_function() -> None:
    from sagemaker.remote_function import remote

    @remote(instance_type="ml.m5.xlarge", image_uri=IMAGE, max_runtime_in_seconds=HOUR, dependencies=None)
    def add(one: int, other: int) -> int:
        return one + other

    add(1, 2)


@cell("FeatureGroup.create, put_record, ingest, get_record, delete")
def feature_group() -> None:
    import pandas
    from sagemaker.feature_store.feature_group import FeatureGroup
    from sagemaker.feature_store.inputs import FeatureValue

    rows = pandas.DataFrame({"id": [1], "time": [1.0]})
    group = FeatureGroup(name="churn--customers", sagemaker_session=sagemaker.Session())
    group.load_feature_definitions(rows)
    group.create(s3_uri=offline_store(), record_identifier_name="id", event_time_feature_name="time", enable_online_store=True, **as_role("role_arn"))
    group.put_record([FeatureValue("id", "2"), FeatureValue("time", "2.0")])
    group.ingest(rows, max_workers=1, max_processes=1, wait=True)
    group.get_record("1")
    group.delete()


@cell("FeatureGroup.create with an offline store alone")
def offline_group() -> None:
    import pandas
    from sagemaker.feature_store.feature_group import FeatureGroup

    group = FeatureGroup(name="churn--history", sagemaker_session=sagemaker.Session())
    group.load_feature_definitions(pandas.DataFrame({"id": [1], "time": [1.0]}))
    group.create(s3_uri=offline_store(), record_identifier_name="id", event_time_feature_name="time", enable_online_store=False, **as_role("role_arn"))


@cell("sagemaker.modules: ModelTrainer.train")
def trainer() -> None:
    from sagemaker.modules.configs import Compute, InputData, SourceCode
    from sagemaker.modules.train import ModelTrainer

    folder, name = script().rsplit("/", 1)
    ModelTrainer(training_image=IMAGE, source_code=SourceCode(source_dir=folder, entry_script=name), compute=Compute(instance_type="ml.m5.xlarge", instance_count=1)).train(
        [InputData(channel_name="train", data_source=TRAIN)]
    )


@cell("TrainingJobAnalytics.dataframe")
def analytics() -> None:
    from sagemaker.analytics import TrainingJobAnalytics

    made = estimator(metric_definitions=[{"Name": "rmse", "Regex": "rmse: (.*)"}])
    made.fit({"train": TRAIN}, wait=False)
    TrainingJobAnalytics(made.latest_training_job.name, metric_names=["rmse"]).dataframe()


@cell("Model.deploy")
def deploy() -> None:
    Model(image_uri=IMAGE, model_data=MODEL_DATA, sagemaker_session=sagemaker.Session(), **AS).deploy(initial_instance_count=1, instance_type="ml.m5.xlarge", wait=False)


@cell("Model.deploy, serverless")
def deploy_serverless() -> None:
    from sagemaker.serverless import ServerlessInferenceConfig

    Model(image_uri=IMAGE, model_data=MODEL_DATA, sagemaker_session=sagemaker.Session(), **AS).deploy(serverless_inference_config=ServerlessInferenceConfig(), wait=False)


@cell("DefaultModelMonitor.create_monitoring_schedule")
def monitor() -> None:
    from sagemaker.model_monitor import CronExpressionGenerator, DefaultModelMonitor

    DefaultModelMonitor(role=sagemaker.get_execution_role(), **ON, max_runtime_in_seconds=HOUR).create_monitoring_schedule(
        endpoint_input="churn",
        output_s3_uri=f"s3://{BUCKET}/outputs/monitor",
        schedule_cron_expression=CronExpressionGenerator.daily(),
    )


@cell("ModelCard.create")
def card() -> None:
    from sagemaker.model_card import ModelCard

    ModelCard(name="churn--card", sagemaker_session=sagemaker.Session()).create()


@cell("AutoML.fit")
def automl() -> None:
    from sagemaker.automl.automl import AutoML

    AutoML(target_attribute_name="y", max_candidates=1, **AS).fit(TRAIN, wait=False)


run_all()
