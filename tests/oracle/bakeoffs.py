"""Counts and means of every fixture under tests/fixtures/bakeoffs, computed apart from Quarterdeck.

    python3 tests/oracle/bakeoffs.py

Prints a table: cases, candidates, results, the mean of each score, and what the file itself states. Standard library only;
with `jsonschema` installed the exported files (an argument: a folder) are held against their schemas too.
"""

import csv
import gzip
import json
import sys
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "fixtures" / "bakeoffs"
GRADES = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0}


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else None


def show(name, cases, candidates, results, means, stated):
    rounded = {key: round(value, 10) for key, value in sorted(means.items()) if value is not None}
    print(f"{name}\n  cases {cases}, candidates {candidates}, results {results}\n  means {rounded}\n  stated {stated}")


def lines(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as file:
        return [json.loads(line) for line in file if line.strip()]


def promptfoo():
    path = ROOT / "promptfoo/sample-export.json"
    rows = json.loads(path.read_text())["results"]
    scores = defaultdict(list)
    for row in rows["results"]:
        scores[row["provider"]["id"], "score"].append(row["score"])
        scores[row["provider"]["id"], "pass"].append(float(row["success"]))
    stated = {p["provider"]: p["metrics"]["score"] / 2 for p in rows["prompts"]}
    show(path.name, len({r["testIdx"] for r in rows["results"]}), len(stated), len(rows["results"]),
         {str(k): mean(v) for k, v in scores.items()}, stated)


def inspect(path, samples, results):
    scores = defaultdict(list)
    for sample in samples:
        for name, score in (sample.get("scores") or {}).items():
            value = score["value"]
            scores[name].append(GRADES.get(value, value) if isinstance(value, str) else float(value))
    stated = {}
    for scorer in (results or {}).get("scores", []):
        for metric, value in scorer["metrics"].items():
            stated[f"{scorer['name']}.{metric}"] = value["value"]
    show(path.name, len({s["id"] for s in samples}), 1, len(samples), {k: mean(v) for k, v in scores.items()}, stated)


def inspect_archives():
    for path in sorted((ROOT / "inspect").glob("*.eval")):
        with zipfile.ZipFile(path) as archive:
            samples = [json.loads(archive.read(n)) for n in archive.namelist() if n.startswith("samples/")]
            inspect(path, samples, json.loads(archive.read("header.json")).get("results"))


def inspect_documents():
    for path in sorted((ROOT / "inspect").glob("*.json")) + sorted((ROOT / "every-eval-ever").glob("data_*.json")):
        log = json.loads(path.read_text())
        inspect(path, log.get("samples") or [], log.get("results"))


def lm_eval():
    for path in sorted((ROOT / "lm-eval").glob("samples*.jsonl")):
        rows = lines(path)
        show(path.name, len({r["doc_id"] for r in rows}), 1, len(rows),
             {m: mean(r[m] for r in rows) for m in rows[0]["metrics"]}, None)
    for path in sorted((ROOT / "lm-eval").glob("results*.json")):
        show(path.name, 0, 1, 0, {}, json.loads(path.read_text())["results"])


def helm():
    for folder in sorted(p for p in (ROOT / "helm").iterdir() if p.is_dir()):
        instances = json.loads((folder / "per_instance_stats.json").read_text())
        states = json.loads((folder / "scenario_state.json").read_text())["request_states"]
        split = {state["instance"]["id"]: state["instance"]["split"] for state in states}
        wanted = ("exact_match", "quasi_exact_match", "f1_score", "rouge_l", "bleu_1")
        values = defaultdict(list)
        for instance in instances:
            for stat in instance["stats"]:
                if stat["name"]["name"] in wanted and stat.get("count"):
                    values[f"{stat['name']['name']} {split[instance['instance_id']]}"].append(stat["mean"])
        stated = {}
        for stat in json.loads((folder / "stats.json").read_text()):
            name = stat["name"]
            if name["name"] in wanted and "perturbation" not in name and "mean" in stat:
                stated[f"{name['name']} {name['split']}"] = stat["mean"]
        show(folder.name, len({i["instance_id"] for i in instances}), 1, len(instances),
             {k: mean(v) for k, v in values.items()}, stated)


def mt_bench():
    path = ROOT / "mt-bench/gpt-4_single.jsonl.gz"
    rows = lines(path)
    keys = Counter((r["question_id"], r["model"], str(r["judge"]), r["turn"]) for r in rows)
    means = {f"turn {t}": mean(r["score"] for r in rows if r["turn"] == t) for t in (1, 2)}
    means["all"] = mean(r["score"] for r in rows)
    show(path.name, len({r["question_id"] for r in rows}), len({r["model"] for r in rows}), len(rows), means,
         {"rows that repeat an earlier one": sum(n - 1 for n in keys.values())})
    questions = lines(ROOT / "mt-bench/mt_bench_question.jsonl")
    show("mt_bench_question.jsonl", len(questions), 0, 0, {}, {"turns": sum(len(q["turns"]) for q in questions)})


def arena_hard():
    path = ROOT / "arena-hard/arena_hard_leaderboard_20240731.csv"
    rows = list(csv.DictReader(path.open(newline="")))
    show(path.name, 0, len({r["model"] for r in rows}), 0, {"score": mean(float(r["score"]) for r in rows)},
         {"figures": len(rows)})


def every_eval_ever():
    for path in sorted((ROOT / "every-eval-ever").glob("f3*_samples.jsonl")):
        rows = lines(path)
        show(path.name, len(rows), 1, len(rows), {"score": mean(r["evaluation"]["score"] for r in rows)}, None)
    for path in sorted((ROOT / "every-eval-ever").glob("f3*40.json")):
        figures = json.loads(path.read_text())["evaluation_results"]
        show(path.name, 0, 1, 0, {}, {f["evaluation_name"]: f["score_details"]["score"] for f in figures})


def made():
    rows = lines(ROOT / "made/openai_evals.jsonl")
    matches = [r for r in rows if r.get("type") == "match"]
    show("openai_evals.jsonl", len(matches), 1, len(matches),
         {"correct": mean(float(r["data"]["correct"]) for r in matches)},
         next(r["final_report"] for r in rows if "final_report" in r))
    battles = lines(ROOT / "made/battles.jsonl")
    show("battles.jsonl", len(battles), len({r[m] for r in battles for m in ("model_a", "model_b")}), 0, {},
         Counter(r["winner"] for r in battles))
    rows = list(csv.DictReader((ROOT / "made/ratings_semicolons.csv").open(newline="", encoding="utf-8"), delimiter=";"))
    number = lambda text: float(text.replace(",", "."))
    means = {f"tone {m}": mean(number(r["score:tone"]) for r in rows[:4] if r["model"] == m) for m in ("gpt-4o", "claude")}
    show("ratings_semicolons.csv (its last row repeats the one before)", len({r["case_id"] for r in rows}), 2, len(rows) - 1,
         means, None)


def exported(folder):
    from jsonschema import Draft7Validator

    for pattern, schema in (("*.json", "eval.schema.json"), ("*.jsonl", "instance_level_eval.schema.json")):
        validator = Draft7Validator(json.loads((ROOT / "every-eval-ever" / schema).read_text()))
        for path in sorted(Path(folder).glob(pattern)):
            for value in lines(path) if pattern == "*.jsonl" else [json.loads(path.read_text())]:
                problems = [f"{list(e.path)}: {e.message}" for e in validator.iter_errors(value)]
                print(path.name, problems or "fits its schema")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        exported(sys.argv[1])
    else:
        for part in (promptfoo, inspect_archives, inspect_documents, lm_eval, helm, mt_bench, arena_hard, every_eval_ever, made):
            part()
