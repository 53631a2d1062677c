import { endpoints } from '@thingdeck/contract'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createFleet } from './fleet.ts'
import { fleetRoutes } from './fleet-routes.ts'
import { createRegistrySearch } from './registry-search.ts'
import { createThingConnections } from './thing-connections.ts'

/** Things: as the registry has them one by one, and how they are found. */
export const things: Module = {
  name: 'things',
  routes(app, { aws }) {
    const connections = createThingConnections(aws.iot, aws.data)
    route(app, endpoints.listThings, async ({ query }) => aws.things.list(query))
    route(app, endpoints.describeThing, async ({ params: { thingName } }) => aws.things.describe(thingName))
    route(app, endpoints.getThingConnection, async ({ params: { thingName } }) => connections.of(thingName))
    fleetRoutes(app, { fleet: createFleet(aws.iot), registry: createRegistrySearch(aws.things) })
  },
}
