"""Puts together a whole roster's payments: who is paid, refused or set aside, and all pages and lists that say so."""
