// ScenarioRunner: see docs/architecture.md.
