// The public audit of GraphQL over HTTP; prints what is not ok, and how many audits there were.
import { auditServer } from 'graphql-http'

const results = await auditServer({ url: process.argv[2] })
const failed = results.filter((result) => result.status !== 'ok').map(({ status, name, reason }) => ({ status, name, reason }))
console.log(JSON.stringify({ audits: results.length, failed }))
