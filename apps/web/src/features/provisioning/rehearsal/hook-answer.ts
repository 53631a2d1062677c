import type { ProvisioningHookAnswer } from '@thingdeck/contract'
import { jsonObjectIn } from '../../../shared/json-object-in.ts'
import { HOOK_SECONDS } from '../hook-seconds.ts'

/** What AWS IoT makes of what a hook answered. */
export type HookVerdict =
  | { readonly kind: 'allowed'; readonly overrides: Readonly<Record<string, string>>; readonly note?: string }
  /** In a sentence. */
  | { readonly kind: 'refused'; readonly why: string }

/**
 * Judges an answer as AWS IoT does.
 * @see AWS IoT Core developer guide, "Pre-provisioning hooks"
 */
export function judgeHook({ payload, functionError, durationMs }: ProvisioningHookAnswer): HookVerdict {
  if (durationMs > HOOK_SECONDS * 1_000) {
    return refused(
      `It took ${(durationMs / 1_000).toFixed(1)} s; AWS IoT waits ${HOOK_SECONDS} s, and refuses the device.`,
    )
  }
  if (functionError !== undefined) {
    const said = jsonObjectIn(payload)?.errorMessage
    return refused(`The function failed (${functionError})${typeof said === 'string' ? `: ${said}` : ''}.`)
  }
  const answer = jsonObjectIn(payload)
  if (!answer) return refused(`The answer is no JSON object: ${payload.slice(0, 200)}`)
  if (answer.allowProvisioning !== true) {
    const said = 'allowProvisioning' in answer ? JSON.stringify(answer.allowProvisioning) : 'nothing'
    return refused(`It said ${said} for allowProvisioning: only true lets a device in.`)
  }
  const given = answer.parameterOverrides ?? {}
  if (typeof given !== 'object' || Array.isArray(given)) return refused('parameterOverrides is no object.')
  const overrides = Object.entries(given)
  const other = overrides.find(([, value]) => typeof value !== 'string')
  if (other) return refused(`parameterOverrides.${other[0]} is no text: ${JSON.stringify(other[1])}`)
  const unknown = Object.keys(answer).filter((name) => name !== 'allowProvisioning' && name !== 'parameterOverrides')
  return {
    kind: 'allowed',
    overrides: Object.fromEntries(overrides.map(([name, value]) => [name, String(value)])),
    ...(unknown.length > 0 && { note: `AWS IoT does not read ${unknown.join(', ')}.` }),
  }
}

const refused = (why: string): HookVerdict => ({ kind: 'refused', why })
