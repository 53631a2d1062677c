import { shadowResources } from '@thingdeck/policies'
import { getDocument } from '@thingdeck/shadows'
import type { LocalContext } from '../../foundation/context.ts'
import type { DataPlaneNeeds } from '../../foundation/data-plane-needs.ts'
import type { ReadShadow } from '../../foundation/fleet-answers.ts'
import type { FleetSources, ShadowFinder } from '../../foundation/fleet-sources.ts'
import type { MakeService } from '../../foundation/service.ts'
import { ShadowEntries } from './shadow-entries.ts'
import { shadowHandlers } from './shadow-handlers.ts'
import { ShadowMetrics } from './shadow-metrics.ts'
import { ShadowSearch } from './shadow-search.ts'
import { shadowsOfThing } from './shadow-sections.ts'
import { encodeDocument, ShadowService } from './shadow-service.ts'
import { ShadowTable } from './shadow-table.ts'
import { answerShadowMessage } from './shadow-topics.ts'

/** Device shadows, behind MQTT and REST alike. */
export const shadowsService: MakeService = (context) => {
  const shadows = new ShadowService(context, context.messages, context.shadowChanges)
  const entries = new ShadowEntries(context.iotLog, context.traffic)
  const metrics = new ShadowMetrics(context.metrics, context.traffic)
  return {
    name: 'shadows',
    handlers: { iotData: shadowHandlers(shadows) },
    needs: NEEDS,
    reservedTopics: { shadow: (request) => answerShadowMessage(shadows, request, { entries, metrics }) },
  }
}

/** Reads shadows for the fleet index, whose registry is made before the service: that one rests on messages. */
export function shadowsReader({ database }: Pick<LocalContext, 'database'>): NonNullable<FleetSources['shadowsOf']> {
  const table = new ShadowTable(database)
  return (thingName) => shadowsOfThing(table, thingName)
}

/** Finds things by their shadows for the fleet index; to be called after {@link shadowsReader}, which makes the tables. */
export const shadowFinder = ({ database }: Pick<LocalContext, 'database'>): ShadowFinder => new ShadowSearch(database)

/** Reads shadows as `GetThingShadow` answers. */
export function shadowReader({ database, clock }: LocalContext): ReadShadow {
  const table = new ShadowTable(database)
  return (id) => encodeDocument(getDocument(table.find(id), { ...id, nowSeconds: Math.floor(clock() / 1000) }))
}

const NEEDS: DataPlaneNeeds = {
  GetThingShadow: (input) => [{ action: 'iot:GetThingShadow', resources: shadowResources(input) }],
  UpdateThingShadow: (input) => [{ action: 'iot:UpdateThingShadow', resources: shadowResources(input) }],
  DeleteThingShadow: (input) => [{ action: 'iot:DeleteThingShadow', resources: shadowResources(input) }],
  // The guide and the reference disagree about the resource: either will do.
  ListNamedShadowsForThing: ({ thingName }) => [
    { action: 'iot:ListNamedShadowsForThing', resources: [`thing/${thingName}`, '*'] },
  ],
}
