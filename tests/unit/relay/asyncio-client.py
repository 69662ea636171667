"""A client of the relay on Debian's python3-websockets, told what to do line by line.

Reads from stdin: the address, the subprotocols as a JSON list, then lines to be sent as they are ("PING": a ping of
the WebSocket layer, waited for). Prints one line of JSON for everything that happens.
"""

import asyncio
import json
import sys

import websockets


def say(what):
    print(json.dumps(what), flush=True)


async def main():
    loop = asyncio.get_running_loop()

    def read_line():
        return loop.run_in_executor(None, sys.stdin.readline)

    url = (await read_line()).strip()
    protocols = json.loads(await read_line())
    try:
        socket = await websockets.connect(url, subprotocols=protocols, ping_interval=None)
    except websockets.InvalidStatusCode as refusal:
        say({"refused": refusal.status_code})
        return
    say({"subprotocol": socket.subprotocol})

    async def do_as_told():
        while line := (await read_line()).strip():
            if line == "PING":
                await (await socket.ping("are you there"))
                say({"ponged": True})
            else:
                await socket.send(line)

    telling = asyncio.ensure_future(do_as_told())
    try:
        async for message in socket:
            say({"frame": json.loads(message)})
    except websockets.ConnectionClosedError:
        pass
    say({"closed": socket.close_code})
    telling.cancel()


asyncio.run(main())
