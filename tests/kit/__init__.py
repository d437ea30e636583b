"""Helpers of the tests, imported as `kit`: builders, fakes, the redlist's map."""
