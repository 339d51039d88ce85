// Planners: see docs/architecture.md.
