import plugin from 'fastify-plugin'
import { doFor } from '../aws/calls/caller.ts'

/** What a handler asks of AWS is asked for the person who waits for it, as long as they wait. */
export const callers = plugin(async (app) => {
  app.addHook('preHandler', (request, reply, done) => {
    const { raw } = reply
    const caller = {
      personId: request.session.person?.id,
      // Asked for, and not listened to: a response that has files to send has as many listeners as Node thinks right.
      get isAnswered() {
        return raw.writableEnded || raw.destroyed
      },
      // Not by its method: much is asked for with a body, and looked at over and over.
      isWriting: typeof request.routeOptions.config.endpoint?.audit === 'string',
    }
    doFor(caller, done)
  })
})
