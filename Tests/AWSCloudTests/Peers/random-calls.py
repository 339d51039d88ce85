"""Makes calls drawn from a seed with boto3 on a moto server, and prints, a line each, the call and
what came of it.

    random-calls.py PORT SEED COUNT

Services and operations are drawn from all that botocore and moto know together; parameters are made
from botocore's shapes. What a call gives or is given (names, ids, ARNs) is taken up by later calls
whose parameters have the same name. moto is reset first, and its chance seeded
with its number before each call, so that whoever does the same gets the same ids.
"""

import base64
import datetime
import glob
import json
import os
import random
import re
import sys
import urllib.request
import warnings

import boto3
import botocore.exceptions
import botocore.parsers
import moto
from botocore import xform_name
from botocore.config import Config

warnings.filterwarnings("ignore")
PORT, SEED, COUNT = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
CONFIG = Config(
    region_name="us-east-1", retries={"total_max_attempts": 1}, inject_host_prefix=False,
    read_timeout=30,
)
# Where moto keeps a service under another name.
FOLDERS = {"lambda": "awslambda", "elbv2": "elbv2", "es": "es", "sso-admin": "ssoadmin"}
# Answers that are large or slow, or drawn anew at each call from what no seed reaches; calls that
# start machines elsewhere; and what boto3 changes by hand.
PASSED_OVER = {
    "DescribeInstanceTypes", "DescribeInstanceTypeOfferings", "DescribeImages", "ListPolicies",
    "GetPasswordData", "GetAccountAuthorizationDetails", "DescribeSpotPriceHistory",
    "DescribeReservedInstancesOfferings", "DescribeOrderableDBInstanceOptions", "GetRandomPassword",
    "GenerateRandom", "GetCredentialReport", "Invoke", "InvokeAsync", "SubmitJob", "RunInstances",
    "GetBucketLocation", "GetConsoleOutput", "ListAWSDefaultServiceQuotas", "CopySnapshot",
    "GetBucketLifecycle", "PutBucketLifecycle", "GetBucketNotification", "PutBucketNotification",
    "CreateFunction", "PublishLayerVersion", "CreateSession", "StartExecution", "ImportKeyPair",
}
BEGINNINGS = ("Create", "Put", "Register", "Start", "Tag", "Add", "Request", "Enable", "Attach",
              "List", "Describe", "Get", "BatchGet", "Update", "Delete", "Untag")
rng = random.Random(SEED)
clients, pool, sent = {}, {}, []


def client(service):
    if service not in clients:
        clients[service] = boto3.client(
            service, endpoint_url=f"http://127.0.0.1:{PORT}", aws_access_key_id="AKIDEXAMPLE",
            aws_secret_access_key="secret", config=CONFIG)
        clients[service].meta.events.register("before-send", lambda **_: sent.append(service))
    return clients[service]


def prepare(path):
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}/moto-api/{path}", method="POST")
    urllib.request.urlopen(request, timeout=60).read()


def implemented():
    """The operations of each service that moto has a function for."""
    root = os.path.dirname(moto.__file__)
    out = {}
    catalog = os.path.join(os.path.dirname(__file__), "../../../scripts/catalog-services.txt")
    ours = set(open(catalog).read().split())
    for service in boto3.Session().get_available_services():
        if service not in ours:
            continue
        folder = os.path.join(root, FOLDERS.get(service, service.replace("-", "")))
        files = glob.glob(folder + "/responses.py") + glob.glob(folder + "/responses/*.py")
        text = "".join(open(f).read() for f in files)
        known = set(re.findall(r"def (\w+)\(self", text))
        if known:
            out[service] = known
    return out


def fits(service, operation):
    if operation.name in PASSED_OVER or not operation.name.startswith(BEGINNINGS):
        return False
    if operation.has_event_stream_input or operation.has_event_stream_output or operation.endpoint:
        return False
    return not (operation.has_streaming_input or operation.deprecated)


class Unfit(Exception):
    pass


def text(name, shape, service):
    if shape.enum:
        return rng.choice(shape.enum)
    key = name.lower()
    known = pool.get((service, key)) or pool.get((service, key.removesuffix("s")))
    if not known and key in ("name", "id", "arn", "resourcearn", "resourceid"):
        known = sorted({v for (s, k), vs in pool.items() if s == service and k.endswith(
            key.replace("resource", "")) for v in vs})
    if known and rng.random() < 0.75:
        return rng.choice(sorted(known))
    word = f"{rng.choice(['web', 'shop', 'basket', 'order'])}-{rng.randint(1, 4)}"
    if key.endswith("arn") or key.endswith("arns"):
        return f"arn:aws:{service}:us-east-1:123456789012:{word}/{word}"
    if "cidr" in key:
        return f"10.{rng.randint(0, 3)}.0.0/16"
    if "email" in key:
        return f"{word}@example.com"
    if "policy" in key or "document" in key:
        return json.dumps({"Version": "2012-10-17", "Statement": []})
    if "domain" in key:
        return f"{word}.example.com"
    if "url" in key or "uri" in key:
        return f"https://example.com/{word}"
    if "bucket" in key:
        return word
    if "token" in key:
        raise Unfit()
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", 10**6)
    return (word + "x" * 300)[:max(least, min(len(word), most))]


def value(name, shape, service, depth):
    kind = shape.type_name
    if kind == "structure":
        if shape.is_document_type or depth > 4:
            raise Unfit()
        if shape.is_tagged_union:
            chosen = rng.choice(list(shape.members))
            return {chosen: value(chosen, shape.members[chosen], service, depth + 1)}
        return structure(shape, service, depth)
    if kind == "list":
        count = max(shape.metadata.get("min", 0), rng.randint(1, 2))
        return [value(name, shape.member, service, depth + 1) for _ in range(count)]
    if kind == "map":
        return {rng.choice("abc"): value(name, shape.value, service, depth + 1)}
    if kind in ("string", "character"):
        return text(name, shape, service)
    if kind in ("integer", "long"):
        low = shape.metadata.get("min", 1)
        return rng.randint(low, max(low, min(shape.metadata.get("max", low + 9), low + 9)))
    if kind in ("float", "double"):
        return float(max(shape.metadata.get("min", 1), 1)) + 0.5
    if kind == "boolean":
        return rng.random() < 0.5
    if kind == "timestamp":
        return datetime.datetime(2026, 1, 31, rng.randint(0, 23), tzinfo=datetime.timezone.utc)
    if kind == "blob":
        return f"bytes {rng.randint(0, 9)}".encode()
    raise Unfit()


def structure(shape, service, depth):
    out = {}
    for name, member in shape.members.items():
        is_needed = name in shape.required_members
        if member.metadata.get("idempotencyToken"):
            # Each side would make one of its own, and moto makes ids of them.
            out[name] = f"token-{rng.randrange(10**9):09d}".ljust(member.metadata.get("min", 0), "0")
            continue
        if not is_needed and (
                rng.random() > (0.3 if depth == 0 else 0.15)
                or name in ("DryRun", "UserData", "NextToken", "Marker", "nextToken", "ChecksumAlgorithm")
                or name.startswith(("Checksum", "SSE", "ContentMD5"))):
            continue
        try:
            out[name] = value(name, member, service, depth + 1)
        except Unfit:
            if is_needed:
                raise
    return out


def learn(service, given):
    """Takes up what later calls may name."""
    if isinstance(given, dict):
        for name, inner in given.items():
            if isinstance(inner, str) and 0 < len(inner) < 200:
                pool.setdefault((service, name.lower()), set()).add(inner)
            elif isinstance(inner, list) and inner and isinstance(inner[0], str):
                pool.setdefault((service, name.lower().removesuffix("s")), set()).update(
                    t for t in inner if len(t) < 200)
            else:
                learn(service, inner)
    elif isinstance(given, list):
        for inner in given:
            learn(service, inner)


def plain(given):
    """A value as JSON: moments in UTC, bytes in base64."""
    if isinstance(given, dict):
        return {k: plain(v) for k, v in given.items() if k != "ResponseMetadata"}
    if isinstance(given, (list, tuple)):
        return [plain(v) for v in given]
    if isinstance(given, datetime.datetime):
        return given.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(given, (bytes, bytearray)):
        return base64.b64encode(given).decode()
    if hasattr(given, "read"):
        return base64.b64encode(given.read()).decode()
    return given


def call(service, operation, parameters):
    """What boto3 says; nothing where it does not send the call."""
    api = client(service)
    sent.clear()
    try:
        return {"output": plain(getattr(api, xform_name(operation))(**parameters))}
    except botocore.exceptions.ClientError as error:
        answer = error.response
        return {"error": answer["Error"].get("Code", ""),
                "status": answer["ResponseMetadata"]["HTTPStatusCode"]}
    except Exception:  # What moto answers is more than boto3 can read, or the call was not sent.
        return {"garbled": True} if sent else None


def first(operations):
    """What makes moto load a service, which draws from its chance: a read, if there is one."""
    return [o for o in operations if o.name.startswith(("List", "Describe"))
            and not (o.input_shape and o.input_shape.required_members)][:1]


def main():
    prepare("reset")
    known = implemented()
    operations = {}
    for service in sorted(known):
        model = client(service).meta.service_model
        names = [n for n in sorted(model.operation_names)
                 if xform_name(n) in known[service] and fits(service, model.operation_model(n))]
        if names:
            operations[service] = [model.operation_model(n) for n in names]
    made, warmed = 0, set()
    while made < COUNT:
        service = rng.choice(sorted(operations))
        # Some calls of one service after the other, makers first, so that readers find something.
        few = [rng.choice(operations[service]) for _ in range(8)]
        few.sort(key=lambda o: next(i for i, b in enumerate(BEGINNINGS) if o.name.startswith(b)))
        if service not in warmed:
            warmed.add(service)
            few = first(operations[service]) + few
        for operation in few:
            if made >= COUNT:
                break
            try:
                parameters = structure(operation.input_shape, service, 0) \
                    if operation.input_shape is not None else {}
            except Unfit:
                continue
            prepare(f"seed?a={made}")
            result = call(service, operation.name, parameters)
            if result is None:
                continue
            given = plain(parameters)
            learn(service, given)
            learn(service, result.get("output"))
            print(json.dumps({"service": service, "operation": operation.name,
                              "parameters": given, **result}), flush=True)
            made += 1


main()
