// Conductor: see docs/architecture.md.
