// LudwigTypes: see docs/architecture.md.
