// LudwigSyntax: see docs/architecture.md.
