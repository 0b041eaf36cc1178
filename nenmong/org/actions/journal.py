"""How rows were before a plan changed them, so that all of it can be taken back exactly."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model

from nenmong.core.rules import canonical, sha256

BATCH = 500
Rows = dict[str, dict[str, Any]]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def parts(uids: Iterable[str]) -> Iterator[list[str]]:
    """Yield uids in lists that fit one statement."""
    listed = list(uids)
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]


def _rows(model: type[Model], uids: Iterable[str]) -> Rows:
    """Return rows by uid, every column."""
    return {
        row["uid"]: {name: _plain(value) for name, value in row.items()}
        for part in parts(uids)
        for row in model._default_manager.filter(pk__in=part).values()
    }


class Journal:
    """Filled while a plan is applied; `entries` is what the plan keeps."""

    def __init__(self) -> None:
        self._before: dict[type[Model], Rows] = defaultdict(dict)
        self._made: dict[type[Model], list[str]] = defaultdict(list)

    def before(self, model: type[Model], uids: Iterable[str]) -> None:
        """Remember rows that are about to be changed."""
        known = self._before[model]
        known.update(_rows(model, [uid for uid in uids if uid not in known]))

    def made(self, rows: Sequence[Model]) -> None:
        """Note rows that were made."""
        for row in rows:
            self._made[type(row)].append(row.pk)

    def entries(self) -> dict[str, Any]:
        """Return, by table, what each row made or changed is now (a hash), and what it was."""
        found: dict[str, Any] = {}
        for model in [*self._before, *(m for m in self._made if m not in self._before)]:
            was, made = self._before.get(model, {}), self._made.get(model, [])
            now = _rows(model, [*was, *made])
            changed = {
                uid: [sha256(canonical(now[uid])), _differing(old, now[uid])]
                for uid, old in was.items()
                if old != now[uid]
            }
            found[model._meta.label] = {
                "made": {uid: sha256(canonical(now[uid])) for uid in made},
                "changed": changed,
            }
        return found


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in old.items() if new[name] != value}


def uids_of(entries: Mapping[str, Any], label: str) -> list[str]:
    """Return the rows of one table a journal speaks of."""
    of_table = entries.get(label, {"made": {}, "changed": {}})
    return [*of_table["made"], *of_table["changed"]]


def changed_since(entries: Mapping[str, Any]) -> tuple[type[Model], str] | None:
    """Return the first row that is not as the plan left it."""
    for label, of_table in entries.items():
        model = apps.get_model(label)
        left = of_table["made"] | {uid: entry[0] for uid, entry in of_table["changed"].items()}
        now = _rows(model, left)
        for uid, digest in left.items():
            if uid not in now or sha256(canonical(now[uid])) != digest:
                return model, uid
    return None


def put_back(entries: Mapping[str, Any], last: Sequence[type[Model]]) -> None:
    """Erase what was made, and write back what was changed. Tables in `last` are erased last."""
    made = [(apps.get_model(label), part["made"]) for label, part in entries.items()]
    for model, uids in made:
        if model not in last:
            _erase(model, uids)
    for label, of_table in entries.items():
        _write_back(apps.get_model(label), of_table["changed"])
    for model, uids in made:
        if model in last:
            _erase(model, uids)


def _erase(model: type[Model], uids: Iterable[str]) -> None:
    for part in parts(uids):
        model._default_manager.filter(pk__in=part).delete()


def _write_back(model: type[Model], changed: Mapping[str, Any]) -> None:
    by_columns: dict[tuple[str, ...], list[Model]] = defaultdict(list)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    for uid, (_digest, was) in changed.items():
        said = {name: fields[name].to_python(value) for name, value in was.items()}
        by_columns[tuple(fields[name].name for name in was)].append(model(pk=uid, **said))
    for columns, rows in by_columns.items():
        model._default_manager.bulk_update(rows, columns, batch_size=BATCH)
