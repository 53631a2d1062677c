import type { Refusal, RefusalFacts } from '@thingdeck/contract'
import { type Check, formatCheck } from '../../shared/authorization/check.ts'
import { paths } from '../../shared/paths.ts'
import { filtersOf } from './what-words.ts'

const SHADOW_ACTION = /^(Get|Update|Delete)ThingShadow$/

/** What was tried as checks of the simulator; nothing where policies have no part in it. */
export function checksOf(refusal: Refusal): readonly Check[] {
  const { eventType, thingName, isRetained } = refusal
  const on = (action: string) => filtersOf(refusal).map((name) => ({ action, on: name }))
  switch (eventType) {
    case 'Connect':
      return [{ action: 'iot:Connect', on: '' }]
    case 'Publish-In':
      return on(isRetained ? 'iot:RetainPublish' : 'iot:Publish')
    case 'Publish-Out':
      return on('iot:Receive')
    case 'Subscribe':
      return on('iot:Subscribe')
    case 'GetRetainedMessage':
      return on('iot:GetRetainedMessage')
    default:
      return SHADOW_ACTION.test(eventType) && thingName !== undefined
        ? [{ action: `iot:${eventType}`, on: thingName }]
        : []
  }
}

/** Where the simulator has exactly this request. Undefined: policies did not decide, or nobody knows whose they are. */
export function simulatorHref(refusal: Refusal, facts: RefusalFacts | undefined): string | undefined {
  const { reason, principalId, clientId, protocol } = refusal
  const checks = checksOf(refusal)
  if (reason !== 'AUTHORIZATION_FAILURE' || checks.length === 0) return undefined
  const isCertificate = principalId !== undefined && /^[0-9a-f]{64}$/.test(principalId)
  const thing = facts?.thing?.thingName
  if (!isCertificate && thing === undefined) return undefined
  return paths.simulator({
    ...(isCertificate ? { certificate: principalId } : { thing }),
    client: clientId,
    ...(protocol === 'HTTP' && { over: 'https' }),
    check: checks.map(formatCheck),
    look: 1,
  })
}
