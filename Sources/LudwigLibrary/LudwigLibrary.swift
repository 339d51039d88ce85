// LudwigLibrary: see docs/architecture.md.
