"""Works out loans of a fund that are paid back at the end: what is owed on any day, the interest, the subsidy of it, and the
pool.

All money is whole fen, all rates and times are exact, and only a cumulative sum is rounded, half up. What falls to a
stretch of days is the difference of two such sums, so that the sums of periods make the sum of the whole, wherever they are cut.
"""
