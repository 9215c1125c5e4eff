"""A provider of models on loopback: as much of the OpenAI API as the tools ask for, with answers from a table."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What is asked, and what is right.
QUESTIONS = {
    "What is the capital of France?": "Paris",
    "What is the capital of Japan?": "Tokyo",
    "What is the capital of Australia?": "Canberra",
    "What is 17 plus 25?": "42",
    "Which planet is nearest to the sun?": "Mercury",
    "Wie heißt die Hauptstadt von Österreich?": "Wien",
}
MODELS = ("able", "weak")
OUT_OF_ORDER = "out of order"
IN_A_WORD = "Answer in a word."
# What a model answers where it does not answer just what is right.
OTHERWISE = {
    "able": {
        "What is the capital of Japan?": "The capital of Japan is Tokyo.",
        "What is 17 plus 25?": "43",
    },
    "weak": {
        "What is the capital of Japan?": "",
        "What is the capital of Australia?": "I believe it is Sydney.",
        "What is 17 plus 25?": OUT_OF_ORDER,
        "Which planet is nearest to the sun?": "Venus",
    },
}


def answer(model, text):
    """What a model answers to the question a text holds."""
    question = next(question for question in QUESTIONS if question in text)
    told = OTHERWISE[model].get(question, QUESTIONS[question])
    return told.split()[-1] if IN_A_WORD in text and told not in ("", OUT_OF_ORDER) else told


class Provider(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        path = self.path.rsplit("/v1/")[-1].lstrip("/")
        if path == "chat/completions":
            self.chat(body)
        elif path == "completions":
            self.completions(body)
        # A token is a character: these two are as vLLM has them.
        elif path == "tokenize":
            self.say(200, {"tokens": [ord(char) for char in body["prompt"]]})
        elif path == "detokenize":
            self.say(200, {"prompt": "".join(map(chr, body["tokens"]))})
        else:
            self.say(404, {"error": {"message": "There is no such path."}})

    def do_GET(self):
        if self.path == "/tokenizer_info":
            return self.say(200, {"eos_token": "\0", "bos_token": None})
        self.say(404, {"error": {"message": "There is no such path."}})

    def do_CONNECT(self):
        self.say(403, {"error": {"message": "There is no way out."}})

    def chat(self, body):
        text = body["messages"][-1]["content"]
        text = text if isinstance(text, str) else text[0]["text"]
        told = answer(body["model"], text)
        if told == OUT_OF_ORDER:
            # lm-eval gives up where a request fails: it asks under this path, and hears nothing instead.
            if not self.path.startswith("/steady/"):
                return self.say(500, {"error": {"message": OUT_OF_ORDER, "type": "server_error"}})
            told = ""
        message = {"role": "assistant", "content": told}
        self.complete("chat.completion", body, [{"index": 0, "message": message, "finish_reason": "stop"}], text, told)

    def completions(self, body):
        """Texts carried on; where a text is to be said back, what each of its characters is likely to be."""
        prompts = body["prompt"]
        if isinstance(prompts, str) or isinstance(prompts[0], int):
            prompts = [prompts]
        choices = []
        for index, prompt in enumerate(prompts):
            text = prompt if isinstance(prompt, str) else "".join(map(chr, prompt))
            told = answer(body["model"], text)
            told = "" if told == OUT_OF_ORDER else told
            choice = {"index": index, "text": told, "finish_reason": "stop"}
            if body.get("echo"):
                # Every character of a text that ends in the answer is likelier than those of another.
                end = told.split()[-1].strip(".") if told else ""
                each = [-1.0 if end and text.endswith(end) else -1.5] * len(text) + [-0.5]
                tops = [{"x": one} for one in each]
                choice["logprobs"] = {"tokens": [*text, "x"], "token_logprobs": each, "top_logprobs": tops}
            choices.append(choice)
        self.complete("text_completion", body, choices, text, told)

    def complete(self, kind, body, choices, text, told):
        asked, answered = len(text) // 4 + 1, len(told) // 4 + 1
        usage = {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}
        about = {"id": "loopback", "object": kind, "created": 1767225600, "model": body["model"]}
        self.say(200, {**about, "choices": choices, "usage": usage})

    def say(self, status, body):
        told = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_):
        pass


def serve():
    """Starts it on a free port, and says where. It ends with the process."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"
