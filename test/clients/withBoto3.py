"""Performs what is asked for on the standard input, one line of JSON each, with boto3, and answers with a line of JSON."""

import datetime
import itertools
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError
from botocore.response import StreamingBody

clients = {}
# Cloud Map's data plane has a host of its own in AWS, which a local endpoint has not.
config = Config(inject_host_prefix=False)


def client(service):
    if service not in clients:
        clients[service] = boto3.client(service, config=config)
    return clients[service]


def perform(kind, service, name, arguments):
    if kind == "call":
        return getattr(client(service), name)(**arguments)
    if kind == "pages":
        return list(client(service).get_paginator(name).paginate(**arguments))
    if kind == "events":
        stream, most = arguments.pop("Stream")
        return list(itertools.islice(getattr(client(service), name)(**arguments)[stream], most))
    if kind == "wait":
        return client(service).get_waiter(name).wait(**arguments)
    raise ValueError(kind)


def plain(value):
    if isinstance(value, datetime.datetime):
        return {"date": value.isoformat()}
    if isinstance(value, StreamingBody):
        return value.read().decode()
    raise TypeError(type(value))


for line in sys.stdin:
    try:
        answer = {"result": perform(*json.loads(line))}
    except ClientError as error:
        answer = {"error": error.response}
    except WaiterError as error:
        answer = {"error": {"Waiter": str(error)}}
    print(json.dumps(answer, default=plain), flush=True)
