"""AWS as a notebook sees it, on a port of this machine: every request is written down, and answered by the shapes of botocore.

S3 is moto's. SageMaker finds again what was created and says that it is done. Nothing is refused: what AWS would say to a request is
asked of the simulator afterwards.
"""

import io
import json
import re
import sys
import tarfile
import threading
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qsl, unquote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import botocore.session
from botocore.model import OperationModel, Shape
from moto.backends import get_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

Parameters = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]

#: How what was created stands, by the first word that a status knows.
DONE = ("Completed", "Succeeded", "InService", "Created", "Active", "Executing", "COMPLETED", "ACTIVE", "Enabled")
#: What an SDK takes for granted, though the API may leave it out.
ALSO = ("BestTrainingJob", "ModelArtifacts", "PipelineExecutionArn")
LOG_LINE = "the job has said something"


class SageMaker:
    """What was created is found again under its name."""

    def __init__(self, account: str, region: str) -> None:
        self.prefix = f"arn:aws:sagemaker:{region}:{account}:"
        self.model = botocore.session.get_session().get_service_model("sagemaker")
        self.created: dict[tuple[str, str], Parameters] = {}

    def answer(self, operation: str, parameters: Parameters) -> Parameters:
        model = self.model.operation_model(operation)
        verb, kind = re.fullmatch(r"(Batch[A-Z][a-z]+|[A-Z][a-z]+)(.*)", operation).groups()  # type: ignore[union-attr]
        known = dict(parameters)
        if verb == "Create" or operation == "StartPipelineExecution":
            known |= self._create(model, kind, parameters)
        elif verb == "Describe":
            known |= self._find(kind, parameters)
        return self._shaped(model.output_shape, known) if model.output_shape else {}

    def _create(self, model: OperationModel, kind: str, parameters: Parameters) -> Parameters:
        kind = "PipelineExecution" if model.name == "StartPipelineExecution" else kind
        name = parameters.get(f"{kind}Name", "")
        if kind == "PipelineExecution":
            name = f"{parameters['PipelineName']}/execution/abcdefghijkl"
        if kind == "ModelPackage":
            name = f"{parameters.get('ModelPackageGroupName', name)}/1"
        resource = "pipeline" if kind == "PipelineExecution" else re.sub(r"(?<!^)(?=[A-Z])", "-", kind).lower()
        arn = f"{self.prefix}{resource}/{name}"
        record = {**parameters, f"{kind}Arn": arn, f"{kind}Version": 1}
        for key in (name, arn, arn.rsplit("/", 1)[-1]):
            self.created[kind, key] = record
        return record

    def _find(self, kind: str, parameters: Parameters) -> Parameters:
        for value in parameters.values():
            if isinstance(value, str) and (kind, value) in self.created:
                return self.created[kind, value]
        raise NotThere(f"{kind} {parameters} was not created")

    def _shaped(self, shape: Shape, known: Parameters) -> Parameters:
        """The members that AWS always sends, those that are known, and how it stands."""
        answer: Parameters = {}
        for name, member in shape.members.items():  # type: ignore[attr-defined]
            if name in known and known[name] is not None:
                answer[name] = known[name]
            elif name in shape.required_members or name.endswith("Status") or member.type_name in ("list", "timestamp") or name in ALSO:  # type: ignore[attr-defined]
                answer[name] = self._made_up(member)
        return answer

    def _made_up(self, shape: Shape) -> Any:
        choices: list[str] = getattr(shape, "enum", [])
        if choices:
            return next((word for word in DONE if word in choices), choices[0])
        if shape.type_name == "structure":
            return self._shaped(shape, {})
        made_up: dict[str, Any] = {"list": [], "map": {}, "timestamp": 1700000000.0, "integer": 0, "long": 0, "float": 1.0, "double": 1.0, "boolean": False}
        return made_up.get(shape.type_name, "abcdefghijkl")


class NotThere(Exception):
    """AWS would not find it."""


class Recorder:
    """Writes down who asks what, and answers."""

    def __init__(self, world: Parameters) -> None:
        self.world = world
        self.account, self.region = world["account"], world["region"]
        self.sagemaker = SageMaker(self.account, self.region)
        self.requests: list[Parameters] = []
        self.s3 = DomainDispatcherApplication(create_backend_app)
        self.lock = threading.Lock()
        backend = get_backend("s3")[self.account]["aws"]
        for bucket in world["buckets"]:
            backend.create_bucket(bucket, self.region)
        for key, content in (("outputs/train/train.csv", b"1,2\n"), ("outputs/model/model.tar.gz", packed("model.json", b"{}"))):
            backend.put_object(world["buckets"][0], key, content)

    def __call__(self, environ: Parameters, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/recorded":  # what was asked since the last time
            with self.lock:
                taken, self.requests = self.requests, []
            return self._say(start, taken)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        found = re.search(r"/([a-z0-9-]+)/aws4_request", environ.get("HTTP_AUTHORIZATION", ""))
        service = found.group(1) if found else "nobody"
        if service == "s3":
            return self._s3(environ, body, start)
        if service == "sts":
            return self._query(service, dict(parse_qsl(body.decode())), start)
        operation = environ.get("HTTP_X_AMZ_TARGET", "").rsplit(".", 1)[-1] or f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        parameters = json.loads(body or b"{}")
        record = re.fullmatch(r"(PUT|GET|DELETE) /FeatureGroup/([^/?]+)", operation)
        if record:
            operation, parameters = f"{record.group(1).capitalize()}Record", {"FeatureGroupName": record.group(2), **parameters}
        self._record(service, operation, parameters)
        if self._is_refused(service, operation):
            return self._say(start, {"__type": "AccessDeniedException", "message": f"not authorized to perform: {service}:{operation}"}, "400 Bad Request")
        try:
            return self._say(start, self._answer(service, operation, parameters))
        except NotThere as missing:
            return self._say(start, {"__type": "ValidationException", "message": str(missing)}, "400 Bad Request")

    def _record(self, service: str, operation: str, parameters: Parameters) -> None:
        with self.lock:
            self.requests.append({"service": service, "operation": operation, "parameters": parameters})

    def _is_refused(self, service: str, operation: str) -> bool:
        return f"{service}:{operation}" in self.world["refused"]

    def _say(self, start: StartResponse, answer: Any, status: str = "200 OK") -> list[bytes]:
        body = json.dumps(answer).encode()
        start(status, [("Content-Type", "application/x-amz-json-1.1"), ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, service: str, operation: str, parameters: Parameters) -> Parameters:
        if operation == "GetRecord":
            return {"Record": [{"FeatureName": "id", "ValueAsString": "1"}]}
        if operation.endswith("Record"):
            return {}
        if service == "sagemaker" and " " not in operation:
            return self.sagemaker.answer(operation, parameters)
        if service == "ssm":
            names = parameters.get("Names", [parameters.get("Name")])
            there = self.world["parameters"]
            return {"Parameters": [{"Name": name, "Value": there[name]} for name in names if name in there], "InvalidParameters": [name for name in names if name not in there]}
        if operation == "GetMetricStatistics":
            return {"Label": parameters["MetricName"], "Datapoints": []}
        if operation == "DescribeLogStreams":
            return {"logStreams": [{"logStreamName": f"{parameters.get('logStreamNamePrefix', '')}algo-1"}]}
        if operation == "GetLogEvents":
            first = "nextToken" not in parameters
            events = [{"timestamp": 1700000000000, "message": LOG_LINE, "ingestionTime": 1700000000000}] if first else []
            return {"events": events, "nextForwardToken": "f/1", "nextBackwardToken": "b/1"}
        return {}

    def _query(self, service: str, form: dict[str, str], start: StartResponse) -> list[bytes]:
        action = form.pop("Action")
        form.pop("Version", None)
        self._record(service, action, form)
        session = self.world["role"].replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")
        caller = f"<Arn>{session}/SageMaker</Arn><UserId>AROA:SageMaker</UserId><Account>{self.account}</Account>"
        result = f"<{action}Result>{caller if action == 'GetCallerIdentity' else ''}</{action}Result>"
        body = f"<{action}Response>{result}<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>".encode()
        start("200 OK", [("Content-Type", "text/xml"), ("Content-Length", str(len(body)))])
        return [body]

    def _s3(self, environ: Parameters, body: bytes, start: StartResponse) -> Iterable[bytes]:
        bucket, _, key = unquote(environ["PATH_INFO"]).lstrip("/").partition("/")
        headers = {name[5:].lower().replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_X_AMZ_SERVER_SIDE")}
        operation = s3_operation(environ["REQUEST_METHOD"], bucket, key, environ["QUERY_STRING"])
        self._record("s3", operation, {"Bucket": bucket, "Key": key, **headers})
        if self._is_refused("s3", operation):
            refusal = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
            start("403 Forbidden", [("Content-Type", "application/xml"), ("Content-Length", str(len(refusal)))])
            return [refusal]
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        return self.s3(environ, start)  # type: ignore[no-any-return]


def packed(name: str, content: bytes) -> bytes:
    """An archive as training jobs leave one."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as files:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        files.addfile(entry, io.BytesIO(content))
    return archive.getvalue()


def s3_operation(method: str, bucket: str, key: str, query: str) -> str:
    """The operation, by what tells it from others; anything else stands as it came."""
    words = {part.split("=")[0] for part in query.split("&")} - {"", "x-id"}
    if not bucket:
        return "ListBuckets"
    if not key:
        if method == "GET" and words & {"list-type", "prefix"}:
            return "ListObjectsV2"
        return {("HEAD", ""): "HeadBucket", ("PUT", ""): "CreateBucket", ("GET", "location"): "GetBucketLocation"}.get((method, ",".join(sorted(words))), f"{method} ?{query}")
    if words & {"uploads", "uploadId", "partNumber"}:
        return "PutObject"  # in parts
    return {"PUT": "PutObject", "GET": "GetObject", "HEAD": "HeadObject", "DELETE": "DeleteObject"}[method]


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        return


class Server(ThreadingMixIn, WSGIServer):
    """An SDK uploads in several threads."""

    daemon_threads = True


def main() -> None:
    server = make_server("127.0.0.1", 0, Recorder(json.load(sys.stdin)), server_class=Server, handler_class=Quiet)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
