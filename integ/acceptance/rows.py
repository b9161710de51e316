"""Runs in a job of the environment, and leaves rows where batch inference looks for them: ten numbers each, as the bundled set has."""
import os

import boto3

ROWS = 20
rows = "\n".join(",".join(f"{(row * column) % 7 / 100 - 0.03:.2f}" for column in range(1, 11)) for row in range(ROWS))
boto3.client("s3").put_object(Bucket=os.environ["DATA_BUCKET"], Key=f"{os.environ['BATCH_INPUT']}rows.csv", Body=f"{rows}\n".encode())

with open("/opt/ml/output/message", "w", encoding="utf-8") as file:
    file.write(f"{ROWS} rows")
