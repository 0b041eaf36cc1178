"""The bucket guard: no test passes whose SQL ties two large tables together without their buckets.

Large are the tables that grow with cells or members; each has a `bucket`, and when they are
distributed by it, rows tied together must lie in one place. A join or a subquery between two of
them therefore equates the buckets. The guard reads the SQL of every test; it costs nothing where
fewer than two large tables are named.
"""

import re
from functools import cache, lru_cache

from django.apps import apps
from django.db import connection
from sqlglot import exp, parse_one

# Small, or needed by everyone: kept whole in every place. All other tables of ours are large.
REFERENCE = {
    "accounts.ApiToken",
    "accounts.User", "core.Node", "org.Administrator", "org.CellKind", "org.ColumnMapping",
    "org.Reorganisation", "org.Unit", "org.UnitSuccession", "org.UnitVersion", "org.Upload",
    "directives.Comment", "directives.CommentRequest", "directives.Directive",
    "directives.DirectiveChange", "directives.DirectiveFile", "directives.DirectiveVersion",
    "directives.Sending",
    "meetings.CalendarFeed", "opinions.DeskField", "opinions.Issue", "opinions.OpinionField",
    "rulebook.CalendarDay", "rulebook.UnitRule",
}  # fmt: skip


def models():
    """Return every model of the house."""
    configs = [config for config in apps.get_app_configs() if config.name.startswith("nenmong.")]
    return [model for config in configs for model in config.get_models()]


@cache
def large():
    """Return the names of the large tables."""
    return frozenset(m._meta.db_table for m in models() if m._meta.label not in REFERENCE)


@cache
def _named():
    return re.compile(rf'\b(?:FROM|JOIN|UPDATE) "({"|".join(sorted(large()))})"')


def wrapper(execute, sql, params, many, context):
    """Look at one statement before it runs; a fault fails the test where it was written."""
    if len(_named().findall(sql)) > 1 and (found := faults(sql, connection.vendor)):
        raise AssertionError("\n".join([*found, sql]))
    return execute(sql, params, many, context)


@lru_cache(maxsize=2000)
def faults(sql, vendor="sqlite"):
    """Return what a statement ties together without its bucket, a line each."""
    text = sql.replace("%s", "1").replace("%%", "%")
    tree = parse_one(text, dialect="postgres" if vendor == "postgresql" else vendor)
    return tuple(_Reader().read(tree))


class _Reader:
    """Walks a statement; a group holds the aliases whose buckets are known to be the same."""

    def read(self, tree, outside=(), groups=()):
        """Yield the faults of one query and of those inside it.

        `outside` are the aliases of large tables of the queries around it.
        """
        if isinstance(tree, exp.SetOperation):  # its parts are not tied together
            yield from self.read(tree.left, outside, groups)
            yield from self.read(tree.right, outside, groups)
            return
        nested = list(_nested(tree))
        here = {
            table.alias_or_name: table.name
            for table in tree.find_all(exp.Table)
            if table.name in large()
            and not any(_inside(table, query) for query in nested)
            and not isinstance(table.parent, exp.Insert)
        }
        joined = _grouped([*groups, *_equated(tree)])
        tied = [*outside, *here]
        for place, alias in enumerate(tied):
            for other in tied[max(place + 1, len(outside)) :]:
                if not any(alias in group and other in group for group in joined):
                    yield f"{alias} and {other} are tied together without their buckets"
        for query in nested:
            beside = isinstance(query.parent, exp.Subquery) and isinstance(
                query.parent.parent, exp.From | exp.Join
            )
            yield from self.read(query, () if beside else tuple(tied), () if beside else joined)


def _nested(tree):
    """Yield the queries directly inside `tree`."""
    for query in tree.find_all(exp.Query):
        if query is tree or isinstance(query, exp.Subquery):
            continue
        around = query.parent
        while around is not tree and not (
            isinstance(around, exp.Query) and not isinstance(around, exp.Subquery)
        ):
            around = around.parent
        if around is tree:
            yield query


def _inside(node, query):
    while node is not None and node is not query:
        node = node.parent
    return node is query


def _equated(tree):
    """Yield the pairs of aliases whose buckets a query says are equal, whatever else holds."""
    conditions = [join.args.get("on") for join in tree.args.get("joins") or []]
    if where := tree.args.get("where"):
        conditions.append(where.this)
    while conditions:
        condition = conditions.pop()
        match condition:
            case exp.And():
                conditions += [condition.left, condition.right]
            case exp.Paren():
                conditions.append(condition.this)
            case exp.EQ():
                sides = [side.unnest() for side in (condition.left, condition.right)]
                if all(isinstance(side, exp.Column) and side.name == "bucket" for side in sides):
                    yield {side.table for side in sides}


def _grouped(pairs):
    """Return sets of aliases, those that share one made one."""
    groups = []
    for pair in pairs:
        touched = [group for group in groups if group & pair]
        apart = [group for group in groups if not group & pair]
        groups = [*apart, pair.union(*touched)]
    return groups
