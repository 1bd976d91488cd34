// node watch.mjs SPEC: opens many sockets on one subscription, asks for one change after another, and prints as JSON how long each
// took from the asking, from the answer, and from the first of the sockets, to the last, in milliseconds. Between its steps it waits for a line on
// its input. After `seconds` no more changes are begun. `marks` are what an answer holds that says that it has caught up, and what
// one holds that tells of a change.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import WebSocket from 'ws'

const { url, sockets, rounds, subscribe, change, headers, marks, seconds = 60 } = JSON.parse(process.argv[2])
const [CAUGHT_UP, CHANGED] = marks ?? ['"CaughtUp"', '"ActivityAppended"']
const say = (line) => console.log(JSON.stringify(line))
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

let heard = 0
let example
let waiting = () => {}
let firstAt = 0
let wanted = ''
// When this many sockets have heard of it.
const all = (what) => new Promise((resolve) => ([heard, wanted, waiting, firstAt] = [0, what, resolve, 0]))

const open = async () => {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { perMessageDeflate: false, skipUTF8Validation: true })
  socket.on('message', (data) => {
    if (data.indexOf(wanted, 0, 'latin1') < 0) {
      if (data.includes('"errors"') || data.includes('"type":"error"')) throw new Error(data.toString())
      if (data.includes('"type":"ping"')) socket.send('{"type":"pong"}')
      return
    }
    example = data
    if (++heard === 1) firstAt = performance.now()
    if (heard === sockets) waiting(performance.now())
  })
  await once(socket, 'open')
  socket.send('{"type":"connection_init"}')
  await once(socket, 'message')
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: subscribe }))
}

const post = async (body) => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  const answeredAt = performance.now()
  const text = await response.text()
  if (text.includes('"errors"')) throw new Error(text)
  return answeredAt
}

say('ready')
await lines.next()
const caughtUp = all(CAUGHT_UP)
for (let opened = 0; opened < sockets; opened += 50) await Promise.all(Array.from({ length: Math.min(50, sockets - opened) }, open))
await caughtUp
say('open')
await lines.next()
const samples = []
const began = performance.now()
for (let round = 0; round < rounds && (round < 3 || performance.now() - began < seconds * 1000); round++) {
  const last = all(CHANGED)
  const askedAt = performance.now()
  const [lastAt, answeredAt] = await Promise.all([last, post({ ...change, variables: { ...change.variables, round: String(round) } })])
  samples.push({ last: lastAt - askedAt, answered: lastAt - answeredAt, spread: lastAt - firstAt })
  await new Promise((resolve) => setTimeout(resolve, 30))
}
say({ samples, example: JSON.parse(example).payload, bytes: example.length })
process.exit(0)
