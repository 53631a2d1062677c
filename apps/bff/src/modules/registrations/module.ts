import { endpoints } from '@thingdeck/contract'
import { Pace } from '../../aws/pace.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { RegistrationPartsAws } from './registration-parts.ts'

/** Of all people at this console together: a file of 1,000 names is looked through in 20 seconds. */
const PER_SECOND = 50

/** What is to be known before many things are made: which names are taken, and what they are made with. */
export const registrations: Module = {
  name: 'registrations',
  routes(app, { aws: { iot } }) {
    const pace = new Pace(SYSTEM_CLOCK, PER_SECOND)
    const parts = new RegistrationPartsAws(iot, () => pace.turn())

    route(app, endpoints.findTakenThingNames, async ({ body }) => ({
      takenNames: await parts.takenNames(body.thingNames),
    }))
    route(app, endpoints.checkRegistrationParts, async ({ body }) => ({ findings: await parts.findings(body) }))

    route(app, endpoints.createRegistrationParts, async (request) => {
      const { thingTypeNames, thingGroupNames, billingGroupNames } = request.body
      const [first = ''] = [...thingTypeNames, ...thingGroupNames, ...billingGroupNames]
      const type =
        thingTypeNames.length > 0 ? 'thing-type' : thingGroupNames.length > 0 ? 'thing-group' : 'billing-group'
      request.noteAudit({
        resource: { type, id: first },
        changes: [{ path: '$', afterText: JSON.stringify(request.body) }],
      })
      await parts.create(request.body)
      return undefined
    })
  },
}
