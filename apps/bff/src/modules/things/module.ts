import { endpoints } from '@thingdeck/contract'
import { createCertificateReading } from '../../aws/certificates/certificate-reading.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createFleet } from './fleet.ts'
import { fleetRoutes } from './fleet-routes.ts'
import { createRegistrySearch } from './registry-search.ts'
import { createThingConnections } from './thing-connections.ts'
import { thingDetails } from './thing-details.ts'
import { createThingKinds } from './thing-kind.ts'
import { thingWriteRoutes } from './write-routes.ts'

/** Things: as the registry has them one by one, what is done with them, and how they are found. */
export const things: Module = {
  name: 'things',
  routes(app, { aws }) {
    const connections = createThingConnections(aws.iot, aws.data)
    const fleet = createFleet(aws.iot)
    const kinds = createThingKinds(aws.iot, fleet, SYSTEM_CLOCK)
    const details = {
      iot: aws.iot,
      things: aws.things,
      certificates: createCertificateReading(aws.iot, aws.arns),
      connectionOf: connections.of,
      kindOf: kinds.of,
    }
    route(app, endpoints.listThings, async ({ query }) => aws.things.list(query))
    route(app, endpoints.describeThing, async ({ params: { thingName } }) => aws.things.describe(thingName))
    route(app, endpoints.inspectThing, async ({ params: { thingName } }) => thingDetails(details, thingName))
    route(app, endpoints.getThingConnection, async ({ params: { thingName } }) => connections.of(thingName))
    thingWriteRoutes(app, aws)
    fleetRoutes(app, { fleet, registry: createRegistrySearch(aws.things) })
  },
}
