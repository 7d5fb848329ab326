"""Works out what a document grants bodies or people: standards by the roster's figures, fixed sums shared out, and who bears
them.
"""
