"""The register on screen: list, person, household."""
