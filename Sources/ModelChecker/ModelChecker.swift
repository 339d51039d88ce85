// ModelChecker: see docs/architecture.md.
