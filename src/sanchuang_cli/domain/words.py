"""The words that say of a person or a cell: none, yes, no, dead, stopped, moved away. Each list stands here and nowhere else.

Rules, checks and the reader's parsers all ask these lists, so that no word means one thing to one of them and another
to the next. Words are compared after `narrow`: one width, no spaces.
"""
