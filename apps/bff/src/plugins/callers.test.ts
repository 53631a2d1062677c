import { type Endpoint, endpoints } from '@thingdeck/contract'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { lookingPerson, waitingPerson } from '../aws/calls/caller.ts'
import { callers } from './callers.ts'

test.each<[string, Endpoint, string | null]>([
  ['what is read', endpoints.describeEventConfigurations, 'ada'],
  ['what is read by a body', endpoints.readMetrics, 'ada'],
  ['what is read in order to write', endpoints.updateEventConfigurations, null],
])('%s is asked for the person who waits, who looks or writes', async (_, endpoint, looking) => {
  const app = fastify()
  // As much of a session as is asked for.
  app.decorateRequest('session', { getter: () => ({ person: { id: 'ada' } }) as never })
  await app.register(callers)
  app.route({
    method: endpoint.method,
    url: '/',
    config: { endpoint },
    handler: async () => ({ waiting: waitingPerson(), looking: lookingPerson() ?? null }),
  })
  const answer = await app.inject({ method: endpoint.method, url: '/' })
  expect(answer.json()).toEqual({ waiting: 'ada', looking })
  await app.close()
})
