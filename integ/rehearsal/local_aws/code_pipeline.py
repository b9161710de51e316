"""CodePipeline as people and rules meet it: pipelines are started, show their state, and wait for approvals.

What a pipeline does is played by the driver, which reports each stage and action, and asks what people have said.
"""
from typing import Any

from .emulator import AccountRegionScopedDict, account, hexadecimal, new_uuid, region, serve_json
from .json_api import JsonApi, Refused, Request
from .records import records_of

_PIPELINE = "AWS::CodePipeline::Pipeline"
#: Name of a pipeline → what the driver has reported: {"stages": {stage: {action: {"status", "token"?}}}}.
STATES = AccountRegionScopedDict()
#: Executions that were asked for and not begun, and approvals that were given and not read.
STARTED = AccountRegionScopedDict()
ANSWERED = AccountRegionScopedDict()
#: Pipeline/stage → the execution that the stage is to be rolled back to; and the executions that were good in a stage.
ROLLED_BACK = AccountRegionScopedDict()
SUCCEEDED = AccountRegionScopedDict()


def install() -> None:
    serve_json("codepipeline", "CodePipeline_20150709.", JsonApi("codepipeline", {
        "GetPipelineState": _state, "PutApprovalResult": _approve, "RollbackStage": _roll_back, "StartPipelineExecution": _start,
    }).handle)


def resource(request: Request) -> str:
    """What a call is about: a pipeline, or an action of one of its stages."""
    steps = [request.get("name") or request.get("pipelineName", "*"), *(request[step] for step in ("stageName", "actionName") if step in request)]
    return f"arn:aws:codepipeline:{region()}:{account()}:{'/'.join(steps)}"


def report(said: dict[str, Any]) -> dict[str, Any]:
    """`{"pipeline", "stage", "action", "status"}`: how far the driver is. An approval that is waited for gets a token.
    `{"pipeline", "stage", "execution"}`: an execution has come through the stage."""
    if "execution" in said:
        stage = f"{said['pipeline']}/{said['stage']}"
        SUCCEEDED[stage] = [*SUCCEEDED.get(stage, []), said["execution"]]
        return {}
    stages = STATES.setdefault(said["pipeline"], {})
    token = {"token": hexadecimal(32)} if said["status"] == "InProgress" else {}
    stages.setdefault(said["stage"], {})[said["action"]] = {"status": said["status"], **token}
    return {}


def told() -> dict[str, Any]:
    """What was asked for and said since the last time."""
    answer = {"started": dict(STARTED.items()), "answered": dict(ANSWERED.items()), "rolledBack": dict(ROLLED_BACK.items())}
    for store in (STARTED, ANSWERED, ROLLED_BACK):
        for key in list(store.keys()):
            del store[key]
    return answer


def _known(name: str) -> None:
    if not any(record.properties.get("Name") == name for record in records_of(_PIPELINE)):
        raise Refused("PipelineNotFoundException", f"Account '{account()}' does not have a pipeline with name '{name}'")


def _start(request: Request) -> Request:
    _known(request["name"])
    execution = hexadecimal(32)
    STARTED[request["name"]] = execution
    return {"pipelineExecutionId": execution}


def _roll_back(request: Request) -> Request:
    """To an execution that was good in this stage, as it was then; the source is not rolled back."""
    _known(request["pipelineName"])
    stage = f"{request['pipelineName']}/{request['stageName']}"
    if request["targetPipelineExecutionId"] not in SUCCEEDED.get(stage, []):
        raise Refused("PipelineExecutionNotFoundException", f"The execution {request['targetPipelineExecutionId']} was not successful in the stage {stage}")
    ROLLED_BACK[stage] = request["targetPipelineExecutionId"]
    return {"pipelineExecutionId": new_uuid()}


def _state(request: Request) -> Request:
    _known(request["name"])
    stages = STATES.get(request["name"]) or {}
    return {"pipelineName": request["name"], "stageStates": [
        {"stageName": stage, "actionStates": [{"actionName": name, "latestExecution": state} for name, state in actions.items()]}
        for stage, actions in stages.items()]}


def _approve(request: Request) -> Request:
    _known(request["pipelineName"])
    state = ((STATES.get(request["pipelineName"]) or {}).get(request["stageName"]) or {}).get(request["actionName"])
    if state is None or state.get("token") != request["token"]:
        raise Refused("InvalidApprovalTokenException", "Invalid approval token provided.")
    ANSWERED[f"{request['pipelineName']}/{request['stageName']}"] = request["result"]["status"]
    return {}
