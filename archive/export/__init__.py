"""The archive for other programs: a CDXJ index of it, and WACZ packages."""

from archive.export.cdxj import export_cdxj
from archive.export.package import Signer
from archive.export.wacz import Collector, Exported, export_wacz

__all__ = ["Collector", "Exported", "Signer", "export_cdxj", "export_wacz"]
