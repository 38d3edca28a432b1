"""Holds recorded answers against botocore's models: `answers.py FOLDER`. Prints JSON: the operations, and what deviates."""

import base64
import datetime
import json
import os
import sys
import xml.etree.ElementTree

import botocore.session
from botocore.utils import hyphenize_service_id, parse_timestamp

session = botocore.session.get_session()


def models():
    """The model of each service by the name that botocore's events have for it."""
    by_id = {}
    for name in ("autoscaling ec2 ecr ecs elbv2 events logs route53 servicediscovery sns sts "
                 "application-autoscaling scheduler ssm secretsmanager cloudwatch iam s3").split():
        model = session.get_service_model(name)
        by_id[hyphenize_service_id(model.service_id)] = model
    return by_id


# The first page has no marker, as the example in Route 53's own reference shows it.
left_out = {"ListHostedZones.Marker"}


class Answer:
    def __init__(self, model, operation):
        self.model = model
        self.operation = operation
        self.problems = []

    def deviates(self, path, what):
        self.problems.append(f"{self.model.service_name} {self.operation.name} {path}: {what}")

    def missing(self, shape, names, path):
        for name in shape.required_members:
            if name not in names and f"{self.operation.name}{path}.{name}" not in left_out:
                self.deviates(f"{path}.{name}", "is required, and not there")


class JsonAnswer(Answer):
    def check(self, shape, value, path):
        test = getattr(self, f"is_{shape.type_name}", None)
        if test:
            test(shape, value, path)
        elif not isinstance(value, simple[shape.type_name]) or (isinstance(value, bool) and shape.type_name != "boolean"):
            self.deviates(path, f"is no {shape.type_name}: {value!r}")

    def is_structure(self, shape, value, path):
        if getattr(shape, "is_document_type", False):
            return
        if not isinstance(value, dict):
            return self.deviates(path, f"is no structure: {value!r}")
        named = {member.serialization.get("name", name): (name, member) for name, member in shape.members.items()}
        for key, item in value.items():
            if key in named:
                self.check(named[key][1], item, f"{path}.{key}")
            else:
                self.deviates(f"{path}.{key}", "is in no model")
        self.missing(shape, [named[key][0] for key in value if key in named], path)

    def is_list(self, shape, value, path):
        if not isinstance(value, list):
            return self.deviates(path, f"is no list: {value!r}")
        for item in value:
            self.check(shape.member, item, f"{path}[]")

    def is_map(self, shape, value, path):
        if not isinstance(value, dict):
            return self.deviates(path, f"is no map: {value!r}")
        for key, item in value.items():
            self.check(shape.key, key, f"{path}.(key)")
            self.check(shape.value, item, f"{path}.{key}")

    def is_string(self, shape, value, path):
        if not isinstance(value, str):
            self.deviates(path, f"is no string: {value!r}")
        elif shape.enum and value not in shape.enum:
            self.deviates(path, f"{value!r} is none of {', '.join(shape.enum)}")

    def is_timestamp(self, shape, value, path):
        seconds = not isinstance(value, bool) and isinstance(value, (int, float))
        # A date that is thousands of years away was written in milliseconds.
        if not seconds or not 0 <= value < 32_503_680_000:
            self.deviates(path, f"is no date in seconds: {value!r}")


simple = {"integer": int, "long": int, "float": (int, float), "double": (int, float), "boolean": bool, "blob": str}


class XmlAnswer(Answer):
    def check(self, shape, node, path):
        test = getattr(self, f"is_{shape.type_name}", None)
        text = node.text or ""
        if test:
            test(shape, node, path)
        elif shape.type_name in scalars and not parses(scalars[shape.type_name], text):
            self.deviates(path, f"is no {shape.type_name}: {text!r}")

    def is_structure(self, shape, node, path):
        named = {}
        for name, member in shape.members.items():
            where = member.serialization
            if where.get("location") or where.get("xmlAttribute"):
                continue
            flattened = member.type_name in ("list", "map") and where.get("flattened")
            of_item = member.member.serialization.get("name") if flattened and member.type_name == "list" else None
            named[of_item or where.get("name", name)] = (name, member, flattened)
        seen = set()
        for child in node:
            tag = local_name(child)
            if tag not in named:
                if tag not in metadata:
                    self.deviates(f"{path}.{tag}", "is in no model")
                continue
            name, member, flattened = named[tag]
            seen.add(name)
            is_item = flattened and member.type_name == "list"
            self.check(member.member if is_item else member, child, f"{path}.{tag}")
        # XML has no empty lists: they are left out.
        lists = [name for name, member in shape.members.items() if member.type_name in ("list", "map")]
        elsewhere = [name for name, member in shape.members.items() if member.serialization.get("location")]
        self.missing(shape, seen.union(lists, elsewhere), path)

    def is_list(self, shape, node, path):
        tag = shape.member.serialization.get("name", "member")
        for child in node:
            if local_name(child) == tag:
                self.check(shape.member, child, f"{path}[]")
            else:
                self.deviates(f"{path}.{local_name(child)}", f"is no {tag}")

    def is_map(self, shape, node, path):
        for entry in node:
            for child in entry:
                if local_name(child) == shape.value.serialization.get("name", "value"):
                    self.check(shape.value, child, f"{path}.(value)")

    def is_string(self, shape, node, path):
        if len(node) > 0:
            self.deviates(path, "is no string")
        elif shape.enum and (node.text or "") not in shape.enum:
            self.deviates(path, f"{node.text!r} is none of {', '.join(shape.enum)}")


def of_boolean(text):
    return {"true": True, "false": False}[text]


def of_date(text):
    date = parse_timestamp(text)
    if not isinstance(date, datetime.datetime) or text.isdigit():
        raise ValueError(text)


scalars = {"integer": int, "long": int, "float": float, "double": float, "boolean": of_boolean, "timestamp": of_date}
metadata = {"requestId", "RequestId", "ResponseMetadata"}


def parses(parse, text):
    try:
        parse(text)
        return True
    except (ValueError, KeyError):
        return False


def local_name(node):
    return node.tag.rpartition("}")[2]


def problems_of(model, line):
    operation = model.operation_model(line["operation"])
    body = base64.b64decode(line["body"])
    if line["status"] >= 300:
        return refusal_problems(model, operation, line)
    output = operation.output_shape
    if model.metadata["protocol"] in ("query", "ec2", "rest-xml"):
        answer = XmlAnswer(model, operation)
        if output is None or not body:
            return []
        root = xml.etree.ElementTree.fromstring(body)
        wrapper = output.serialization.get("resultWrapper")
        inner = [child for child in root if local_name(child) == wrapper] if wrapper else [root]
        for node in inner:
            answer.check(output, node, "")
        return answer.problems
    answer = JsonAnswer(model, operation)
    value = json.loads(body or b"{}")
    if output is not None:
        answer.check(output, value, "")
    elif value:
        answer.deviates("", f"has no output, but answers {value!r}")
    return answer.problems


def refusal_problems(model, operation, line):
    """The status of a refusal is that of its model, where it has one."""
    for shape in model.error_shapes:
        if shape.error_code == line["code"]:
            wanted = shape.metadata.get("error", {}).get("httpStatusCode")
            if wanted is not None and wanted != line["status"]:
                return [f"{model.service_name} {operation.name} {line['code']}: has status {line['status']}, not {wanted}"]
    return []


def main(folder):
    by_id = models()
    called, problems, count = set(), {}, 0
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name)) as file:
            for text in file:
                line = json.loads(text)
                model = by_id[line["service"]]
                count += 1
                called.add(f"{model.service_name}.{line['operation']}")
                for problem in problems_of(model, line):
                    problems[problem] = problems.get(problem, 0) + 1
    told = [f"{problem} ({times} times)" for problem, times in sorted(problems.items())]
    print(json.dumps({"count": count, "called": sorted(called), "problems": told}))


main(sys.argv[1])
