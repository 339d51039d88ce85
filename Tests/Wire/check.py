#!/usr/bin/env python3
"""check.py PEER --protocol P --count N --seed S: our wire held against botocore's serialisers and parsers.

For each of N values of a protocol's operations, drawn from the seed by their shapes:
- a client's request must say what botocore's serialiser says;
- our server must read botocore's request back as the call that was made;
- botocore's parser must read our server's response as the output that was sent;
- our client must read that response as botocore does, and a variation of its bytes, too.
Every fourth value is an error, too; and mutated bytes of each must be answered, whatever with. The
first differences are printed; the status says whether
there were any. PEER is the program `wire-peer`.
"""
import argparse
import base64
import datetime
import json
import math
import random
import struct
import subprocess
import sys
import urllib.parse
from xml.etree import ElementTree

import botocore.loaders
import botocore.model
import botocore.parsers
import botocore.serialize
from botocore.awsrequest import HeadersDict

SERVICES = {
    "ec2": ["ec2"],
    "query": [
        "autoscaling", "cloudformation", "cloudwatch", "docdb", "elasticache", "elasticbeanstalk",
        "elb", "elbv2", "iam", "rds", "redshift", "sdb", "ses", "sns", "sts",
    ],
    "json": [
        "acm", "athena", "cloudtrail", "codebuild", "cognito-idp", "config", "dynamodb", "ecr",
        "ecs", "emr", "events", "firehose", "glue", "kinesis", "kms", "logs", "organizations",
        "route53resolver", "sagemaker", "secretsmanager", "sqs", "ssm", "stepfunctions",
        "transcribe", "wafv2", "cloudwatch", "pricing",
    ],
    "rest-json": [
        "accessanalyzer", "apigateway", "apigatewayv2", "appsync", "backup", "batch", "bedrock",
        "bedrock-agent", "efs", "eks", "glacier", "guardduty", "iot", "iot-data", "kafka", "lambda",
        "mq", "opensearch", "pinpoint", "polly", "ram", "scheduler", "securityhub", "sesv2",
        "vpc-lattice", "xray", "ebs", "bedrock-runtime",
    ],
    "rest-xml": ["cloudfront", "route53", "s3", "s3control"],
    "smithy-rpc-v2-cbor": ["cloudwatch"],
}
# S3 answers the first with a document of another form, which boto3 reads by hand; in the model of
# the others two members go by one element.
LEFT_OUT = {
    ("s3", "GetBucketLocation"), ("s3", "GetBucketNotification"), ("s3", "PutBucketNotification"),
}
# Two operations at one path: nothing in a request tells them apart.
SAME_PATH = {
    ("s3", "ListDirectoryBuckets"), ("s3", "GetBucketLifecycle"), ("s3", "PutBucketLifecycle"),
    ("s3", "GetBucketNotification"), ("s3", "PutBucketNotification"),
}
XML_ALPHABET = "abcXYZ 0189<>&\"'-_./:;,+=%{}()é€ß\u4e2d\U0001f600\t\n"
JSON_ALPHABET = XML_ALPHABET + "\r\\\b\x00\x1f\x7f\u2028"
PLAIN = "abcdefXYZ0189-_."
HEADER = PLAIN + " +=%:;/"
UTC = datetime.timezone.utc


class Draw:
    """Draws values by their shapes."""

    def __init__(self, rng, protocol, is_request):
        self.rng, self.protocol, self.is_request = rng, protocol, is_request
        self.alphabet = JSON_ALPHABET if protocol in ("json", "rest-json", "smithy-rpc-v2-cbor") \
            else XML_ALPHABET
        self.is_form = is_request and protocol in ("ec2", "query")

    def text(self, alphabet=None, least=0, most=9):
        alphabet = alphabet or self.alphabet
        return "".join(self.rng.choice(alphabet) for _ in range(self.rng.randint(least, most)))

    def plain(self):
        return self.text(PLAIN, 1)

    def header(self):
        text = self.text(HEADER, 1).strip()
        return text or "x"

    def value(self, shape, depth=0):
        return getattr(self, shape.type_name)(shape, depth)

    def structure(self, shape, depth):
        if shape.is_document_type:
            return self.document(depth, is_whole=True)
        members = shape.members
        if shape.serialization.get("eventstream"):
            raise Unfit()
        if shape.is_tagged_union:
            names = [n for n in members if depth < 6 or self.is_leaf(members[n])] or list(members)
            if depth > 14:
                raise Unfit()
            name = self.rng.choice(names)
            return {name: self.value(members[name], depth + 1)}
        few = len(members) > 12
        out = {}
        for name, member in members.items():
            chance = 1 if name in shape.required_members else \
                0 if depth > 4 else (0.15 if few else 0.6) / (1 + depth / 3)
            if self.rng.random() < chance:
                if depth > 16:
                    raise Unfit()
                out[name] = self.member(member, depth)
        return out

    def is_leaf(self, shape):
        return shape.type_name not in ("structure", "list", "map")

    def member(self, member, depth):
        location = member.serialization.get("location")
        rng = self.rng
        if location in ("uri", "querystring", "header", "headers", "statusCode"):
            return self.located(member, location)
        if member.serialization.get("hostLabel"):
            return self.text("abc019-", 1).strip("-") or "a"
        return self.value(member, depth + 1)

    def located(self, member, location):
        kind = member.type_name
        if location == "statusCode":
            return self.rng.choice([200, 201, 202, 204])
        if member.serialization.get("hostLabel"):
            return self.text("abc019-", 1).strip("-") or "a"
        if kind == "string":
            if location == "header":
                if member.serialization.get("jsonvalue"):
                    return {"k": self.rng.choice([1, "v", [True, None]])}
                return self.header()
            return self.text(least=1) if location == "uri" else self.text()
        if kind == "list":
            return [self.located_item(member.member, location) for _ in range(self.rng.randint(0, 3))]
        if kind == "map":
            if location == "headers":
                return {"k" + self.text("abcxyz019-", 0, 4) + str(i): self.header()
                        for i in range(self.rng.randint(0, 2))}
            names = ["zz" + self.plain() + str(i) for i in range(self.rng.randint(0, 2))]
            if member.value.type_name == "list":
                return {n: [self.text() for _ in range(self.rng.randint(1, 2))] for n in names}
            return {n: self.text() for n in names}
        return self.value(member, 9)

    def located_item(self, shape, location):
        if shape.type_name == "string":
            if location != "header":
                return self.text()
            if self.is_request:
                return self.rng.choice([self.header(), 'a,b', 'say "x"', "a"])
            return self.header()
        return self.value(shape, 9)

    def list(self, shape, depth):
        most = 0 if depth > 5 else 3
        least = shape.metadata.get("min", 0) and 1
        count = self.rng.randint(min(least, most), most)
        return [self.element(shape.member, depth) for _ in range(count)]

    def element(self, shape, depth):
        value = self.value(shape, depth + 1)
        if self.is_form and self.is_nothing(value):
            raise Unfit()
        return value

    def is_nothing(self, value):
        """Whether a form says nothing of a value."""
        if isinstance(value, dict):
            return all(self.is_nothing(v) for v in value.values())
        if isinstance(value, list):
            return not value if self.protocol == "ec2" else False
        return False

    def map(self, shape, depth):
        count = 0 if depth > 5 else self.rng.randint(0, 2)
        # In the order in which ours are, since a form numbers them.
        keys = sorted(self.text() + str(i) for i in range(count))
        return {k: self.element(shape.value, depth) for k in keys}

    def string(self, shape, depth):
        if shape.enum and self.rng.random() < 0.7:
            return self.rng.choice(shape.enum)
        return self.text()

    character = string

    def integer(self, shape, depth):
        return self.rng.choice([0, 1, -1, 7, 443, 2**31 - 1, -2**31])

    def long(self, shape, depth):
        return self.rng.choice([0, 1, -1, 2**31, 2**53 + 1, 2**63 - 1, -2**63])

    def double(self, shape, depth):
        return self.rng.choice(
            [0.0, 1.0, -1.5, 0.1, 1e-7, 1e22, 3.141592653589793, math.inf, -math.inf, math.nan])

    def float(self, shape, depth):
        return struct.unpack(">f", struct.pack(">f", self.double(shape, depth)))[0]

    def boolean(self, shape, depth):
        return self.rng.random() < 0.5

    def blob(self, shape, depth):
        return bytes(self.rng.randrange(256) for _ in range(self.rng.randint(0, 9)))

    def timestamp(self, shape, depth):
        seconds = self.rng.choice([0, 1, 951782400, 1700000000, 4102444799, 253402300799, -1])
        moment = datetime.datetime(1970, 1, 1, tzinfo=UTC) + datetime.timedelta(seconds=seconds)
        micros = self.rng.choice([0, 0, 500000, 123000, 123456])
        if self.protocol == "smithy-rpc-v2-cbor" and self.is_request and seconds < 0:
            return moment.replace(year=1971, microsecond=micros)  # botocore has no negative ones
        return moment.replace(microsecond=0 if seconds > 5e9 else micros)

    def document(self, depth, is_whole=False):
        # A document that is null as a whole is none: `Value` has but one null.
        kinds = ["s", "i", "b", "f"] + (["l", "m"] if depth < 5 else []) + ["n"] * (not is_whole)
        kind = self.rng.choice(kinds)
        if depth == 0 or depth and kind == "m":
            return {self.plain(): self.document(depth + 2) for _ in range(self.rng.randint(0, 2))}
        if kind == "l":
            return [self.document(depth + 2) for _ in range(self.rng.randint(0, 2))]
        return {"s": self.text(), "i": self.rng.randint(-9, 2**40), "b": True, "f": 1.5, "n": None}[kind]


class Unfit(Exception):
    """A shape that no protocol here carries, or a value that a form says nothing of."""


def iso(moment):
    text = moment.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")
    return text + (f".{moment.microsecond:06d}Z" if moment.microsecond else "Z")


def number(value):
    if math.isnan(value):
        return "NaN"
    return ("-" if value < 0 else "") + "Infinity" if math.isinf(value) else repr(value)


def ours(shape, value):
    """A Python value as our `Value` has it, in JSON."""
    kind = shape.type_name
    if value is None:
        return None
    if kind == "structure":
        if shape.is_document_type:
            return document(value)
        return {k: ours(shape.members[k], v) for k, v in value.items() if k in shape.members}
    if kind == "list":
        return [ours(shape.member, v) for v in value]
    if kind == "map":
        return {k: ours(shape.value, v) for k, v in value.items()}
    if kind == "blob":
        raw = value.encode() if isinstance(value, str) else value
        return base64.b64encode(raw).decode()
    if kind == "timestamp":
        return iso(value.astimezone(UTC))
    if kind in ("float", "double"):
        return number(float(value))
    if shape.serialization.get("jsonvalue") and not isinstance(value, str):
        return document(value)
    return value


def document(value):
    if isinstance(value, float):
        return {"$float": repr(value)}
    if isinstance(value, dict):
        return {k: document(v) for k, v in value.items()}
    return [document(v) for v in value] if isinstance(value, list) else value


def canonical(shape, value):
    """Our JSON with fractions in Python's form, so that both sides compare."""
    kind = shape.type_name
    if value is None:
        return None
    if kind == "structure" and not shape.is_document_type:
        return {k: canonical(shape.members[k], v) for k, v in value.items()}
    if kind == "list":
        return [canonical(shape.member, v) for v in value]
    if kind == "map":
        return {k: canonical(shape.value, v) for k, v in value.items()}
    if kind in ("float", "double"):
        return number(float(value.replace("Infinity", "inf")))
    return value


def pruned(value, is_ec2):
    """What a form says of a value."""
    if isinstance(value, dict):
        inner = {k: pruned(v, is_ec2) for k, v in value.items()}
        return {k: v for k, v in inner.items() if v is not None} or None
    if isinstance(value, list):
        return [pruned(v, is_ec2) for v in value] or (None if is_ec2 else [])
    return value


def kept(shape, value, protocol, is_request, location=None):
    """What the wire keeps of a value: whole seconds in some forms, no empty flattened lists."""
    kind = shape.type_name
    if kind == "structure":
        if shape.is_document_type:
            return value
        out = {}
        for name, item in value.items():
            member = shape.members[name]
            where = member.serialization.get("location")
            if where is not None and is_request and item in ([], {}):
                continue
            if where == "header" and item == []:
                continue
            flat = member.serialization.get("flattened") and item in ([], {})
            if where is None and flat and protocol in ("rest-xml", "query", "ec2"):
                if not (is_request and protocol == "query" and item == []):
                    continue
            out[name] = kept(member, item, protocol, is_request, where)
        if not is_request:
            for name, member in shape.members.items():
                if member.serialization.get("location") == "headers":
                    out.setdefault(name, {})
        return out
    if kind == "list":
        return [kept(shape.member, v, protocol, is_request, location) for v in value]
    if kind == "map":
        return {k: kept(shape.value, v, protocol, is_request) for k, v in value.items()}
    if kind == "timestamp":
        fallback = "unixtimestamp" if protocol in ("json", "rest-json", "smithy-rpc-v2-cbor") \
            else "iso8601"
        if location in ("uri", "querystring"):
            fallback = "iso8601"
        form = shape.serialization.get("timestampFormat", fallback).lower()
        if protocol == "smithy-rpc-v2-cbor":
            form = "unixtimestamp"
        if location == "header" or form == "rfc822" or (is_request and form == "unixtimestamp"):
            return value.replace(microsecond=0)
    return value


class Peer:
    """Our program, a question and an answer a line."""

    def __init__(self, path):
        self.process = subprocess.Popen(
            [path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def ask(self, questions):
        """Answers in order; all questions are sent first, in portions that no pipe chokes on."""
        answers = []
        for start in range(0, len(questions), 8):
            part = questions[start:start + 8]
            self.process.stdin.write("".join(json.dumps(q) + "\n" for q in part))
            self.process.stdin.flush()
            answers += [json.loads(self.process.stdout.readline()) for _ in part]
        return answers


def xml_form(element, is_attribute=False):
    """An XML element in a form that does not depend on its children's order, like ones aside."""
    children = sorted((xml_form(c) for c in element), key=lambda c: c[0])
    text = element.text or ""
    return (element.tag, sorted(element.attrib.items()), "" if children else text, children)


def pairs(query):
    return sorted((k, v) for k, v in query)


def their_query(serialized):
    path, _, fixed = serialized["url_path"].partition("?")
    out = urllib.parse.parse_qsl(fixed, keep_blank_values=True)
    for key, value in (serialized["query_string"] or {}).items():
        out += [(key, str(v)) for v in (value if isinstance(value, list) else [value])]
    return path, out


def body_form(protocol, body, shape):
    if isinstance(body, dict):
        return pairs((k, str(v)) for k, v in body.items())
    if isinstance(body, str):
        body = body.encode()
    payload = shape.serialization.get("payload") if shape is not None else None
    if payload and shape.members[payload].type_name in ("blob", "string") or not body:
        return body
    if protocol in ("json", "rest-json"):
        return json.dumps(json.loads(body), sort_keys=True)
    if protocol == "smithy-rpc-v2-cbor":
        parser = botocore.parsers.RpcV2CBORParser()
        return repr(sort_record(parser._initial_body_parse(body)))
    return xml_form(ElementTree.fromstring(body))


def sort_record(value):
    if isinstance(value, dict):
        return sorted((k, sort_record(v)) for k, v in value.items())
    return [sort_record(v) for v in value] if isinstance(value, list) else value


class Check:
    """One protocol's check."""

    def __init__(self, peer, protocol, seed):
        self.peer, self.protocol = peer, protocol
        self.rng = random.Random(f"{seed} {protocol}")
        self.serializer = botocore.serialize.create_serializer(protocol, include_validation=False)
        self.parser = botocore.parsers.create_parser(protocol)
        loader = botocore.loaders.Loader(include_default_search_paths=True)
        self.models = {
            s: botocore.model.ServiceModel(loader.load_service_model(s, "service-2"), s)
            for s in SERVICES[protocol]
        }
        self.operations = [
            (s, name) for s, m in self.models.items() for name in m.operation_names
        ]
        self.differences = []
        self.done = 0
        self.fuzzed = 0

    def differ(self, what, service, name, a, b):
        self.differences.append(f"{what} {service}.{name}\n  theirs {a!r}\n  ours   {b!r}")

    def model(self, service, name):
        model = self.models[service].operation_model(name)
        return model

    def draw(self):
        """An operation with input and output; nothing where it cannot be had."""
        service, name = self.rng.choice(self.operations)
        model = self.model(service, name)
        if model.has_event_stream_input or model.has_event_stream_output or (service, name) in LEFT_OUT:
            return None
        try:
            given = Draw(self.rng, self.protocol, True).value(model.input_shape) \
                if model.input_shape is not None else {}
            out = Draw(self.rng, self.protocol, False).value(model.output_shape) \
                if model.output_shape is not None else {}
        except Unfit:
            return None
        if model.output_shape is not None:
            payload = model.output_shape.serialization.get("payload")
            if payload and model.output_shape.members[payload].type_name == "blob":
                out[payload] = Draw(self.rng, "json", False).text().encode()
            elif payload and model.output_shape.members[payload].type_name == "string":
                out[payload] = Draw(self.rng, "json", False).text()
            elif payload:
                try:
                    out[payload] = Draw(self.rng, self.protocol, False).value(
                        model.output_shape.members[payload], 1)
                except Unfit:
                    return None
        return service, name, model, given, out

    def base(self, service, name, do):
        return {"do": do, "service": service, "protocol": self.protocol, "operation": name}

    def run(self, count, portion=200):
        while self.done < count:
            cases = []
            while len(cases) < min(portion, count - self.done):
                case = self.draw()
                if case is not None:
                    cases.append(case)
            self.portion(cases)
            self.done += len(cases)

    def portion(self, cases):
        questions, theirs = [], []
        for service, name, model, given, out in cases:
            q = self.base(service, name, "request")
            q["value"] = ours(model.input_shape, given) if model.input_shape is not None else {}
            questions.append(q)
            theirs.append(self.serializer.serialize_to_request(given, model))
            questions.append(self.as_request(service, theirs[-1]))
            q = self.base(service, name, "response")
            q["value"] = ours(model.output_shape, out) if model.output_shape is not None else {}
            questions.append(q)
        answers = self.peer.ask(questions)
        self.fuzz([q for q in questions if q["do"] == "call"])
        replies = []
        for index, (service, name, model, given, out) in enumerate(cases):
            request, call, response = answers[index * 3:index * 3 + 3]
            self.compare_request(service, name, model, theirs[index], request)
            self.compare_call(service, name, model, given, call)
            self.compare_response(service, name, model, out, response, replies)
        self.compare_replies(replies)
        self.fuzz([r[-1] for r in replies])
        self.failures(cases[::4])

    def as_request(self, service, theirs):
        path, query = their_query(theirs)
        body = theirs["body"]
        if isinstance(body, dict):
            body = urllib.parse.urlencode(body, doseq=True).encode()
        if isinstance(body, str):
            body = body.encode()
        q = self.base(service, "", "call")
        q.update(method=theirs["method"], path=path, query=[list(p) for p in query],
                 headers=[[k, str(v)] for k, v in theirs["headers"].items()],
                 body=base64.b64encode(bytes(body)).decode())
        return q

    def compare_request(self, service, name, model, serialized, request):
        if "error" in request:
            return self.differ("request", service, name, serialized, request)
        path, query = their_query(serialized)
        theirs = {
            "method": serialized["method"], "path": path, "query": pairs(query),
            "headers": self.headers(model, serialized["headers"].items()),
            "hostPrefix": serialized.get("host_prefix", ""),
            "body": body_form(self.protocol, serialized["body"], model.input_shape),
        }
        body = base64.b64decode(request["body"])
        if isinstance(serialized["body"], dict):
            body = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        mine = {
            "method": request["method"], "path": request["path"],
            "query": pairs((k, v or "") for k, v in request["query"]),
            "headers": self.headers(model, request["headers"]),
            "hostPrefix": request["hostPrefix"],
            "body": body_form(self.protocol, body, model.input_shape),
        }
        for key, value in theirs.items():
            if value != mine[key]:
                self.differ(f"request's {key}", service, name, value, mine[key])

    def headers(self, model, items):
        out = {k.lower(): str(v) for k, v in items}
        for member in (model.input_shape.members.values() if model.input_shape is not None else []):
            key = member.serialization.get("name", "").lower()
            if member.serialization.get("jsonvalue") and key in out:
                out[key] = json.loads(base64.b64decode(out[key]))
        return out

    def compare_call(self, service, name, model, given, call):
        if (service, name) in SAME_PATH:
            return
        if model.input_shape is None:
            wanted = {}
        else:
            shape = model.input_shape
            wanted = kept(shape, given, self.protocol, True)
            payload = shape.serialization.get("payload")
            if payload and wanted.get(payload) in (b"", "", {}):
                wanted.pop(payload)
            if payload and wanted.get(payload, 1) is None:
                wanted.pop(payload)
            wanted = ours(shape, wanted)
            if self.protocol in ("ec2", "query"):
                wanted = pruned(wanted, self.protocol == "ec2") or {}
        if call.get("operation") != name:
            return self.differ("server's operation", service, name, name, call)
        got = canonical(model.input_shape, call["value"]) if model.input_shape is not None else {}
        if model.input_shape is not None:
            payload = model.input_shape.serialization.get("payload")
            if payload and got.get(payload) == {} and payload not in wanted:
                got.pop(payload)
        if got != wanted:
            self.differ("server's parameters", service, name, wanted, got)

    def parse(self, model, response, shape=None):
        headers = HeadersDict({k: v for k, v in response["headers"]})
        body = base64.b64decode(response["body"])
        return self.parser.parse(
            {"status_code": response["status"], "headers": headers, "body": body, "context": {}},
            shape if shape is not None else model.output_shape)

    def compare_response(self, service, name, model, out, response, replies):
        if "error" in response:
            return self.differ("response", service, name, out, response)
        try:
            parsed = self.parse(model, response)
        except Exception as error:
            return self.differ("response", service, name, f"{type(error).__name__} {error}", response)
        metadata = parsed.pop("ResponseMetadata", {})
        if metadata.get("RequestId") != "r-1" and model.output_shape is not None:
            self.differ("request id", service, name, metadata, response)
        shape = model.output_shape
        theirs = {} if shape is None else ours(shape, parsed)
        wanted = {} if shape is None else ours(shape, kept(shape, out, self.protocol, False))
        if shape is not None:
            for n, m in shape.members.items():
                if m.serialization.get("location") == "statusCode":
                    wanted[n] = theirs[n] = response["status"]
        if theirs != wanted:
            self.differ("response's output", service, name, wanted, theirs)
        for variant in (response, self.varied(response)):
            question = self.base(service, name, "reply")
            question.update(variant)
            replies.append((service, name, model, theirs, question))

    def varied(self, response):
        """The same response in other bytes: blanks, comments, members that nobody knows."""
        body = base64.b64decode(response["body"])
        kind = dict((k.lower(), v) for k, v in response["headers"]).get("content-type", "")
        if "json" in kind and body[:1] == b"{":
            tree = json.loads(body)
            tree["zzUnknown"] = [{"a": [1, {"b": None}]}, "é\\\"", -1.5e-7, True]
            body = json.dumps(tree, indent=1, ensure_ascii=self.rng.random() < 0.5).encode()
        elif "xml" in kind and body[:1] == b"<":
            end = body.rfind(b"</")
            body = b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- a > b -->' + body[:end] + \
                b"<zzUnknown x='1'><y/><![CDATA[<z>]]></zzUnknown>\n" + body[end:] + b"\n"
        return dict(response, body=base64.b64encode(body).decode())

    def compare_replies(self, replies):
        for (service, name, model, theirs, _), mine in zip(
                replies, self.peer.ask([r[-1] for r in replies])):
            if "value" not in mine:
                self.differ("client's reply", service, name, theirs, mine)
                continue
            got = canonical(model.output_shape, mine["value"]) \
                if model.output_shape is not None else mine["value"]
            if got != theirs:
                self.differ("client's output", service, name, theirs, got)
            if mine["requestID"] != "r-1":
                self.differ("client's request id", service, name, "r-1", mine["requestID"])

    def fuzz(self, questions):
        """Bytes that no honest peer sends: whatever they are, there is an answer."""
        hostile = b"{}[]<>&;\"\\%=.+:/!?-\x00\x81\x9f\xbf\xff"
        asked = []
        for question in questions:
            body = bytearray(base64.b64decode(question["body"]))
            for _ in range(self.rng.randint(1, 4)):
                at = self.rng.randrange(len(body) + 1)
                kind = self.rng.randrange(5)
                if kind == 0:
                    body[at:at + 1] = bytes([self.rng.choice(hostile)])
                elif kind == 1:
                    del body[at:at + self.rng.randint(1, 9)]
                elif kind == 2:
                    body[at:at] = bytes([self.rng.randrange(256)])
                elif kind == 3:
                    del body[at:]
                else:
                    body[at:at] = body[at:at + 30]
            asked.append(dict(question, body=base64.b64encode(bytes(body)).decode()))
        self.fuzzed += len(self.peer.ask(asked))

    def failures(self, cases):
        """Errors: what our server says, botocore and our client must read."""
        asked = []
        for service, name, model, _, _ in cases:
            shapes = model.error_shapes
            draw = Draw(self.rng, self.protocol, False)
            message = draw.text()
            question = self.base(service, name, "failure")
            shape, members = None, {}
            if shapes and self.rng.random() < 0.8:
                shape = self.rng.choice(shapes)
                try:
                    members = draw.value(shape)
                except Unfit:
                    continue
                members = {k: v for k, v in members.items() if k.lower() != "message"
                           and not (self.protocol in ("rest-xml", "smithy-rpc-v2-cbor"))}
            code = shape.error_code if shape is not None else draw.plain()
            question.update(code=code, message=message,
                            value=ours(shape, members) if shape is not None else {})
            asked.append((service, name, model, shape, code, message, members, question))
        answers = self.peer.ask([a[-1] for a in asked])
        replies = []
        for (service, name, model, shape, code, message, members, _), response in zip(asked, answers):
            parsed = self.parse(model, response)
            error = parsed.get("Error", {})
            body = base64.b64decode(response["body"])
            codes = {code} | ({shape.name, shape.error_code} if shape is not None else set())
            if error.get("Code") not in codes or (error.get("Message") or "") != message:
                self.differ("error", service, name, (code, message), (parsed, response))
            question = self.base(service, name, "reply")
            question.update(response)
            their_members = None
            if shape is not None:
                modelled = self.parse(model, response, shape)
                modelled.pop("ResponseMetadata", None)
                their_members = ours(shape, modelled)
                wanted = ours(shape, kept(shape, members, self.protocol, False))
                rest = {k: v for k, v in their_members.items()
                        if k.lower() != "message" and k not in ("Code", "Type")}
                wanted = {k: v for k, v in wanted.items() if k not in ("Code", "Type")}
                if self.protocol not in ("rest-xml", "smithy-rpc-v2-cbor") and rest != wanted:
                    self.differ("error's members", service, name, wanted, rest)
            replies.append((service, name, error, shape, their_members, question))
        for (service, name, error, shape, their_members, _), mine in zip(
                replies, self.peer.ask([r[-1] for r in replies])):
            if mine.get("code") != error.get("Code") or \
                    mine.get("message") != (error.get("Message") or ""):
                self.differ("client's error", service, name, error, mine)
            if shape is not None and their_members is not None and mine["members"] is not None:
                if canonical(shape, mine["members"]) != their_members:
                    self.differ("client's error's members", service, name, their_members,
                                mine["members"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer")
    parser.add_argument("--protocol", action="append", choices=sorted(SERVICES))
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", default="7")
    options = parser.parse_args()
    peer = Peer(options.peer)
    total = 0
    for protocol in options.protocol or sorted(SERVICES):
        check = Check(peer, protocol, options.seed)
        check.run(options.count)
        total += len(check.differences)
        print(f"{protocol}: {check.done} values of {len(check.operations)} operations of "
              f"{len(check.models)} services, {len(check.differences)} differ; "
              f"{check.fuzzed} hostile messages answered", flush=True)
        for text in check.differences[:int(5)]:
            print(text[:3000])
    sys.exit(1 if total else 0)


if __name__ == "__main__":
    main()
