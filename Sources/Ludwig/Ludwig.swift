// Ludwig: see docs/architecture.md.
