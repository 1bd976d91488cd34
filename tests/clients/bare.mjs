// node bare.mjs PORT: what is possible at all. A bare broadcast of one ready text, PAYLOAD, to all sockets, on each POST.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const next = (payload) => JSON.stringify({ id: '1', type: 'next', payload })
const payload = JSON.parse(process.env.PAYLOAD)

const watchers = new Set()
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.end('{"data":{}}')
    const text = next(payload)
    for (const watcher of watchers) watcher.send(text)
  })
})
new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' }).on('connection', (socket) => {
  socket.on('message', (text) => {
    if (JSON.parse(text).type === 'connection_init') return socket.send('{"type":"connection_ack"}')
    watchers.add(socket)
    socket.send(next({ data: { activity: { __typename: 'CaughtUp' } } }))
  })
  socket.on('close', () => watchers.delete(socket))
})
server.listen(Number(process.argv[2]), '127.0.0.1', 4096)
