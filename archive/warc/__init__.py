"""WARC/1.1 files: captures into records, records into captures. Source: IIPC WARC 1.1."""
