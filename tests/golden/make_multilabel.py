"""Writes multilabel.json: scikit-learn's numbers for several labels, with a threshold for each label,
and how often labels come together.

    python make_multilabel.py     # scikit-learn 1.9
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn import metrics

rng = np.random.default_rng(8)
tensor = lambda a: {"shape": list(a.shape), "data": [float(x) for x in a.reshape(-1)]}


def case(name, rows, labels, thresholds, positives=0.4):
    # Dyadic scores, some of them equal to a threshold: what is not below it is predicted.
    scores = rng.integers(0, 33, (rows, labels)) / 32
    truth = (rng.random((rows, labels)) < positives + 0.5 * (scores - 0.5)).astype(int)
    predicted = (scores >= np.array(thresholds)).astype(int)
    mean = lambda average: dict(zip(
        ("precision", "recall", "f1"),
        map(float, metrics.precision_recall_fscore_support(truth, predicted, average=average, zero_division=0)[:3]),
    ))
    each = metrics.precision_recall_fscore_support(truth, predicted, average=None, zero_division=0)
    return {
        "name": name,
        "scores": tensor(scores),
        "labels": tensor(truth),
        "threshold": thresholds,
        "per_label": [
            {
                "precision": float(each[0][k]),
                "recall": float(each[1][k]),
                "f1": float(each[2][k]),
                "accuracy": float(metrics.accuracy_score(truth[:, k], predicted[:, k])),
            }
            for k in range(labels)
        ],
        "average": {kind: mean(kind) for kind in ("micro", "macro", "weighted", "samples")},
        "subset_accuracy": float(metrics.accuracy_score(truth, predicted)),
        "hamming_loss": float(metrics.hamming_loss(truth, predicted)),
        "co_occurrence": {"true": (truth.T @ truth).tolist(), "predicted": (predicted.T @ predicted).tolist()},
    }


cases = [
    case("three labels, a threshold for each", 40, 3, [0.5, 0.25, 0.75]),
    case("two labels, one never predicted", 12, 2, [1.5, 0.5]),
    case("five labels, few positives", 60, 5, [0.5, 0.625, 0.75, 0.875, 1.0], 0.15),
]
meta = {"numpy": np.__version__, "scikit-learn": sklearn.__version__}
lines = ",\n".join(json.dumps(each) for each in cases)
Path(__file__).with_name("multilabel.json").write_text(f'{{"meta": {json.dumps(meta)}, "cases": [\n{lines}\n]}}\n')
