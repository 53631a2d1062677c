import { endpoints } from '@thingdeck/contract'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { clientSubscriptions } from './client-subscriptions.ts'
import { explainMessage } from './explain-message.ts'

/** By which statement a message was let in, and by which subscription it went out, as far as what is now tells. */
export const messageAuthorization: Module = {
  name: 'message authorization',
  routes(app, { aws }) {
    route(app, endpoints.explainMessage, async ({ query: { action = 'iot:Publish', ...message } }) =>
      explainMessage(aws, { ...message, action }),
    )
    route(app, endpoints.listClientSubscriptions, async ({ query }) => clientSubscriptions(aws.data, query.clientId))
  },
}
