"""Run by Inspect beside cases.jsonl. Three scorers: grades, a number, and an object of two numbers."""

from inspect_ai import Task, task
from inspect_ai.dataset import json_dataset
from inspect_ai.scorer import Score, f1, includes, mean, scorer, stderr
from inspect_ai.solver import generate


@scorer(metrics={"*": [mean(), stderr()]})
def style():
    async def score(state, target):
        words = len(state.output.completion.split())
        return Score(value={"brief": int(words <= 1), "words": words})

    return score


@task
def questions():
    return Task(dataset=json_dataset("cases.jsonl"), solver=generate(), scorer=[includes(), f1(), style()], epochs=2)
