"""Reads workbooks into rosters of typed records, checks them, and makes the copies that go back to their senders.

It reads files and writes only the copies (returns/returning.py). It knows no ledger, no programme and no terminal.
"""
