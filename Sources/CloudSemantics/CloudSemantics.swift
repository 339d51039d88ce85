// CloudSemantics: see docs/architecture.md.
