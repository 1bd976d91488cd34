// node back.mjs SPEC: so many sockets come back all at once, each with the cursor that it had; prints as JSON how long it took to ask for
// all of them and until the last had caught up, in milliseconds, how many failed, and how many answers each had.
import WebSocket from 'ws'

const { url, sockets, subscribe } = JSON.parse(process.argv[2])

const comeBack = () =>
  new Promise((resolve) => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { perMessageDeflate: false })
    let answers = 0
    socket.on('open', () => socket.send('{"type":"connection_init"}'))
    socket.on('message', (data) => {
      if (data.includes('"connection_ack"')) socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: subscribe }))
      if (data.includes('"type":"next"')) answers++
      if (data.includes('"CaughtUp"')) resolve(answers)
    })
    socket.on('close', (code) => resolve(`closed ${code}`))
    socket.on('error', (error) => resolve(String(error)))
  })

const beganAt = performance.now()
const all = Array.from({ length: sockets }, comeBack)
const asked = performance.now() - beganAt
const told = await Promise.all(all)
const served = performance.now() - beganAt
console.log(JSON.stringify({ asked, served, failed: told.filter((each) => typeof each === 'string'), answers: [...new Set(told)] }))
process.exit(0)
