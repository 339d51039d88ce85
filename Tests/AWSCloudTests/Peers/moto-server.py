"""moto's server, all of whose chance `POST /moto-api/seed?a=N` seeds: also what it takes from Python
itself, so that the same calls get the same ids.

    moto-server.py PORT
"""

import random
import secrets
import sys
import uuid

chance = random.Random()
for name in ("random", "randint", "randrange", "choice", "choices", "sample", "shuffle", "uniform",
             "getrandbits", "randbytes"):
    setattr(random, name, getattr(chance, name))
random.SystemRandom = lambda: chance
uuid.uuid4 = lambda: uuid.UUID(int=chance.getrandbits(128), version=4)
uuid.uuid1 = lambda *_: uuid.UUID(int=chance.getrandbits(128), version=1)
secrets.choice = chance.choice
secrets.randbelow = chance.randrange
secrets.token_bytes = lambda count=32: chance.randbytes(count)
secrets.token_hex = lambda count=32: chance.randbytes(count).hex()
secrets.token_urlsafe = lambda count=32: chance.randbytes(count).hex()

import moto.server  # noqa: E402
from moto.moto_api._internal import mock_random  # noqa: E402

seeded = mock_random.seed


def seed(number):
    chance.seed(number)
    seeded(number)


mock_random.seed = seed
sys.argv = ["moto_server", "-H", "127.0.0.1", "-p", sys.argv[1]]
sys.exit(moto.server.main())
