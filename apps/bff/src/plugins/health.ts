import plugin from 'fastify-plugin'

/** Whether this console answers at all, and whether it should be sent people. */
const HEALTHY_PATH = '/-/healthy'
const READY_PATH = '/-/ready'

declare module 'fastify' {
  interface FastifyInstance {
    /** From now on it says that it is not ready, while it goes on answering: whoever sends people here stops doing so. */
    beginDraining(): void
  }
}

export interface HealthOptions {
  /** Settles when sessions can be read. */
  readonly storesAnswer: () => Promise<void>
}

/**
 * Two questions of whoever runs the console. It is healthy while it answers: who finds it is not starts it anew. It is
 * ready while its stores answer and nobody has asked it to end; AWS and the issuer are not asked, as their trouble is every
 * console's, and taking all of them away would mend nothing.
 */
export const health = plugin<HealthOptions>(async (app, { storesAnswer }) => {
  let isDraining = false
  const beginDraining = () => {
    isDraining = true
  }
  app.decorate('beginDraining', beginDraining)
  app.addHook('preClose', async () => beginDraining())
  // A connection that is kept for another request keeps the server from ending: for over a minute, where it was busy when
  // the end began.
  app.addHook('onSend', async (_request, reply, payload) => {
    if (isDraining) reply.header('connection', 'close')
    return payload
  })
  const ofAnyone = { config: { access: 'anyone' }, schema: { hide: true } } as const

  app.get(HEALTHY_PATH, ofAnyone, async () => ({ status: 'healthy' }))

  app.get(READY_PATH, ofAnyone, async (request, reply) => {
    const whyNot = isDraining
      ? 'The console is about to end.'
      : await storesAnswer().then(
          () => undefined,
          (error: Error) => {
            request.log.warn(error, 'not ready')
            return 'The store of sessions does not answer.'
          },
        )
    if (whyNot === undefined) return { status: 'ready' }
    return reply.code(503).send({ status: 'not ready', detail: whyNot })
  })
})
