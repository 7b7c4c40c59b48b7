"""A way to the search server that can be cut, slowed down or made to refuse, as servers and networks do."""

import http.client
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Proxy:
    """Passes requests on to a server, or misbehaves: ``trouble`` says how, from the next request on."""

    def __init__(self, url):
        self.server = urlsplit(url)
        self.trouble = ""
        self.asked = 0
        self._httpd = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._httpd.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._httpd.server_port}"
        threading.Thread(target=self._httpd.serve_forever, daemon=True).start()

    def close(self):
        self._httpd.shutdown()
        self._httpd.server_close()

    def _handler(proxy):  # noqa: N805 - the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                proxy.asked += 1
                proxy.answer(self, body)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815 - names of http.server

            def log_message(self, *_args):
                """Keeps quiet."""

        return Handler

    def answer(self, handler, body):
        if self.trouble == "stopped":
            self._hang_up(handler)
        elif self.trouble == "hanging":
            time.sleep(3)
        elif self.trouble == "dies after the bulk" and "_bulk" in handler.path:
            self._passed_on(handler, body)
            self.trouble = "stopped"
            self._hang_up(handler)
        elif self.trouble.isdigit():
            self._send(handler, int(self.trouble), {"content-type": "application/json"}, b'{"error": "busy"}')
        else:
            self._send(handler, *self._passed_on(handler, body))

    def _hang_up(self, handler):
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    def _passed_on(self, handler, body):
        connection = http.client.HTTPConnection(self.server.hostname, self.server.port, timeout=30)
        connection.request(handler.command, handler.path, body, dict(handler.headers))
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), text

    def _send(self, handler, status, headers, text):
        handler.send_response(status)
        for name, value in {**headers, "x-elastic-product": "Elasticsearch"}.items():
            if name.lower() not in ("content-length", "transfer-encoding", "content-encoding", "x-elastic-product"):
                handler.send_header(name, value)
        handler.send_header("X-Elastic-Product", "Elasticsearch")
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(text)
