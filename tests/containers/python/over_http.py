"""HTTP: `/run`, and `/run-stream` with server-sent events."""

import json
import os

from fastapi import Request
from fastapi.responses import JSONResponse, StreamingResponse

import tasks


def add_routes(app):
    app.post("/run")(run)
    app.post("/run-stream")(run_stream)


async def run(request: Request):
    body, refused = await read(request)
    if refused is not None:
        return refused
    envelope = await envelope_of(body)
    return JSONResponse(envelope, 200 if envelope["status"] == "success" else 500)


async def run_stream(request: Request):
    body, refused = await read(request)
    if refused is not None:
        return refused

    async def events():
        progress = {"execution_id": body["execution_id"], "status": "processing"}
        yield f"event: progress\ndata: {json.dumps(progress)}\n\n"
        envelope = await envelope_of(body)
        yield f"event: done\ndata: {json.dumps(envelope)}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


async def read(request):
    kind = request.headers.get("content-type", "").lower().split(";")[0]
    if kind != "application/json":
        return None, refusal(415, "Content-Type must be application/json")
    try:
        body = await request.json()
    except ValueError:
        return None, refusal(400, "Invalid JSON body")
    if not str(body.get("execution_id", "")).strip():
        return None, refusal(400, "missing execution_id")
    if not str(body.get("write_prefix", "")).strip():
        return None, refusal(400, "missing write_prefix")
    return body, None


def refusal(status, message):
    error = {"code": "ERR_INPUTS", "message": message}
    return JSONResponse(
        {"status": "error", "execution_id": "", "error": error, "meta": {}}, status
    )


async def envelope_of(body):
    """Runs, and writes the output with the books that these servers keep beside it."""
    run_id, params = body["execution_id"], body["inputs"].get("params", {})
    prefix = body["write_prefix"].replace("{execution_id}", run_id)
    path = prefix + "outputs/text/response.txt"
    try:
        async for _ in tasks.tokens_of({**params, "below": os.path.dirname(path)}):
            pass
        tasks.write(path, tasks.text_of(params), params)
    except tasks.Failed as failed:
        return {
            "status": "error",
            "execution_id": run_id,
            "error": failed.error,
            "meta": {},
        }
    outputs = tasks.listed(path, params)
    index = prefix + "outputs.json"
    meta = {"image_digest": os.environ.get("IMAGE_DIGEST", "")}
    receipt = {"execution_id": run_id, "index_path": index, "meta": meta}
    for place, book in [
        (index, {"outputs": outputs}),
        (prefix + "receipt.json", receipt),
        (prefix + "determinism.json", receipt),
        (f"/artifacts/execution/{run_id}/determinism.json", receipt),
    ]:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8") as file:
            json.dump(book, file, indent=2)
    return {
        "status": "success",
        "execution_id": run_id,
        "outputs": outputs,
        "index_path": index,
        "meta": meta,
    }
