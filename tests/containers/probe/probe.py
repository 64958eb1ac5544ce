"""Answers what a container sees of the world. PROBE says how it is to begin: die, lie, mute or slow."""

import http.server
import json
import os
import socket
import sys
import time
import urllib.parse


def process(_):
    with open("/proc/self/status", encoding="utf-8") as file:
        lines = dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)
    kept = ("Uid", "Gid", "CapEff", "CapBnd", "NoNewPrivs")
    return {key: lines[key] for key in kept}


def environment(_):
    return dict(os.environ)


def write(query):
    try:
        with open(query["path"], "w", encoding="utf-8") as file:
            file.write("written")
        return "written"
    except OSError as error:
        return error.strerror


def connect(query):
    try:
        with socket.create_connection((query["host"], int(query["port"])), timeout=3):
            return "connected"
    except OSError as error:
        return f"failed: {error}"


def say(query):
    print(query["text"], flush=True)
    print(f"{query['text']}, as an error", file=sys.stderr, flush=True)
    return "said"


SAID = {"digest": os.environ.get("IMAGE_DIGEST")}


def lie(_):
    SAID["digest"] = "sha256:" + "0" * 64
    return "lying"


def end(query):
    os._exit(int(query["code"]))


ANSWERS = {
    "/healthz": lambda _: {"ok": True, **SAID},
    "/lie": lie,
    "/process": process,
    "/environment": environment,
    "/write": write,
    "/connect": connect,
    "/say": say,
    "/end": end,
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        answer = ANSWERS.get(url.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        body = json.dumps(answer(query) if answer else "no such question").encode()
        self.send_response(200 if answer else 404)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


print("the probe begins", flush=True)
how = os.environ.get("PROBE", "")
if how == "die":
    print(f"cannot begin with {os.environ.get('PROBE_SECRET')}", file=sys.stderr, flush=True)
    sys.exit(3)
if how == "lie":
    lie({})
if how == "mute":
    time.sleep(600)
if how == "slow":
    time.sleep(3)
http.server.ThreadingHTTPServer(("0.0.0.0", 8000), Handler).serve_forever()
