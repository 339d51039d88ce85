// SMT: see docs/architecture.md.
