"""The archive for other programs: a CDXJ index, WACZ packages, tables and the change feed.

Tables: `kinds` has the columns and `queries` their SQL, `rows` goes through them, and `csv`,
`jsonl`, `parquet` and `duckdb` write them, as `tables` asks; `entries` are those of the feed.
Packages: `wacz` puts `records`, `cdxj`, `pages` and `start_page` into a `package`; `sidecar` is the
proof beside it, `signing` its signature, and `package_check` checks both without the archive.
"""

from archive.export.cdxj import export_cdxj
from archive.export.entries import FeedEntry, feed_line, read_feed
from archive.export.kinds import KINDS
from archive.export.opened import opened_package
from archive.export.package import Signer
from archive.export.package_check import CheckedPackage, check_package
from archive.export.sidecar import write_sidecar
from archive.export.signing import PackageSigner, is_signed
from archive.export.tables import Format, TablesExport, export_tables
from archive.export.wacz import Collector, Exported, export_wacz

__all__ = [
    "KINDS",
    "CheckedPackage",
    "Collector",
    "Exported",
    "FeedEntry",
    "Format",
    "PackageSigner",
    "Signer",
    "TablesExport",
    "check_package",
    "export_cdxj",
    "export_tables",
    "export_wacz",
    "feed_line",
    "is_signed",
    "opened_package",
    "read_feed",
    "write_sidecar",
]
