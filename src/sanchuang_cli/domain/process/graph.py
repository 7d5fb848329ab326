"""Orders steps by the steps that they stand after: whether they go in a circle, and what comes later."""

from collections.abc import Collection, Mapping, Sequence

Graph = Mapping[str, Collection[str]]
"""By step, the steps that it stands after."""


def circle(graph: Graph) -> Sequence[str]:
    """Steps that stand after one another in a circle, the first again at the end; none where there is no circle."""
    left = {name: [before for before in after if before in graph] for name, after in graph.items()}
    while free := [name for name, after in left.items() if not any(before in left for before in after)]:
        for name in free:
            del left[name]
    if not left:
        return ()
    # what is left stands after something that is left, so going back from any of it must come to a step twice
    way = [min(left)]
    while way.count(way[-1]) == 1:
        way.append(next(before for before in left[way[-1]] if before in left))
    return way[way.index(way[-1]) :]


def later(graph: Graph) -> dict[str, frozenset[str]]:
    """By step, all steps that come after it, however far."""
    before = {name: earlier(graph, name) for name in graph}
    return {name: frozenset(other for other in graph if name in before[other]) for name in graph}


def earlier(graph: Graph, name: str) -> set[str]:
    """All steps that a step stands after, however far."""
    known: set[str] = set()
    waiting = list(graph.get(name, ()))
    while waiting:
        before = waiting.pop()
        if before not in known:
            known.add(before)
            waiting += graph[before]
    return known
