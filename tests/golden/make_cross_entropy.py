"""Writes cross_entropy.json: torch.nn.functional.cross_entropy and its gradients, short training
runs with CrossEntropyLoss, and scikit-learn's metrics of several classes.

    python make_cross_entropy.py     # torch 2.15, scikit-learn 1.9
"""

import json
from pathlib import Path

import numpy as np
import sklearn
import torch
import torch.nn.functional as F
from sklearn import metrics

rng = np.random.default_rng(6)
f32 = lambda a: np.asarray(a, dtype=np.float32)
tensor = lambda a: {"shape": list(a.shape), "data": [float(x) for x in np.asarray(a).reshape(-1)]}


def case(name, z, target, weight=None, upstream=None, **options):
    z = torch.tensor(f32(z), dtype=torch.float64).requires_grad_()
    indices = np.asarray(target).dtype.kind == "i"
    t = torch.tensor(np.asarray(target) if indices else f32(target).astype(np.float64))
    w = None if weight is None else torch.tensor(f32(weight), dtype=torch.float64)
    out = F.cross_entropy(z, t, weight=w, **options)
    g = torch.ones_like(out) if upstream is None else torch.tensor(f32(upstream).astype(np.float64))
    out.backward(g)
    given = dict(options)
    if weight is not None:
        given["weight"] = tensor(f32(weight))
    if upstream is not None:
        given["grad_output"] = tensor(f32(upstream))
    return {
        "name": name,
        "input": tensor(f32(z.detach().numpy())),
        "target": tensor(f32(np.asarray(target))),
        "options": given,
        "output": tensor(out.detach().numpy()),
        "grad": tensor(z.grad.numpy()),
    }


def losses():
    cases = []
    for n, c in [(1, 1), (1, 3), (5, 2), (9, 5)]:
        z = rng.normal(0, 3, (n, c))
        hot = np.eye(c)[rng.integers(0, c, n)]
        soft = rng.dirichlet(np.ones(c), n)
        index = rng.integers(0, c, n)
        weight = rng.uniform(0.2, 3, c)
        for reduction in ["mean", "sum", "none"]:
            for smoothing in [0.0, 0.1]:
                for kind, target in [("one-hot", hot), ("soft", soft), ("indices", index)]:
                    for w in [None, weight]:
                        up = rng.normal(0, 1, n) if reduction == "none" else None
                        weighed = "" if w is None else ", weighted"
                        name = f"{kind} ({n}, {c}), {reduction}, smoothing {smoothing}{weighed}"
                        cases.append(case(name, z, target, w, up, reduction=reduction,
                                          label_smoothing=smoothing))
    z = rng.normal(0, 1, (4, 3))
    ignoring = np.array([2, -100, 1, -100])
    for reduction in ["mean", "sum", "none"]:
        cases.append(case(f"ignored, {reduction}", z, ignoring, reduction=reduction))
    cases.append(case("ignore_index 2", z, np.array([2, 0, 1, 2]), rng.uniform(0.5, 2, 3), ignore_index=2))
    cases.append(case("a single sample", z[0], np.array(2)))
    cases.append(case("a single sample, probabilities", z[0], np.array([0.2, 0.3, 0.5])))
    cases.append(case("far apart", [[200.0, -200.0, 0.0], [-1e4, 1e4, 3.0]], np.array([1, 1])))
    return cases


def error(name, call, **given):
    try:
        call()
    except Exception as e:  # noqa: BLE001
        message = str(e).splitlines()[0]
        return {"name": name, **given, "error": type(e).__name__, "message": message}
    raise SystemExit(f"{name}: no error")


def errors():
    z = f32(rng.normal(0, 1, (3, 4)))
    def of(name, target, weight=None, input=z, **options):
        t = np.asarray(target)
        x = torch.tensor(f32(input))
        y = torch.tensor(t if t.dtype.kind == "i" else f32(t))
        w = None if weight is None else torch.tensor(f32(weight))
        given = dict(options)
        if weight is not None:
            given["weight"] = tensor(f32(weight))
        return error(name, lambda: F.cross_entropy(x, y, weight=w, **options),
                     input=tensor(f32(input)), target=tensor(f32(t)), options=given)
    return [
        of("fewer targets", np.array([0, 1])),
        of("no such class", np.array([0, 1, 4])),
        of("a negative class", np.array([0, 1, -1])),
        of("a fraction for a class", np.array([0.0, 1.5, 2.0])),
        of("targets of another width", np.zeros((3, 3))),
        of("too few weights", np.zeros((3, 4)), np.ones(3)),
        of("weights as a matrix", np.zeros((3, 4)), np.ones((1, 4))),
        of("too few weights, indices", np.array([0, 1, 2]), np.ones(3)),
        of("too much smoothing", np.array([0, 1, 2]), label_smoothing=1.5),
        of("ignore_index with probabilities", np.zeros((3, 4)), ignore_index=1),
        of("two targets for a sample", np.array([1, 2]), input=z[0]),
        of("an unknown reduction", np.array([0, 1, 2]), reduction="median"),
    ]


def runs():
    result = []
    for reduction, weight, smoothing in [("mean", None, 0.0), ("sum", [0.5, 2.0, 1.0], 0.0),
                                         ("mean", [1.0, 3.0, 0.3], 0.2)]:
        x = f32(rng.normal(0, 1, (11, 4)))
        t = f32(np.eye(3)[rng.integers(0, 3, 11)])
        w = [f32(rng.normal(0, 0.6, (5, 4))), f32(rng.normal(0, 0.3, 5)),
             f32(rng.normal(0, 0.6, (3, 5))), f32(rng.normal(0, 0.3, 3))]
        net = torch.nn.Sequential(torch.nn.Linear(4, 5), torch.nn.Tanh(), torch.nn.Linear(5, 3)).double()
        with torch.no_grad():
            for p, v in zip(net.parameters(), w):
                p.copy_(torch.tensor(v))
        names = list(net.state_dict())
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        loss = torch.nn.CrossEntropyLoss(
            weight=None if weight is None else torch.tensor(weight, dtype=torch.float64),
            reduction=reduction, label_smoothing=smoothing)
        xs, ts = torch.tensor(x).double(), torch.tensor(t).double()
        curve = []
        for _ in range(8):
            for rows in (range(0, 4), range(4, 8), range(8, 11)):
                optimizer.zero_grad()
                value = loss(net(xs[list(rows)]), ts[list(rows)])
                value.backward()
                optimizer.step()
            curve.append(value.item())
        whole = loss(net(xs), ts).item()
        result.append({
            "config": {
                "layers": [{"in": 4, "out": 5, "activation": "tanh"}, {"in": 5, "out": 3}],
                "loss": {"name": "CrossEntropyLoss", "reduction": reduction, "weight": weight,
                         "label_smoothing": smoothing},
                "optimizer": {"name": "SGD", "lr": 0.1}, "batch_size": 4, "shuffle": False,
            },
            "inputs": tensor(x), "targets": tensor(t),
            "initial": {n: tensor(v) for n, v in zip(names, w)},
            "last_batch_losses": curve,
            "loss": whole if reduction == "mean" else whole / 11,
            "probabilities": tensor(torch.softmax(net(xs), 1).detach().numpy()),
        })
    return result


def multiclass():
    cases = []
    for n, k in [(1, 2), (7, 3), (60, 5), (40, 4)]:
        scores = f32(rng.uniform(0, 1, (n, k))).astype(np.float64)
        truth = rng.integers(0, max(1, k - 1), n)  # The last class has no sample.
        predicted = scores.argmax(1)
        names = list(range(k))
        table = metrics.precision_recall_fscore_support(truth, predicted, labels=names, zero_division=0)
        averages = {
            average: dict(zip(["precision", "recall", "f1"], map(float,
                metrics.precision_recall_fscore_support(truth, predicted, labels=names,
                                                        average=average, zero_division=0)[:3])))
            for average in ["macro", "weighted"]
        }
        cases.append({
            "scores": tensor(scores), "labels": tensor(np.eye(k)[truth]),
            "expected": {
                "samples": n,
                "confusion": metrics.confusion_matrix(truth, predicted, labels=names).tolist(),
                "accuracy": float(metrics.accuracy_score(truth, predicted)),
                "balanced_accuracy": float(np.mean(table[1])),
                "per_class": [
                    {"precision": float(p), "recall": float(r), "f1": float(f), "support": int(s)}
                    for p, r, f, s in zip(*table)
                ],
                "average": averages,
            },
        })
    return cases


if __name__ == "__main__":
    golden = {"torch": torch.__version__, "sklearn": sklearn.__version__, "losses": losses(),
              "errors": errors(), "runs": runs(), "multiclass": multiclass()}
    path = Path(__file__).with_name("cross_entropy.json")
    lines = ",\n".join(
        f'"{key}": ' + ("[\n" + ",\n".join(map(json.dumps, part)) + "\n]" if isinstance(part, list)
                        else json.dumps(part))
        for key, part in golden.items())
    path.write_text("{\n" + lines + "\n}\n")
