import { endpoints } from '@thingdeck/contract'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { explainMessage } from './explain-message.ts'

/** By which statement a message was let in, as far as the policies of now tell. */
export const messageAuthorization: Module = {
  name: 'message authorization',
  routes(app, { aws }) {
    route(app, endpoints.explainMessage, async ({ query: { action = 'iot:Publish', ...message } }) =>
      explainMessage(aws, { ...message, action }),
    )
  },
}
