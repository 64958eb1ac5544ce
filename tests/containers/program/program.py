"""A processor as it was before there were servers: inputs from a file, outputs to files, an exit code."""

import argparse
import json
import os
import signal
import sys
import time

GENERATION = os.environ["GENERATION"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", required=True)
    parser.add_argument("--write-prefix", required=True)
    if GENERATION == "third":
        parser.add_argument("--execution-id", required=True)
    options = parser.parse_args()
    with open(options.inputs, encoding="utf-8") as file:
        inputs = json.load(file)
    params = inputs.get("params", {})
    carry_out(params)
    text = text_of(params, inputs)
    folder = os.environ["THEORY_OUTPUT_DIR"] + "/"
    if GENERATION == "third":
        prefix = options.write_prefix
        folder = prefix + "outputs/"
        book(prefix + "outputs.json", options)
        book(prefix + "receipt.json", options)
        base = os.environ["ARTIFACTS_BASE_DIR"]
        book(f"{base}/execution/{options.execution_id}/determinism.json", options)
    else:
        book(folder + "receipt.json", options)
    write(folder + "text/response.txt", text, params)


def carry_out(params):
    """What is to happen before there is an output."""
    task = params.get("do", "hello")
    if task == "progress":
        print("[2025-09-11T00:00:00] begins", flush=True)
        said = {"kind": "progress", "pct": 0.5, "phase": "generate"}
        print(json.dumps(said), flush=True)
    if task == "rest":
        time.sleep(params["ms"] / 1000)
    if task == "wait":
        print("waiting", flush=True)
        while True:
            time.sleep(60)
    if task == "ignore":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print("waiting", flush=True)
        while True:
            time.sleep(60)
    if task == "fail":
        print("Error: " + params.get("text", "no"), file=sys.stderr)
        sys.exit(1)
    if task == "code":
        print("It ends", file=sys.stderr)
        sys.exit(params["code"])
    if task == "signal":
        os.kill(1 if os.getpid() == 1 else os.getpid(), params["signal"])
        time.sleep(60)
    if task == "hoard":
        held = []
        while True:
            held.append(bytearray(os.urandom(2**20) * 64))
    if task == "leak":
        print("key " + os.environ["DEMO_KEY"], flush=True)
        print("key " + os.environ["DEMO_KEY"], file=sys.stderr)
        sys.exit(1)


def text_of(params, inputs):
    given = params.get("file")
    if given is not None:
        with open(given["$artifact"], encoding="utf-8") as file:
            return "Read: " + file.read()
    if params.get("do") == "net":
        return network()
    secret = "with" if "DEMO_KEY" in os.environ else "without"
    return f"{GENERATION}, {inputs['mode']}, {secret} a key"


def network():
    """Which addresses there are besides that of the machine itself."""
    names = sorted(name for name in os.listdir("/sys/class/net") if name != "lo")
    return "network: " + " ".join(names)


def write(path, text, params):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if params.get("do") == "link":
        os.symlink("/etc/passwd", path)
        return
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def book(path, options):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(vars(options), file)


main()
