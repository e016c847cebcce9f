"""A headless Chromium, spoken to over a pipe: no network, no packages beyond Python's own.

The browser reads commands from file descriptor 3 and writes answers to 4, each a JSON text that ends in a NUL
(`--remote-debugging-pipe`, the DevTools protocol).
"""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]


def find():
    """The path of a Chromium, or None."""
    named = os.environ.get("STANCE_CHROMIUM")
    if named:
        return named
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One page in one browser with a profile of its own."""

    def __init__(self, path, width=1200, height=900):
        self.profile = tempfile.mkdtemp(prefix="stance-browser-")
        inward, self.out = os.pipe()
        self.into, outward = os.pipe()

        def descriptors():
            # Through numbers that are surely free: 3 and 4 may be these pipes themselves.
            os.dup2(inward, 63)
            os.dup2(outward, 64)
            os.dup2(63, 3)
            os.dup2(64, 4)

        self.process = subprocess.Popen(
            [path, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
             "--disable-default-apps", "--disable-sync", "--hide-scrollbars", "--force-device-scale-factor=1",
             f"--user-data-dir={self.profile}", f"--window-size={width},{height}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=descriptors, close_fds=False)
        os.close(inward)
        os.close(outward)
        self.buffer = b""
        self.number = 0
        self.events = []
        self.past = []
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(domain + ".enable")

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def message(self, timeout):
        end = time.monotonic() + timeout
        while b"\0" not in self.buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.into], [], [], left)[0]:
                raise TimeoutError("the browser does not answer")
            piece = os.read(self.into, 1 << 20)
            if not piece:
                raise EOFError("the browser has ended")
            self.buffer += piece
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, timeout=120, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.message(timeout)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, event, timeout=120):
        for seen in self.events:
            if seen.get("method") == event:
                return seen
        while True:
            message = self.message(timeout)
            self.events.append(message)
            if message.get("method") == event:
                return message

    def open(self, url):
        """Loads a page; seconds until its load event."""
        # By way of an empty page: another place in the same page would load nothing.
        self.load("about:blank")
        return self.load(url)

    def load(self, url):
        self.past += self.events
        self.events = []
        start = time.monotonic()
        self.call("Page.navigate", url=url)
        self.wait_for("Page.loadEventFired")
        return time.monotonic() - start

    def value(self, expression):
        """The value of a script's expression in the page, promises awaited."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def key(self, key, code=0, text=""):
        for kind in ["keyDown", "keyUp"]:
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                      text=text if kind == "keyDown" else "")

    def click(self, x, y):
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ["mousePressed", "mouseReleased"]:
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def screenshot(self, path, width, height, dark=False, whole=False, phone=False):
        self.look(width, height, dark, phone)
        if whole:
            height = min(int(self.value("document.documentElement.scrollHeight")), 8000)
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole,
                         clip={"x": 0, "y": 0 if whole else self.value("scrollY"), "width": width, "height": height, "scale": 1})
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))

    def look(self, width, height, dark=False, phone=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                    {"name": "prefers-reduced-motion", "value": "reduce"}]
        self.call("Emulation.setEmulatedMedia", features=features)

    def problems(self):
        """What the console said since the last call, and every request but those for data URLs."""
        self.value("new Promise((done) => setTimeout(done, 50))")
        said, asked = [], []
        events, self.past, self.events = self.past + self.events, [], []
        for event in events:
            parameters = event.get("params", {})
            method = event.get("method")
            if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
                said.append(json.dumps(parameters)[:600])
            if method == "Network.requestWillBeSent":
                asked.append(parameters["request"]["url"])
        return said, [url for url in asked if not url.startswith(("data:", "about:"))]
