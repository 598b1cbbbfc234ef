"""A viewer without a browser: speaks to the app's server as Streamlit's own page does.

Nothing of the page's scripts is run. What the map would tell is told for it: that it is drawn,
and on which day the pointer has settled.
"""

import asyncio
import json
from time import perf_counter, time_ns
from types import TracebackType
from typing import Self

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

MAP = "journey_map"


class Viewer:
    """One open page; an asynchronous context manager."""

    def __init__(self, url: str) -> None:
        """Take the address of the server, without a trailing slash."""
        self._url = url
        self._session = ""
        self._map = ""
        self._document = ""
        self._uploader = ""
        self._state: dict[str, object] = {}
        self._upload: FileURLs | None = None
        self._upload_size = 0
        self._known: set[str] = set()
        self.received = 0

    async def __aenter__(self) -> Self:
        """Open the page, and see it to what lies below the map."""
        address = self._url.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket: ClientConnection = await connect(
            address, max_size=None, compression=None, proxy=None, ping_interval=None,
            subprotocols=["streamlit"],  # type: ignore[list-item]  # a NewType of str
        )  # fmt: skip
        await self._run()
        self._state["drawn"] = True
        await self._run()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the page."""
        await self._socket.close()

    async def settle(self, day: str) -> float:
        """Let the pointer settle on a day; return the seconds until all is shown that follows."""
        self._state["settled"] = {"date": day, "id": None, "time": time_ns() // 1_000_000}
        return await self._run()

    async def upload(self, name: str, table: bytes) -> float:
        """Open a table of one's own; return the seconds from sending it to its journey's page."""
        begun = perf_counter()
        asked = BackMsg()
        asked.file_urls_request.session_id = self._session
        asked.file_urls_request.file_names.append(name)
        await self._socket.send(asked.SerializeToString())
        while (message := await self._next()).WhichOneof("type") != "file_urls_response":
            pass
        self._upload = message.file_urls_response.file_urls[0]
        self._upload_size = len(table)
        await asyncio.to_thread(self._put, self._upload.upload_url, {"file": (name, table)})
        await self._run()
        return perf_counter() - begun

    def _put(self, path: str, files: dict[str, tuple[str, bytes]]) -> None:
        with requests.Session() as session:
            session.trust_env = False
            session.get(f"{self._url}/_stcore/health", timeout=60)
            headers = {"X-Xsrftoken": session.cookies.get("_streamlit_xsrf") or ""}
            answer = session.put(self._url + path, files=files, headers=headers, timeout=60)
            answer.raise_for_status()

    async def idle(self, seconds: float) -> int:
        """Only hear what the server says for so long; return how many messages came."""
        heard = 0
        try:
            async with asyncio.timeout(seconds):
                while True:
                    await self._next()
                    heard += 1
        except TimeoutError:
            return heard

    async def _run(self) -> float:
        """Have the script run; return the seconds until it has finished."""
        begun = perf_counter()
        await self._socket.send(self._asking().SerializeToString())
        while True:
            message = await self._next()
            finished = message.WhichOneof("type") == "script_finished"
            if finished and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return perf_counter() - begun

    def _asking(self) -> BackMsg:
        client = ClientState(cached_message_hashes=self._known)
        if self._map:
            widget = client.widget_states.widgets.add(id=self._map)
            widget.json_value = json.dumps(self._state)
        if self._upload:
            widget = client.widget_states.widgets.add(id=self._uploader)
            file = widget.file_uploader_state_value.uploaded_file_info.add(
                name="own.csv", size=self._upload_size, file_id=self._upload.file_id
            )
            file.file_urls.CopyFrom(self._upload)
        message = BackMsg()
        message.rerun_script.CopyFrom(client)
        return message

    async def _next(self) -> ForwardMsg:
        data = await self._socket.recv(decode=False)
        self.received += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._session = message.new_session.initialize.session_id or self._session
        if message.metadata.cacheable:
            self._known.add(message.hash)
        if kind == "delta":
            self._see(message)
            await self._fetch(message.delta.new_element.bidi_component.json)
        return message

    async def _fetch(self, data: str) -> None:
        """Fetch the map document, where the data of the component names another one."""
        address = json.loads(data or "{}").get("document", self._document)
        if address != self._document:
            self._document = address
            url = f"{self._url}/{address}"
            answer = await asyncio.to_thread(requests.get, url, timeout=60)
            answer.raise_for_status()
            self.received += len(answer.content)

    def _see(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.exception.message:
            raise RuntimeError(element.exception.message)
        if element.bidi_component.component_name.endswith(MAP):
            self._map = element.bidi_component.id
        if element.file_uploader.id:
            self._uploader = element.file_uploader.id
