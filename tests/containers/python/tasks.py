"""What a run of the tests does: `inputs.params.do`, right things and wrong ones."""

import asyncio
import os

ARTIFACTS = "/artifacts/"


class Failed(Exception):
    """Ends a run with an error of a code."""

    def __init__(self, code, message):
        super().__init__(message)
        self.error = {"code": code, "message": message}


async def tokens_of(params):
    """Yields what the run says while it works."""
    task = params.get("do", "hello")
    if task == "wait":
        yield "waiting "
        await asyncio.Event().wait()
    if task == "rest":
        await asyncio.sleep(params["seconds"])
    if task == "exit":
        yield "leaving "
        await asyncio.sleep(0.1)
        os._exit(3)
    if task == "hoard":
        yield "hoarding "
        held = []
        while True:
            held.append(bytearray(os.urandom(2**20) * 64))
    if task == "fill":
        yield "filling "
        fill(params["below"])
    if task == "leak":
        yield "key " + os.environ["DEMO_KEY"] + " "
        raise Failed("ERR_PROVIDER", "refused " + os.environ["DEMO_KEY"])
    for word in text_of(params).split(" "):
        yield word + " "


def text_of(params):
    """What the output is to be."""
    given = params.get("file")
    if given is not None:
        with open(given["$artifact"], encoding="utf-8") as file:
            return "Read: " + file.read()
    if params.get("do") == "fail":
        raise Failed("ERR_PROVIDER", "Cannot do it")
    return "Hello, " + params.get("name", "world")


def write(path, text, params):
    """Writes an output, or what is none."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    task = params.get("do")
    if task == "link":
        os.symlink("/etc/passwd", path)
    elif task == "link_above":
        above = os.path.dirname(path)
        os.rmdir(above)
        os.symlink("/etc", above)
    elif task == "twin":
        with open(path + ".twin", "w", encoding="utf-8") as file:
            file.write(text)
        os.link(path + ".twin", path)
    elif task == "pipe":
        os.mkfifo(path)
    else:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def fill(below):
    """Writes until nothing more can be written, and says why."""
    os.makedirs(below, exist_ok=True)
    try:
        with open(os.path.join(below, "filling"), "wb") as file:
            while True:
                file.write(bytes(2**20))
                file.flush()
    except OSError as error:
        raise Failed("ERR_RUNTIME", f"OSError: {error.strerror}") from error


def listed(path, params):
    """The outputs as a list of paths, or what is none."""
    task = params.get("do")
    if task == "dots":
        return [{"path": os.path.dirname(path) + "/../../../secret.txt"}]
    if task == "twice":
        return [{"path": path}, {"path": path}]
    return [{"path": path}]
