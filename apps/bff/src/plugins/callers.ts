import plugin from 'fastify-plugin'
import { doFor } from '../aws/calls/caller.ts'

/** What a handler asks of AWS is asked for the person who waits for it, as long as they wait. */
export const callers = plugin(async (app) => {
  app.addHook('preHandler', (request, reply, done) => {
    const caller = { personId: request.session.person?.id, isAnswered: false }
    reply.raw.once('close', () => {
      caller.isAnswered = true
    })
    doFor(caller, done)
  })
})
