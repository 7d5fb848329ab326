"""One arithmetic for every vote: papers, bases, majorities, elections, raters, places and caps.

Every figure is exact, every base is named, and what cannot be counted is told: a rule gives its result or a Doubtful.
"""
