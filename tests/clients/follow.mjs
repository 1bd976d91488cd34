// node follow.mjs URL CLIENT: asks one query, then follows the feed and prints each fact, over whatever restarts of the server.
import { clients } from './clients.mjs'

const [url, name] = process.argv.slice(2)
const FOLLOW = `subscription Test($after: String) {
  said(after: $after) { __typename ... on Said { cursor text } ... on CaughtUp { cursor sent } }
}`
const say = (line) => console.log(JSON.stringify(line))

const client = clients[name](url)
say({ query: await client.query('query Test($name: String!) { hello(name: $name) }', { name }) })

const variables = { after: 'e:0' }
const sink = {
  next: ({ said }) => {
    variables.after = said.cursor
    if (said.__typename === 'Said') say({ said: said.text })
  },
  lost: () => setTimeout(() => client.follow(FOLLOW, variables, sink), 50),
  failed: (error) => say({ failed: String(error?.message ?? error?.reason ?? error) }),
}
client.follow(FOLLOW, variables, sink)
