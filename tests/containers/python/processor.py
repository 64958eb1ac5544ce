"""A server as the original processors are: FastAPI, one dialect of the protocol, outputs as files below /artifacts."""

import os

from fastapi import FastAPI

import over_http
import over_websocket

DIALECT = os.environ["DIALECT"]
app = FastAPI()


@app.get("/healthz")
def healthz():
    """The oldest ones do not tell what they run."""
    if DIALECT == "http":
        return {"ok": True}
    return {"ok": True, "digest": os.environ.get("IMAGE_DIGEST", "")}


if DIALECT == "http":
    over_http.add_routes(app)
else:
    over_websocket.add_routes(app, DIALECT)
