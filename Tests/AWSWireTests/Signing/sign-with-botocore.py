"""Signs requests with botocore: a JSON list on standard input, one signed request a line out."""

import datetime
import json
import sys

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

SIGNERS = {
    "header": botocore.auth.SigV4Auth,
    "header-s3": botocore.auth.S3SigV4Auth,
    "query": botocore.auth.SigV4QueryAuth,
    "query-s3": botocore.auth.S3SigV4QueryAuth,
}


def sign(case):
    moment = datetime.datetime.fromtimestamp(case["seconds"], datetime.timezone.utc)
    botocore.auth.get_current_datetime = lambda: moment
    request = AWSRequest(
        method=case["method"], url=case["url"], data=bytes.fromhex(case["body"])
    )
    for name, value in case["headers"]:
        request.headers[name] = value
    if case["unsigned"]:
        request.context["payload_signing_enabled"] = False
    credentials = Credentials(case["key"], case["secret"], case["token"])
    arguments = [credentials, case["service"], case["region"]]
    if case["way"].startswith("query"):
        arguments.append(case["lifetime"])
    SIGNERS[case["way"]](*arguments).add_auth(request)
    if case["way"].startswith("query"):
        return request.url
    return request.headers["Authorization"]


for case in json.load(sys.stdin):
    print(sign(case))
