// Prover: see docs/architecture.md.
