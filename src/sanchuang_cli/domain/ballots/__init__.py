"""Works out every kind of vote: papers, bases, majorities, elections, raters, places and caps.

It knows no roster and no programme. Every figure is exact and every base of a percentage is named. What cannot be counted
gives a Doubtful, which says why, in place of a result.
"""
