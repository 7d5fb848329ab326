"""Works out contracts with terms: what is paid month by month while they run, what is paid once and given back by whoever
leaves early, how the contracts of one person stand to each other, and which end soon.
"""
