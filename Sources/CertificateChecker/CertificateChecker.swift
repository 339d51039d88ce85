// CertificateChecker: see docs/architecture.md.
