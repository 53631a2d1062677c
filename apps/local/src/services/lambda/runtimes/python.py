"""The process of a function in Python: loads its handler, and calls it with one event after the other."""

import importlib
import io
import json
import logging
import os
import resource
import signal
import sys
import threading
import time
import traceback

INPUT, OUTPUT, LIFELINE = 3, 4, 5
MAX_LOG_LENGTH = 256 * 1024  # an entry is cut behind that
OPTIONS = json.loads(sys.argv[1])
sending = threading.Lock()
current_request_id = "undefined"


def watch():
    """A server that is gone takes its functions along, also those that never wait for anything."""
    try:
        os.read(LIFELINE, 1)
    finally:
        os.kill(os.getpid(), signal.SIGKILL)


for descriptor in (INPUT, OUTPUT, LIFELINE):
    os.set_inheritable(descriptor, False)
threading.Thread(target=watch, daemon=True).start()


def send(head, body=b""):
    data = json.dumps({**head, "bytes": len(body)}).encode() + b"\n" + body
    with sending:
        view = memoryview(data)
        while view:
            view = view[os.write(OUTPUT, view):]


def log(text):
    if text:
        send({"kind": "log"}, text[:MAX_LOG_LENGTH].encode("utf-8", "replace"))


class LogStream(io.TextIOBase):
    """`sys.stdout` and `sys.stderr`: each line is an entry."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self):
        self.rest = ""

    def write(self, text):
        lines = (self.rest + text).split("\n")
        self.rest = lines.pop()
        if lines:
            log("\n".join(lines))
        return len(text)

    def flush(self):
        rest, self.rest = self.rest, ""
        log(rest)

    def isatty(self):
        return False

    def writable(self):
        return True

    def fileno(self):
        return 1


class LambdaLogHandler(logging.Handler):
    def emit(self, record):
        log(self.format(record))


class LambdaFormatter(logging.Formatter):
    def format(self, record):
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        text = super().format(record)
        return f"[{record.levelname}]\t{stamp}.{int(record.msecs):03d}Z\t{current_request_id}\t{text}"


class Context:
    def __init__(self, head):
        env = os.environ
        self.function_name = env.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = env.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = env.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = env.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = env.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.invoked_function_arn = head["functionArn"]
        self.aws_request_id = head["requestId"]
        self.client_context = json.loads(head["clientContext"]) if head.get("clientContext") else None
        self.identity = None
        self._deadline_ms = head["deadlineMs"]

    def get_remaining_time_in_millis(self):
        return max(0, int(self._deadline_ms - time.time() * 1000))


class RuntimeFailure(Exception):
    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def error_document(error, request_id=None):
    kind = error.kind if isinstance(error, RuntimeFailure) else type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename != __file__ and "importlib" not in frame.filename]
    return {
        "errorMessage": str(error),
        "errorType": kind,
        **({"requestId": request_id} if request_id else {}),
        "stackTrace": traceback.format_list(own),
    }


def log_error(document):
    text = f"[ERROR] {document['errorType']}: {document['errorMessage']}"
    if document["stackTrace"]:
        text += "\nTraceback (most recent call last):\n" + "".join(document["stackTrace"])
    log(text.rstrip("\n"))


def load_handler():
    module_name, _, name = OPTIONS["handler"].rpartition(".")
    if not module_name or not name:
        raise RuntimeFailure("Runtime.MalformedHandlerName", f"Bad handler '{OPTIONS['handler']}'")
    module_name = module_name.replace("/", ".")
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise RuntimeFailure("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}") from None
    except SyntaxError as error:
        raise RuntimeFailure("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}") from None
    if not hasattr(module, name):
        raise RuntimeFailure("Runtime.HandlerNotFound", f"Handler '{name}' missing on module '{module_name}'")
    return getattr(module, name)


def changed_at(path):
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def own_files():
    root = os.path.join(OPTIONS["root"], "")
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {path for path in files if path and path.startswith(root)}


def memory_mb():
    return -(-resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024))


def read_exactly(count):
    parts = []
    while count > 0:
        part = os.read(INPUT, min(count, 1 << 20))
        if not part:
            os.kill(os.getpid(), signal.SIGKILL)
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def read_line():
    line = b""
    while not line.endswith(b"\n"):
        line += read_exactly(1)
    return json.loads(line)


def invoke(handler, head, payload):
    try:
        event = json.loads(payload)
        context = Context(head)
    except ValueError as error:
        send({"kind": "unreadable", "message": str(error)})
        return
    send({"kind": "begun"})
    try:
        result = handler(event, context)
        try:
            body = json.dumps(result, ensure_ascii=False).encode()
        except (TypeError, ValueError) as error:
            raise RuntimeFailure("Runtime.MarshalError", f"Unable to marshal response: {error}") from None
        if len(body) > OPTIONS["maxResultBytes"]:
            raise RuntimeFailure(
                "Function.ResponseSizeTooLarge",
                f"Response payload size exceeded maximum allowed payload size ({OPTIONS['maxResultBytes']} bytes).",
            )
        head, ended = {"kind": "result", "memoryMb": memory_mb()}, body
    except Exception as error:
        document = error_document(error, head["requestId"])
        log_error(document)
        head, ended = {"kind": "error", "memoryMb": memory_mb(), "ends": False}, json.dumps(document).encode()
    sys.stdout.flush()
    sys.stderr.flush()
    send(head, ended)


def main():
    global current_request_id
    sys.stdout = LogStream()
    sys.stderr = LogStream()
    root_logger = logging.getLogger()
    log_handler = LambdaLogHandler()
    log_handler.setFormatter(LambdaFormatter())
    root_logger.addHandler(log_handler)
    sys.path.insert(0, OPTIONS["root"])
    if OPTIONS["reloads"]:
        sys.dont_write_bytecode = True
    loaded_at = {}
    try:
        handler = load_handler()
    except BaseException as error:
        document = error_document(error)
        log_error(document)
        send({"kind": "unusable"}, json.dumps(document).encode())
        os._exit(1)
    send({"kind": "ready"})
    while True:
        if OPTIONS["reloads"]:
            for path in own_files():
                loaded_at.setdefault(path, changed_at(path))
        head = read_line()
        payload = read_exactly(head["bytes"])
        if any(changed_at(path) != at for path, at in loaded_at.items()):
            send({"kind": "stale"})
            os._exit(0)
        current_request_id = head["requestId"]
        invoke(handler, head, payload)
        current_request_id = "undefined"


main()
