"""A neural network of two layers by PyTorch, as it was when the validation set gained most."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Tuple

import numpy as np
import pandas as pd
import torch
from torch import nn

from training.columns import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.configuration import Configuration

FRAMEWORK = "pytorch"
#: What `hyperParameters` of config.json may change.
HYPER_PARAMETERS = {"hidden": 32, "learning_rate": 0.01, "weight_decay": 0.0001, "batch_size": 64, "epochs": 200, "patience": 20}


class Network(nn.Module):
    """Numbers in, and numbers out as they were learnt: a regression's are scaled back, classes' become probabilities."""

    def __init__(self, inputs: int, hidden: int, classes: int | None, mean: float = 0.0, width: float = 1.0):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes or 1))
        self.classes, self.mean, self.width = classes, mean, width

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        raw = self.layers(features)
        return torch.softmax(raw, dim=1) if self.classes else raw[:, 0] * self.width + self.mean

    def loss(self, features: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        if self.classes:
            return nn.functional.cross_entropy(self.layers(features), target)
        return nn.functional.mse_loss(self.layers(features)[:, 0], (target - self.mean) / self.width)


def features(rows: pd.DataFrame, settings: Configuration) -> Table:
    """Numbers by how far they are from their mean, and a column of zeros and ones for each text that a column holds."""
    return Table(scaled=True).fit(rows)


def fit(features: NDArray[Any], target: NDArray[Any], validation: Tuple[NDArray[Any], NDArray[Any]], settings: Configuration) -> Network:
    asked, seed = settings.hyper_parameters, settings.split["seed"]
    torch.manual_seed(seed)
    if settings.task == "regression":
        network = Network(features.shape[1], asked["hidden"], None, float(target.mean()), float(target.std()) or 1.0)
    else:
        network = Network(features.shape[1], asked["hidden"], int(target.max()) + 1)
    rows, truth = _tensors(features, target, network)
    unseen, unseen_truth = _tensors(*validation, network)
    steps = torch.optim.Adam(network.parameters(), lr=asked["learning_rate"], weight_decay=asked["weight_decay"])
    best, least, at = copy.deepcopy(network.state_dict()), float("inf"), 0
    order = torch.Generator().manual_seed(seed)
    for epoch in range(asked["epochs"]):
        network.train()
        for batch in torch.randperm(len(rows), generator=order).split(asked["batch_size"]):
            steps.zero_grad()
            network.loss(rows[batch], truth[batch]).backward()
            steps.step()
        network.eval()
        with torch.no_grad():
            loss = float(network.loss(unseen, unseen_truth))
        if loss < least:
            best, least, at = copy.deepcopy(network.state_dict()), loss, epoch
        if epoch - at > asked["patience"]:
            break
    network.load_state_dict(best)
    print(f"{at + 1} epochs, validation: loss {least:.4g}")
    return network


def predict(model: Network, features: NDArray[Any]) -> NDArray[Any]:
    with torch.no_grad():
        return np.array(model(torch.tensor(features, dtype=torch.float32)).tolist())


def _tensors(features: NDArray[Any], target: NDArray[Any], network: Network) -> Tuple[torch.Tensor, torch.Tensor]:
    return torch.tensor(features, dtype=torch.float32), torch.tensor(target, dtype=torch.long if network.classes else torch.float32)
