"""What is sent for requests: a list of service, operation and parameters comes in, what leaves botocore goes out. Nothing is really sent."""

import json
import sys

import botocore.session
from botocore.awsrequest import AWSResponse


session = botocore.session.Session()
session.set_credentials("AKIDEXAMPLE", "secret")
clients = {}


def sent(service, operation, parameters):
    if service not in clients:
        clients[service] = session.create_client(service, region_name="eu-west-1")
    client, seen = clients[service], {}

    def stop(model, params, **_):
        seen.update(json.loads(params["body"]) if service == "sagemaker" else params["headers"])
        return AWSResponse("https://nowhere", 200, {}, None), {}

    client.meta.events.register_first("before-call", stop)
    client._make_api_call(operation, parameters)
    client.meta.events.unregister("before-call", stop)
    return seen


json.dump([sent(*request) for request in json.load(sys.stdin)], sys.stdout)
