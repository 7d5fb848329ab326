"""Steps and what they stand after, as a graph: circles, and what comes later."""

from collections.abc import Collection, Mapping, Sequence

Graph = Mapping[str, Collection[str]]
"""By step, those that it stands after."""


def circle(graph: Graph) -> Sequence[str]:
    """Steps that stand after one another in a circle, the first again at the end; none where there is no circle."""
    left = {name: [one for one in after if one in graph] for name, after in graph.items()}
    while free := [name for name, after in left.items() if not any(one in left for one in after)]:
        for name in free:
            del left[name]
    if not left:
        return ()
    way = [min(left)]
    while way.count(way[-1]) == 1:
        way.append(next(one for one in left[way[-1]] if one in left))
    return way[way.index(way[-1]) :]


def later(graph: Graph) -> dict[str, frozenset[str]]:
    """By step, all that come after it, however far."""
    found: dict[str, set[str]] = {name: set() for name in graph}
    for name in graph:
        for before in earlier(graph, name):
            found[before].add(name)
    return {name: frozenset(names) for name, names in found.items()}


def earlier(graph: Graph, name: str) -> set[str]:
    """All that a step stands after, however far."""
    found: set[str] = set()
    ahead = list(graph.get(name, ()))
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += graph.get(one, ())
    return found
