"""Reads everything again, and names what is not as it was written."""

from archive.verify.report import Fault, Report
from archive.verify.whole import verify

__all__ = ["Fault", "Report", "verify"]
