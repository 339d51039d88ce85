// Journal: see docs/architecture.md.
