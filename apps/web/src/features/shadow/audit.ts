import type { MqttWriter, ReportedWrite } from '@thingdeck/contract'
import { formatPath, stringifyJson } from '@thingdeck/json'
import { changedLeaves } from '@thingdeck/shadows'
import { serverClock } from '../../shared/clock/server-clock.ts'
import { reportWrite } from '../../shared/reports/report-write.ts'
import { type Change, tokenOf } from './model/change.ts'
import type { ShadowKey } from './model/shadow-key.ts'

const names = ({ thingName, shadowName }: ShadowKey) => ({
  thingName,
  ...(shadowName === undefined ? {} : { shadowName }),
})

/** @param writer the MQTT session that wrote it */
export function reportChange(key: ShadowKey, change: Change, writer: MqttWriter | undefined): void {
  const { status, before, patch, version: beforeVersion } = change
  const changes = changedLeaves(before, patch).map(({ path, before: old, after }) => ({
    path: formatPath(path),
    ...(old === undefined ? {} : { beforeText: stringifyJson(old) }),
    ...(after === undefined ? {} : { afterText: stringifyJson(after) }),
  }))
  const version = status.kind === 'accepted' ? { version: status.version } : {}
  report(
    {
      kind: 'shadow-update',
      ...names(key),
      clientToken: tokenOf(change),
      ...(beforeVersion === undefined ? {} : { beforeVersion }),
      ...version,
      changes,
    },
    writer,
  )
}

/** @param writer the MQTT session that deleted it */
export function reportDeletion(key: ShadowKey, version: number | undefined, writer: MqttWriter | undefined): void {
  report({ kind: 'shadow-delete', ...names(key), ...(version === undefined ? {} : { version }), changes: [] }, writer)
}

function report(write: ReportedWrite, writer: MqttWriter | undefined): void {
  const nowMs = serverClock.nowMs()
  reportWrite(write, { writer, fromMs: nowMs, toMs: nowMs })
}
