"""`theory.run.v1` in its three dialects: `nested` and `flat` RunOpen, and `request`."""

import asyncio
import json
import os
import urllib.parse

from fastapi import WebSocket

import tasks

SUBPROTOCOL = "theory.run.v1"
PROTOCOL_ERROR = 1002
POLICY = 1008


def add_routes(app, dialect):
    read, answer = {
        "nested": (read_nested, answer_nested),
        "flat": (read_flat, answer_flat),
        "request": (read_request, answer_request),
    }[dialect]
    runs = {}

    async def serve(socket: WebSocket):
        offered = socket.headers.get("sec-websocket-protocol", "")
        if SUBPROTOCOL not in [each.strip() for each in offered.split(",")]:
            await socket.close(PROTOCOL_ERROR)
            return
        await socket.accept(SUBPROTOCOL)
        frame = json.loads(await socket.receive_text())
        run = read(frame)
        if isinstance(run, int):
            await socket.close(run)
            return
        if run.get("role") == "controller":
            await control(socket, runs.get(run["id"]))
            return
        await socket.send_json({"kind": "Ack", "content": {run["key"]: run["id"]}})
        task = asyncio.ensure_future(carry_out(socket, run, answer))
        runs[run["id"]] = task
        try:
            await task
        except asyncio.CancelledError:
            await tell(socket, "Event", {"phase": "preempted"})
        finally:
            del runs[run["id"]]
        # Who asked closes: these servers never do.
        await asyncio.Event().wait()

    app.websocket("/run")(serve)


async def control(socket, task):
    """Nothing is read any more from the socket that a run was asked for with, so there is another one for this."""
    frame = json.loads(await socket.receive_text())
    if frame.get("kind") == "control" and task is not None:
        if frame["content"]["op"].lower() == "preempt":
            task.cancel()


async def tell(socket, kind, content):
    await socket.send_json({"kind": kind, "content": content})


async def carry_out(socket, run, answer):
    await tell(socket, "Event", {"phase": "started"})
    params = run["inputs"].get("params", {})
    task = params.get("do")
    if task == "garbage":
        await socket.send_text("]garbage[")
    if task == "binary":
        await socket.send_bytes(b"\x00\x01")
    if task == "huge":
        await tell(socket, "Token", {"text": "x" * 34_000_000})
    if task == "silent_close":
        await socket.close(1000)
        return
    try:
        below = "/artifacts/" + run["id"] + "/text"
        async for text in tasks.tokens_of({**params, "below": below}):
            await tell(socket, "Token", {"text": text})
        final = answer(run, params)
        await tell(socket, "Event", {"phase": "completed"})
    except tasks.Failed as failed:
        final = error_of(run, failed.error)
    await socket.send_json(final)
    if task == "double":
        await socket.send_json(final)


def read_nested(frame):
    content = frame.get("content")
    if frame.get("kind") != "RunOpen" or not isinstance(content, dict):
        return PROTOCOL_ERROR
    run_id = str(content.get("run_id") or content.get("execution_id") or "").strip()
    role = str(content.get("role", "")).lower()
    if role not in ("client", "controller", "observer") or not run_id:
        return POLICY
    payload = content.get("payload", {})
    return {"role": role, "id": run_id, "key": "run_id", **asked(payload)}


def read_flat(frame):
    content = frame.get("content")
    if frame.get("kind") != "RunOpen" or not isinstance(content, dict):
        return PROTOCOL_ERROR
    run_id = str(content.get("run_id") or "").strip()
    return {"id": run_id, "key": "run_id", **asked(content)} if run_id else POLICY


def read_request(frame):
    if frame.get("kind") != "Request":
        return PROTOCOL_ERROR
    run_id = str(frame.get("control", {}).get("run_id") or "").strip()
    run = {"id": run_id, "key": "run_id", "kind": "request", **asked(frame)}
    return run if run_id else POLICY


def asked(payload):
    return {
        "inputs": payload.get("inputs") or {},
        "outputs": payload.get("outputs") or {},
    }


def answer_nested(run, params):
    """Without places to upload to: files below the id of the run, told by their paths."""
    run_id = run["id"]
    path = f"/artifacts/{run_id}/text/response.txt"
    tasks.write(path, tasks.text_of(params), params)
    outputs = tasks.listed(f"local://{run_id}/text/response.txt", params)
    with open(f"/artifacts/{run_id}/outputs.json", "w", encoding="utf-8") as file:
        json.dump({"outputs": outputs}, file)
    envelope = {"status": "success", "execution_id": run_id, "outputs": outputs}
    meta = {"image_digest": os.environ.get("IMAGE_DIGEST", ""), "proof": {}}
    return {"kind": "RunResult", "content": {**envelope, "meta": meta}}


def answer_flat(run, params):
    """Each output by name, its content in the address of it."""
    text = tasks.text_of(params)
    values = {"response": text, "usage": {"prompt_tokens": 0, "completion_tokens": 2}}
    if params.get("do") in ("link", "link_above", "twin", "pipe"):
        tasks.write(f"/artifacts/{run['id']}/response.txt", text, params)
    outputs = {
        name: f"local://{run['id']}/{name}?data={urllib.parse.quote(json.dumps(value))}"
        for name, value in values.items()
    }
    envelope = {"status": "success", "run_id": run["id"], "outputs": outputs}
    return {"kind": "RunResult", "content": {**envelope, "meta": {}}}


def answer_request(run, params):
    """Writes where it is told to, and says the one and not the other."""
    text = tasks.text_of(params)
    values = {"response": text, "usage": json.dumps({"prompt_tokens": 0})}
    for name, place in run["outputs"].items():
        if name in values and place.startswith("/artifacts/"):
            tasks.write(place, values[name], params if name == "response" else {})
    control = {"run_id": run["id"], "status": "success", "cost_micro": 100}
    outputs = {"response": run["outputs"].get("response"), "tokens": 5}
    return {
        "kind": "Response",
        "control": {**control, "final": True},
        "outputs": outputs,
    }


def error_of(run, error):
    control = {"run_id": run["id"], "status": "error", "cost_micro": 0, "final": True}
    if run.get("kind") == "request":
        return {"kind": "Response", "control": control, "error": error}
    envelope = {"status": "error", "run_id": run["id"], "error": error, "meta": {}}
    return {"kind": "RunResult", "content": envelope}
