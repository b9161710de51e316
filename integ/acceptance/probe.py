"""Runs in a job of the environment, and says what a job's code can reach: one line that the job leaves as its exit message."""
import os
import socket
import sys
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

BUCKET = os.environ["DATA_BUCKET"]
KEY = "outputs/acceptance/probe.txt"
SAMPLES = f"sagemaker-sample-files-prod-{os.environ['AWS_REGION']}"
QUICK = Config(connect_timeout=5, read_timeout=10, retries={"max_attempts": 1})
found = []


def expect(what, allowed, call):
    """Does something that must be allowed, or refused."""
    try:
        call()
        happened, why = True, ""
    except (ClientError, BotoCoreError, OSError) as refused:
        happened, why = False, f" ({type(refused).__name__}: {str(refused)[:120]})"
    if happened != allowed:
        found.append(f"{what} was {'allowed' if happened else 'refused'}{why}")


s3 = boto3.client("s3", config=QUICK)
expect("an object under outputs/", True, lambda: s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"x"))
expect("reading it", True, lambda: s3.get_object(Bucket=BUCKET, Key=KEY))
expect("an object under AWS's key", False, lambda: s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", ServerSideEncryption="aws:kms"))
expect("an object outside of outputs/", False, lambda: s3.put_object(Bucket=BUCKET, Key="acceptance/probe.txt", Body=b"x"))
expect("a bucket of another account", False, lambda: s3.list_objects_v2(Bucket=SAMPLES, MaxKeys=1))
expect("its own name", True, lambda: boto3.client("sts", config=QUICK).get_caller_identity())
expect("starting a job", False, lambda: boto3.client("sagemaker", config=QUICK).stop_processing_job(ProcessingJobName="acceptance"))
if os.environ.get("LEADS_OUT") != "yes":  # what a firewall lets pass has a program of its own
    expect("the internet", False, lambda: socket.create_connection(("1.1.1.1", 443), timeout=5))
expect("tidying up", True, lambda: s3.delete_object(Bucket=BUCKET, Key=KEY))

message = "; ".join(found) or "everything as it should be"
with open("/opt/ml/output/message", "w", encoding="utf-8") as file:
    file.write(message[:1000])
sys.exit(1 if found else 0)
