import { parseJson } from '@thingdeck/json'
import {
  applyUpdate,
  parseUpdateRequest,
  readClientToken,
  readShadow,
  type Shadow,
  ShadowError,
} from '@thingdeck/shadows'
import type { FastifyBaseLogger } from 'fastify'
import { isNamed } from '../../aws/error-name.ts'
import type { ShadowKey, Shadows } from '../../aws/shadows.ts'
import type { AuditNote } from '../../plugins/audit/audit.ts'
import { changedState } from '../../plugins/audit/changes.ts'

/** The shadow before a write: `none` where there is none, `unknown` where AWS did not say. */
export type ShadowBefore = Shadow | 'none' | 'unknown'

/** That the shadow cannot be read keeps nobody from writing it. */
export async function readBefore(
  shadows: Pick<Shadows, 'get'>,
  key: ShadowKey,
  log: Pick<FastifyBaseLogger, 'warn'>,
): Promise<ShadowBefore> {
  try {
    return readShadow(parseJson(await shadows.get(key)))
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return 'none'
    log.warn(error, 'the shadow could not be read before it was written')
    return 'unknown'
  }
}

const versionIn = (answer: string): number | undefined => {
  const { version } = JSON.parse(answer) as { version?: unknown }
  return typeof version === 'number' ? version : undefined
}

/** What an update does, from the request alone: known before AWS answers, and kept where it refuses. */
export function noteOfUpdate(before: ShadowBefore, document: string): AuditNote {
  const shadow = typeof before === 'string' ? undefined : before
  const clientToken = readClientToken(document)
  return {
    ...(clientToken !== undefined && { clientToken }),
    ...(before === 'unknown' && { isBeforeUnknown: true as const }),
    ...(shadow && { beforeVersion: shadow.version }),
    ...changesOf(shadow, document),
  }
}

function changesOf(shadow: Shadow | undefined, document: string): Pick<AuditNote, 'changes'> {
  try {
    const { state } = parseUpdateRequest(document)
    // Version and size are for AWS to judge.
    const { shadow: after } = applyUpdate(shadow, { state }, { nowSeconds: 0, maxStateBytes: Number.POSITIVE_INFINITY })
    return { changes: changedState(shadow?.state ?? {}, after.state) }
  } catch (error) {
    // AWS says in its refusal what is wrong with the document.
    if (error instanceof ShadowError) return {}
    throw error
  }
}

export function noteOfDeletion(before: ShadowBefore): AuditNote {
  if (before === 'unknown') return { isBeforeUnknown: true }
  if (before === 'none') return {}
  return { beforeVersion: before.version, changes: changedState(before.state, {}) }
}

/** What AWS's answer adds. */
export function noteOfAnswer(answer: string): AuditNote {
  const version = versionIn(answer)
  return version === undefined ? {} : { version }
}
