// node mercurius.mjs PORT: the same subscription by Mercurius with JIT; nested fields come from DATABASE_URL, for each subscriber
// anew, as its subscriptions do. PAYLOAD is an answer of ours: the plain fields are taken from it.
import Fastify from 'fastify'
import mercurius from 'mercurius'
import postgres from 'postgres'

const sql = postgres(process.env.DATABASE_URL, { max: 10 })
const { activity } = JSON.parse(process.env.PAYLOAD).data.activity
const app = Fastify()

const schema = `
  type Query { hello: String }
  type Mutation { change(round: String): Boolean }
  type Subscription { activity(ecosystemId: ID!): Event! }
  union Event = ActivityAppended | CaughtUp
  type CaughtUp { cursor: String! }
  type ActivityAppended { cursor: String! activity: Activity! }
  type Activity { id: ID! type: String! position: Float! worldSeconds: Float! createdAt: String! interaction: Interaction }
  type Interaction { id: ID! kind: String! accepted: Boolean! initiator: Character responder: Character }
  type Character { id: ID! name: String! relationships: [Relationship!]! }
  type Relationship { affinity: Float! bond: Float! to: Character! }
`
const character = async (number) => (await sql`SELECT number AS id, name FROM characters WHERE number = ${number} LIMIT 1`)[0]
const resolvers = {
  Event: { resolveType: (event) => (event.activity ? 'ActivityAppended' : 'CaughtUp') },
  Mutation: {
    change: async (_, __, { pubsub }) => {
      await pubsub.publish({ topic: 'changed', payload: { activity: { cursor: '0:1', activity } } })
      return true
    },
  },
  Subscription: {
    activity: {
      subscribe: async function* (_, __, { pubsub }) {
        yield { activity: { cursor: '0:1' } }
        yield* await pubsub.subscribe('changed')
      },
    },
  },
  Activity: { interaction: () => ({ id: '1', kind: 'GREETING', accepted: true }) },
  Interaction: { initiator: () => character(1), responder: () => character(2) },
  Character: {
    relationships: ({ id }) =>
      sql`SELECT affinity, bond, to_number FROM character_relationships WHERE from_number = ${id} ORDER BY abs(bond) DESC LIMIT 5`,
  },
  Relationship: { to: ({ to_number: number }) => character(number) },
}
app.register(mercurius, { schema, resolvers, jit: 1, subscription: true })
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 })
