"""WARC/1.1 files: captures into records, records into captures. Source: IIPC WARC 1.1.

`writer` writes the `records` that an exchange becomes, with the `facts` that no response tells;
`reader` reads them back, out of what `framing` finds in a file. `recover` cuts off what a crash
left, `tombstone` stands where records were taken away, `stored` is a record as the log names it.
"""
