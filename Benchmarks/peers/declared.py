"""Writes the declared records of the comparison in a peer's language: declared.py PEER COUNT."""
import json
import sys

peer, count = sys.argv[1], int(sys.argv[2])


def record(i):
    return {
        "name": f"service-{i}", "port": 8000 + i % 1000, "replicas": 1 + i % 5,
        "enabled": i % 2 == 0, "labels": {"app": "shop", "zone": f"zone-{i % 3}"},
    }


def text(value):
    """A value as the peer writes it."""
    if isinstance(value, bool):
        return str(value) if peer in ("kcl", "dhall") else str(value).lower()
    if isinstance(value, (int, str)):
        return json.dumps(value)
    signs = {"jsonnet": ": ", "kcl": ": ", "dhall": " = "}
    fields = [
        (f'"{name}"' if peer == "kcl" else name) + signs[peer] + text(field)
        for name, field in value.items()]
    return "{ " + ", ".join(fields) + " }"


if peer == "json":
    json.dump({"records": [record(i) for i in range(count)]}, sys.stdout)
else:
    heads = {"jsonnet": "{ records: [\n", "kcl": "records = [\n", "dhall": "{ records = [\n"}
    ends = {"jsonnet": "\n] }\n", "kcl": "\n]\n", "dhall": "\n] }\n"}
    lines = ["  " + text(record(i)) for i in range(count)]
    sys.stdout.write(heads[peer] + ",\n".join(lines) + ends[peer])
