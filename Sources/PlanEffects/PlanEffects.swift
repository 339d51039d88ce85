// PlanEffects: see docs/architecture.md.
