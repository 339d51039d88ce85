"""Evaluates a program of one of the peers in this process and writes its value as JSON."""
import sys

peer, path, count = sys.argv[1], sys.argv[2], sys.argv[3]
if peer == "none":
    sys.exit(0)
if peer == "json":
    import json

    with open(path) as file:
        json.dump(json.load(file), sys.stdout)
elif peer == "jsonnet":
    import rjsonnet

    sys.stdout.write(rjsonnet.evaluate_file(path, ext_vars={"count": count}))
elif peer == "dhall":
    import dhall

    with open(path) as file:
        sys.stdout.write(dhall.dumps(dhall.loads(file.read().replace("COUNT", count))))
elif peer == "kcl":
    import kcl_lib.api as api

    arguments = api.ExecProgramArgs(
        k_filename_list=[path], args=[api.Argument(name="count", value=count)])
    sys.stdout.write(api.API().exec_program(arguments).json_result)
