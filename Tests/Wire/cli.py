#!/usr/bin/env python3
"""cli.py PEER [--count N] [--seed S]: the wire's server side, answering the AWS CLI.

A loopback server hands what the CLI sends, byte for byte, to the program `wire-peer`, which verifies
the signature, decodes the call and encodes an answer drawn from the seed: an output, or every fourth
time an error. The CLI must have made the call that was asked for, and must print what the answer
says: the output as JSON, or the error's code and message with its exit code. The first differences
are printed; the status says whether there were any.
"""
import argparse
import base64
import contextlib
import datetime
import http.server
import io
import json
import os
import random
import re
import sys
import tempfile
import threading
import urllib.parse

import awscli
import awscli.clidriver
import botocore.loaders
import botocore.model
from botocore import xform_name

import check
from check import Draw, Peer, Unfit, kept, ours

KEY, SECRET, REGION = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "eu-west-3"
# Services of each protocol; the CLI prefers the first that botocore supports of a service's own.
SERVICES = [
    "ec2", "autoscaling", "cloudformation", "elasticache", "elbv2", "iam", "rds", "redshift", "sns",
    "sts", "acm", "athena", "cloudtrail", "codebuild", "dynamodb", "ecr", "ecs", "events", "kinesis",
    "kms", "logs", "organizations", "secretsmanager", "sqs", "ssm", "stepfunctions", "wafv2", "apigateway",
    "backup", "batch", "efs", "eks", "lambda", "opensearch", "ram", "scheduler", "sesv2", "xray",
    "cloudfront", "route53", "s3", "cloudwatch",
]
# What the CLI changes on the way by itself, so that no answer of the wire is printed as it is.
OWN_WAY = {
    "ec2": {
        "GetPasswordData", "GetConsoleOutput", "RunInstances", "DescribeSpotPriceHistory",
        "CreateNetworkAclEntry", "ReplaceNetworkAclEntry", "CopySnapshot", "BundleInstance",
    },
    "cloudformation": {"GetTemplate", "Deploy"},
    "ecr": {"GetLogin"}, "eks": {"UpdateKubeconfig"}, "logs": {"StartLiveTail"},
    "s3": {"GetBucketLocation", "GetBucketNotification", "PutBucketNotification",
           "GetBucketLifecycle", "PutBucketLifecycle", "ListDirectoryBuckets", "CreateSession",
           "WriteGetObjectResponse"},
    # An endpoint of several regions is signed in a way that neither side speaks.
    "sesv2": {"SendEmail", "SendBulkEmail"},
}
# A policy or a user's data that stands in text is decoded by the CLI where it can be.
DECODED = re.compile(r"policy|document", re.I)


class Server(http.server.ThreadingHTTPServer):
    """Answers one case at a time."""

    def __init__(self, peer):
        super().__init__(("127.0.0.1", 0), Handler)
        self.peer, self.case, self.seen = peer, None, None
        self.lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            body = b""
            while (size := int(self.rfile.readline().split(b";")[0], 16)) > 0:
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        path, mark, query = self.path.partition("?")
        fields = []
        for part in query.split("&") if mark else []:
            name, equals, value = part.partition("=")
            fields.append([urllib.parse.unquote(name), urllib.parse.unquote(value) if equals else None])
        question = dict(
            self.server.case, do="serve", method=self.command, path=path, query=fields,
            headers=[[k, v] for k, v in self.headers.items()],
            body=base64.b64encode(body).decode())
        with self.server.lock:
            found = self.server.peer.ask([question])[0]
        self.server.seen = found
        response = found.get("response") or {"status": 500, "headers": [], "body": ""}
        content = base64.b64decode(response["body"])
        self.send_response_only(response["status"])
        for name, value in response["headers"]:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = answer

    def log_message(self, *_):
        pass


def printed(shape, value):
    """What the CLI prints of a value: blobs as they travel, moments as ISO 8601."""
    kind = shape.type_name
    if value is None:
        return None
    if kind == "structure" and not shape.is_document_type:
        return {k: printed(shape.members[k], v) for k, v in value.items()}
    if kind == "list":
        return [printed(shape.member, v) for v in value]
    if kind == "map":
        return {k: printed(shape.value, v) for k, v in value.items()}
    if kind == "blob":
        return base64.b64encode(value).decode()
    if kind == "timestamp":
        return value.astimezone(datetime.timezone.utc).isoformat()
    return value


def given_form(shape, value):
    """A parameter as `--cli-input-json` has it."""
    return printed(shape, value)


class Case(Draw):
    """Draws what botocore's own checks let through, and the CLI prints as it is."""

    def timestamp(self, shape, depth):
        moment = super().timestamp(shape, depth)
        if not 0 <= moment.timestamp() < 4e9:
            moment = datetime.datetime(2026, 1, 31, 23, 59, 59, tzinfo=check.UTC)
        return moment.replace(microsecond=0)

    def double(self, shape, depth):
        return self.rng.choice([0.0, 1.0, 0.1, 1e-7] if self.is_request else [0.0, -1.5, 0.1, 1e-7])

    def string(self, shape, depth):
        if shape.enum:
            return self.rng.choice(shape.enum)
        least = shape.metadata.get("min", 0)
        if self.is_request:
            return self.text(check.PLAIN, max(1, least), max(9, least))
        return self.text(None, least, max(9, least))

    def list(self, shape, depth):
        least = shape.metadata.get("min", 0)
        count = max(least, 0 if depth > 5 else self.rng.randint(0, 3))
        return [self.element(shape.member, depth) for _ in range(count)]

    def map(self, shape, depth):
        out = {f"k{i}": self.element(shape.value, depth) for i in range(shape.metadata.get("min", 0))}
        return out or super().map(shape, depth)

    def integer(self, shape, depth):
        low = shape.metadata.get("min", 1)
        return max(low, min(shape.metadata.get("max", 7), 7))

    long = integer

    def blob(self, shape, depth):
        if self.is_request:
            raise Unfit()
        return super().blob(shape, depth)

    def plain(self):
        return self.text("abcxyz019", 6, 9)

    def located(self, member, location):
        if self.is_request and member.type_name == "string":
            if member.enum:
                return self.rng.choice(member.enum)
            least = max(6, member.metadata.get("min", 6))
            return self.text("abcxyz019", least, least + 6)
        return super().located(member, location)


def holds(shape, test, depth=0):
    """Whether a shape or anything in it satisfies a test."""
    if test(shape):
        return True
    if depth > 6:
        return False
    inner = list(shape.members.values()) if shape.type_name == "structure" else \
        [shape.member] if shape.type_name == "list" else \
        [shape.value] if shape.type_name == "map" else []
    return any(holds(s, test, depth + 1) for s in inner)


class Run:
    """All cases of a seed."""

    def __init__(self, peer, seed):
        self.server = Server(peer)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.rng = random.Random(f"{seed} cli")
        loader = botocore.loaders.Loader(include_default_search_paths=True)
        self.models = {
            s: botocore.model.ServiceModel(loader.load_service_model(s, "service-2"), s)
            for s in SERVICES}
        self.differences, self.done, self.protocols = [], set(), {}

    def operations(self, service):
        model = self.models[service]
        out = []
        for name in model.operation_names:
            operation = model.operation_model(name)
            shapes = [s for s in (operation.input_shape, operation.output_shape) if s is not None]
            out_shape = operation.output_shape
            if name in OWN_WAY.get(service, ()) or operation.has_event_stream_input \
                    or operation.has_event_stream_output or operation.endpoint \
                    or operation.deprecated or operation.has_streaming_output \
                    or operation.has_streaming_input:
                continue
            if any(holds(s, lambda s: s.is_document_type if s.type_name == "structure" else False)
                   for s in shapes):
                continue
            if out_shape is not None and any(DECODED.search(m) for m in out_shape.members):
                continue
            out.append(operation)
        return out

    def run(self, count):
        each = {s: self.operations(s) for s in SERVICES}
        index = 0
        while index < count:
            service = SERVICES[index % len(SERVICES)]
            operation = self.rng.choice(each[service])
            if self.case(service, operation, index % 4 == 3):
                index += 1

    def case(self, service, operation, is_error):
        protocol = self.models[service].resolved_protocol
        try:
            given = Case(self.rng, protocol, True).value(operation.input_shape) \
                if operation.input_shape is not None else {}
            out = Case(self.rng, protocol, False).value(operation.output_shape) \
                if operation.output_shape is not None else {}
            # An answer that lacks its payload cannot be told from one whose payload is empty.
            payload = operation.output_shape is not None and \
                operation.output_shape.serialization.get("payload")
            if payload and payload not in out:
                out[payload] = Case(self.rng, protocol, False).value(
                    operation.output_shape.members[payload], 1)
        except Unfit:
            return False
        # With another region named the CLI adds an address that it signs itself.
        for name in ("SourceRegion", "PreSignedUrl"):
            given.pop(name, None)
        # The others need a library of C that botocore does not bring.
        if given.get("ChecksumAlgorithm", "SHA256") not in ("CRC32", "SHA1", "SHA256"):
            given.pop("ChecksumAlgorithm")
        shape = operation.output_shape
        case = {"service": service, "region": REGION, "key": KEY, "secret": SECRET, "operation": operation.name}
        code = message = None
        if is_error:
            errors = [e for e in operation.error_shapes if e.error_code.isidentifier()]
            code = self.rng.choice(errors).error_code if errors else "OperationNotPermitted"
            message = "it may not be: <é> & \"so\""
            case.update(failure=True, code=code, message=message, value={})
        else:
            case["value"] = ours(shape, out) if shape is not None else {}
        self.server.case, self.server.seen = case, None
        status, text, errors = self.cli(service, operation, given)
        seen = self.server.seen or {}
        what = f"{protocol} {service} {operation.name}"
        if "error" in seen or not seen:
            return self.differ(what, "a call", (seen, status, text[:300], errors[:600], given))
        self.done.add((service, operation.name))
        self.protocols[seen["protocol"]] = self.protocols.get(seen["protocol"], 0) + 1
        if seen["operation"] != operation.name:
            return self.differ(what, operation.name, seen["operation"])
        if not seen["signed"] and operation.auth_type != "none":
            return self.differ(what, "a signature", seen)
        self.compare_call(what, protocol, operation, given, seen["value"])
        if is_error:
            codes = {code} | {e.name for e in operation.error_shapes if e.error_code == code}
            found = re.search(r"An error occurred \((.*?)\) when calling the (\w+) operation"
                              r"(?: \(reached max retries: \d+\))?: (.*)", errors, re.S)
            got = (status in (254, 255), found and found[1] in codes, found and found[3].strip())
            if got != (True, True, message):
                self.differ(what, (254, code, message), (status, errors[:500]))
            return True
        wanted = {} if shape is None else printed(shape, kept(shape, out, protocol, False))
        wanted = json.loads(json.dumps(wanted))
        got = json.loads(text) if text.strip() else {}
        if shape is not None:
            for name, member in shape.members.items():
                if member.serialization.get("location") == "statusCode":
                    wanted[name] = got.get(name)
                if member.serialization.get("location") == "headers" and not wanted.get(name):
                    wanted.pop(name, None)
                    if not got.get(name):
                        got.pop(name, None)
        if status != 0 or got != wanted:
            self.differ(what, (0, wanted), (status, got, errors[:500]))
        return True

    def compare_call(self, what, protocol, operation, given, value):
        shape = operation.input_shape
        if shape is None:
            return
        wanted = ours(shape, kept(shape, given, protocol, True))
        if protocol in ("ec2", "query"):
            wanted = check.pruned(wanted, protocol == "ec2") or {}
        got = check.canonical(shape, value)
        # The CLI makes client tokens and asks S3 for encoded names by itself.
        for name, member in shape.members.items():
            if (member.metadata.get("idempotencyToken") or name in
                    ("EncodingType", "ChecksumAlgorithm", "ContentMD5")) and name not in given:
                got.pop(name, None)
            if got.get(name) in ({}, []) and name not in wanted:
                got.pop(name)
            if wanted.get(name) in ({}, []) and name not in got:
                wanted.pop(name)
        if got != wanted:
            self.differ(what + ": parameters", wanted, got)

    def cli(self, service, operation, given):
        """What one run of `aws` gives: exit code, output, errors."""
        words = ["s3api" if service == "s3" else service, xform_name(operation.name, "-"), "--endpoint-url", self.url,
                 "--region", REGION, "--output", "json"]
        if operation.input_shape is not None:
            words += ["--cli-input-json", json.dumps(given_form(operation.input_shape, given))]
        out, errors = io.StringIO(), io.StringIO()
        out.buffer, errors.buffer = io.BytesIO(), io.BytesIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            driver = awscli.clidriver.create_clidriver()
            try:
                status = driver.main(words + ["--no-paginate"])
            except SystemExit as exit:
                status = exit.code
        return status, out.getvalue() + out.buffer.getvalue().decode(), \
            errors.getvalue() + errors.buffer.getvalue().decode()

    def differ(self, what, wanted, got):
        self.differences.append(f"{what}\n  wanted {wanted!r}\n  got    {got!r}")
        return True


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer")
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--seed", default="7")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        config = os.path.join(home, "config")
        with open(config, "w") as file:
            file.write("[default]\ncli_timestamp_format = iso8601\nmax_attempts = 1\n"
                       "retry_mode = standard\n")
        for name in [n for n in os.environ if n.startswith("AWS_") and n != "AWS_DATA_PATH"]:
            del os.environ[name]
        os.environ.update(
            AWS_ACCESS_KEY_ID=KEY, AWS_SECRET_ACCESS_KEY=SECRET, AWS_CONFIG_FILE=config,
            AWS_SHARED_CREDENTIALS_FILE=os.path.join(home, "none"), AWS_PAGER="", AWS_MAX_ATTEMPTS="1",
            AWS_EC2_METADATA_DISABLED="true", HOME=home)
        run = Run(Peer(options.peer), options.seed)
        run.run(options.count)
    services = {s for s, _ in run.done}
    print(f"aws-cli {awscli.__version__}: {options.count} calls of {len(run.done)} operations of "
          f"{len(services)} services ({', '.join(f'{k} {v}' for k, v in sorted(run.protocols.items()))}), "
          f"{len(run.differences)} differ")
    for text in run.differences[:8]:
        print(text[:2500])
    sys.exit(1 if run.differences else 0)


if __name__ == "__main__":
    main()
