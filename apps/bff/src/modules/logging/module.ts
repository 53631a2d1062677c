import { randomUUID } from 'node:crypto'
import { endpoints, type Logging } from '@thingdeck/contract'
import { isLoggingOff, readLoggingOptions } from '../../aws/iot-logs/logging-options.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { personOf } from '../../plugins/access.ts'
import { auditedBy } from '../../plugins/audit/audit.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { NewAuditEntry } from '../../stores/audit/audit-store.ts'
import type { Module } from '../module.ts'
import { ClientDebugs } from './client-debugs.ts'
import { DebugRecords, type EndedDebug, toClientDebug } from './debug-records.ts'
import { createLoggingSettings } from './logging.ts'

/** How AWS IoT logs; clients that are logged at DEBUG for a while. */
export const logging: Module = {
  name: 'logging',
  routes(app, { aws, stores, trail }) {
    const settings = createLoggingSettings(aws.iot)
    const debugs = new ClientDebugs({
      records: new DebugRecords(stores.documents),
      levels: settings,
      clock: SYSTEM_CLOCK,
      newId: randomUUID,
      log: app.log,
      onEnded: (ended) => trail.record(entryOf(ended)),
    })
    app.addHook('onReady', async () => debugs.watch())
    app.addHook('onClose', () => debugs.close())

    route(app, endpoints.describeLogging, async () => settings.describe())

    route(app, endpoints.setLogging, async (request) => {
      request.noteAudit({ resource: { type: 'logging', id: 'account' } })
      const before = await settings.describe()
      await settings.set(request.body)
      const after = await settings.describe()
      request.noteAudit({ changes: changedMembers(membersOf(before), membersOf(after)) })
      return after
    })

    route(app, endpoints.listLoggingLevels, async ({ query }) => settings.levels(query))

    route(app, endpoints.setLoggingLevel, async (request) => {
      const { targetType, targetName, logLevel } = request.body
      request.noteAudit({ resource: levelOf(targetType, targetName) })
      const before = await settings.levelOfTarget(targetType, targetName)
      await settings.setLevel(request.body)
      request.noteAudit({ changes: changedMembers({ logLevel: before }, { logLevel }) })
      if (targetType === 'CLIENT_ID') await debugs.levelSet(targetName)
      return undefined
    })

    route(app, endpoints.deleteLoggingLevel, async (request) => {
      const { targetType, targetName } = request.query
      request.noteAudit({ resource: levelOf(targetType, targetName) })
      const before = await settings.levelOfTarget(targetType, targetName)
      await settings.deleteLevel(targetType, targetName)
      request.noteAudit({ changes: changedMembers({ logLevel: before }, {}) })
      if (targetType === 'CLIENT_ID') await debugs.levelSet(targetName)
      return undefined
    })

    route(app, endpoints.listClientDebugs, async () => debugs.list())

    route(app, endpoints.startClientDebug, async (request) => {
      request.noteAudit({ resource: levelOf('CLIENT_ID', request.body.clientId) })
      if (isLoggingOff(await readLoggingOptions(aws.iot))) {
        throw new Problem('LOGGING_OFF', 'Nothing is logged of any client: an admin has to turn logging on first.')
      }
      const record = await debugs.start(request.body, auditedBy(personOf(request), request))
      request.noteAudit({ changes: changedMembers({ logLevel: record.before }, { logLevel: 'DEBUG' }) })
      return toClientDebug(record)
    })

    route(app, endpoints.extendClientDebug, async (request) => {
      const record = await debugs.extend(request.params.clientDebugId, request.body.minutes)
      request.noteAudit({ resource: levelOf('CLIENT_ID', record.clientId) })
      return toClientDebug(record)
    })

    route(app, endpoints.stopClientDebug, async (request) => {
      const ended = await debugs.stop(request.params.clientDebugId)
      const { resource, changes } = entryOf(ended)
      request.noteAudit({ ...(resource && { resource }), ...(changes && { changes }) })
      return toClientDebug(ended)
    })
  },
}

const levelOf = (targetType: string, targetName: string) => ({
  type: 'logging-level',
  id: `${targetType} ${targetName}`,
})

const membersOf = ({ roleArn, defaultLogLevel, status, events }: Logging) => ({
  roleArn,
  defaultLogLevel,
  disableAllLogs: status === 'off',
  ...Object.fromEntries(events.map(({ eventType, ...setting }) => [eventType, setting])),
})

/** What was put back by itself, as the trail has it: in the name of who began it. */
function entryOf({ person, requestId, clientId, before, how }: EndedDebug): NewAuditEntry {
  const entry = { person, requestId, action: 'EndClientDebug', resource: levelOf('CLIENT_ID', clientId) }
  if (how === 'put-back') {
    return { ...entry, outcome: {}, changes: changedMembers({ logLevel: 'DEBUG' }, { logLevel: before }) }
  }
  const message = 'Its level was set by somebody else meanwhile, and left as it is.'
  return { ...entry, outcome: { code: 'CHANGED_MEANWHILE', message } }
}
