#!/usr/bin/env python3
"""endpoints.py PEER: our endpoints held against botocore's evaluation of the same rules.

Every service of the catalog, in many regions, with and without FIPS and dual stack, and S3 with
buckets, access points and accounts. PEER is the program `wire-peer`.
"""
import itertools
import json
import random
import subprocess
import sys

import botocore.loaders
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError

REGIONS = [
    "us-east-1", "us-west-2", "eu-west-1", "ap-south-2", "cn-north-1", "us-gov-west-1",
    "us-iso-east-1", "us-isob-east-1", "aws-global", "us-east-9", "mars-north-1",
]
BUCKETS = [
    "bucket", "my.bucket", "UPPER", "a", "1.2.3.4", "b--usw2-az1--x-s3", "name--op-s3",
    "arn:aws:s3:us-west-2:123456789012:accesspoint:ap", "arn:aws:s3::123456789012:accesspoint:m.mrap",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/ap",
    "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/ol", "arn:aws:sqs:us-west-2:1:q",
]


def cases(service, rules):
    names = rules["parameters"]
    for region, fips, dual in itertools.product(REGIONS, (False, True), (False, True)):
        yield {"Region": region, "UseFIPS": fips, "UseDualStack": dual}
    yield {"Region": "eu-west-1", "UseFIPS": False, "UseDualStack": False,
           "Endpoint": "http://127.0.0.1:5000/base"}
    rng = random.Random(service)
    further = [n for n in names if n not in ("Region", "UseFIPS", "UseDualStack", "Endpoint")]
    for _ in range(400 if service in ("s3", "s3control") else 60 if further else 0):
        case = {"Region": rng.choice(REGIONS), "UseFIPS": rng.random() < 0.2,
                "UseDualStack": rng.random() < 0.2}
        if rng.random() < 0.15:
            case["Endpoint"] = rng.choice(["https://example.com", "http://10.0.0.1:80/p", "https://[::1]"])
        for name in further:
            kind = names[name]["type"].lower()
            if kind == "boolean" and rng.random() < 0.5:
                case[name] = rng.random() < 0.5
            elif kind == "string" and rng.random() < 0.6:
                case[name] = rng.choice(BUCKETS if name == "Bucket" else [
                    "123456789012", "arn:aws:dynamodb:us-east-1:123456789012:table/t", "preferred",
                    "required", "arn:aws:kinesis:us-east-1:123456789012:stream/s", "control", "data",
                    "arn:aws:s3:us-west-2:123456789012:accesspoint:ap", "op-1", "x"])
        yield case


def main():
    loader = botocore.loaders.Loader(include_default_search_paths=True)
    partitions = loader.load_data("partitions")
    services = open("scripts/catalog-services.txt").read().split()
    asked = []
    for service in services:
        rules = loader.load_service_model(service, "endpoint-rule-set-1")
        provider = EndpointProvider(rules, partitions)
        for case in cases(service, rules):
            case.setdefault("AccountIdEndpointMode", "preferred")
            case = {k: v for k, v in case.items() if k in rules["parameters"]}
            try:
                found = provider.resolve_endpoint(**case)
                theirs = {"url": found.url.rstrip("/"), "headers": found.headers or {},
                          "schemes": [(s["name"], s.get("signingName"), s.get("signingRegion"),
                                       s.get("signingRegionSet", []),
                                       s.get("disableDoubleEncoding", False))
                                      for s in found.properties.get("authSchemes", [])]}
            except EndpointProviderError as error:
                theirs = None
            except Exception as error:  # botocore's own mistakes
                continue
            asked.append((service, case, theirs))
    lines = "".join(json.dumps({"do": "endpoint", "service": s, "value": c}) + "\n"
                    for s, c, _ in asked)
    done = subprocess.run([sys.argv[1]], input=lines, capture_output=True, text=True, check=True)
    differing = 0
    for (service, case, theirs), line in zip(asked, done.stdout.splitlines(), strict=True):
        mine = json.loads(line)
        got = None if "error" in mine else {
            "url": mine["url"], "headers": mine["headers"],
            "schemes": [tuple(s) for s in mine["schemes"]]}
        if got != theirs:
            differing += 1
            if differing < 6:
                print(service, case, "\n  theirs", theirs, "\n  ours  ", mine)
    print(f"{len(asked)} endpoints of {len(services)} services, {differing} differ")
    sys.exit(1 if differing else 0)


main()
