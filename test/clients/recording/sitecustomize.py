"""Python loads this at its start when this folder is in PYTHONPATH: it records every answer that botocore gets.

A line of JSON each, in a file of this process in the folder RECORDED_ANSWERS; answers.py holds them against the models.
"""

import base64
import json
import os

import botocore.session

folder = os.environ.get("RECORDED_ANSWERS")


def record(event_name, response_dict, parsed_response, **_):
    # response-received.SERVICE.OPERATION; there is no response where the connection was cut.
    if response_dict is None:
        return
    _, service, operation = event_name.split(".")
    body = response_dict["body"]
    line = {
        "service": service,
        "operation": operation,
        "status": response_dict["status_code"],
        "code": (parsed_response or {}).get("Error", {}).get("Code"),
        "body": base64.b64encode(body if isinstance(body, bytes) else b"").decode(),
    }
    with open(os.path.join(folder, f"{os.getpid()}.jsonl"), "a") as file:
        file.write(json.dumps(line) + "\n")


if folder:
    begin = botocore.session.Session.__init__

    def begin_recorded(self, *args, **kwargs):
        begin(self, *args, **kwargs)
        self.register("response-received", record)

    botocore.session.Session.__init__ = begin_recorded
