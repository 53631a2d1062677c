import { createHash } from 'node:crypto'
import type { ResourceTag } from '../../foundation/tag-keeper.ts'

/** By which a request is known again that has a client token: `Don't reuse this client token`. */
export function requestOf(clientToken: string | undefined, asked: readonly unknown[]): string | undefined {
  if (clientToken === undefined) return undefined
  return createHash('sha256')
    .update(JSON.stringify([clientToken, asked]))
    .digest('hex')
}

/** Tags of the catalog are a map. */
export const tagList = (tags: Readonly<Record<string, string>> | undefined): ResourceTag[] | undefined =>
  tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
