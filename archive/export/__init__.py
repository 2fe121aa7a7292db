"""The archive for other programs: a CDXJ index of it, and WACZ packages."""

from archive.export.cdxj import export_cdxj
from archive.export.package import Signer
from archive.export.sidecar import write_sidecar
from archive.export.signing import PackageSigner, is_signed
from archive.export.wacz import Collector, Exported, export_wacz

__all__ = [
    "Collector",
    "Exported",
    "PackageSigner",
    "Signer",
    "export_cdxj",
    "export_wacz",
    "is_signed",
    "write_sidecar",
]
