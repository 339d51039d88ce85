// LudwigEvaluator: see docs/architecture.md.
