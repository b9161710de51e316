"""Runs in a job of the environment: adds a record to a feature group and looks it up, or reads what the offline store has of it."""
import os
import time

import boto3

GROUP, BUCKET, REGION = os.environ["FEATURE_GROUP"], os.environ["OFFLINE_STORE"], os.environ["AWS_REGION"]
RECORD = {"id": "acceptance", "time": str(time.time()), "orders": "3.0"}


def looked_up() -> str:
    store = boto3.client("sagemaker-featurestore-runtime", region_name=REGION)
    store.put_record(FeatureGroupName=GROUP, Record=[{"FeatureName": name, "ValueAsString": value} for name, value in RECORD.items()])
    found = store.get_record(FeatureGroupName=GROUP, RecordIdentifierValueAsString="acceptance")["Record"]
    assert {one["FeatureName"]: one["ValueAsString"] for one in found}["orders"] == "3.0", found
    return "the record is there"


def in_history() -> str:
    files = boto3.client("s3", region_name=REGION).list_objects_v2(Bucket=BUCKET).get("Contents", [])
    kept = [one["Key"] for one in files if one["Key"].endswith(".parquet")]
    assert kept, f"there is no Parquet in {BUCKET}"
    boto3.client("s3", region_name=REGION).get_object(Bucket=BUCKET, Key=kept[0])["Body"].read()
    return f"{len(kept)} files of Parquet"


said = in_history() if os.environ["ASK"] == "history" else looked_up()
with open("/opt/ml/output/message", "w", encoding="utf-8") as file:
    file.write(said)
