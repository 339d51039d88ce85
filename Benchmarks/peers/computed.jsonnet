// Records computed by a function, a comprehension and library calls. The count comes from outside.
local count = std.parseInt(std.extVar('count'));

local record(i) = {
  name: 'service-' + i,
  port: 8000 + i % 1000,
  replicas: 1 + i % 5,
  enabled: i % 2 == 0,
  labels: { app: 'shop', zone: 'zone-' + i % 3 },
};

{ records: [record(i) for i in std.range(0, count - 1)] }
