// AWSCatalog: see docs/architecture.md.
