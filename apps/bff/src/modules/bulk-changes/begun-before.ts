import { createHash } from 'node:crypto'
import type { BulkChangeRequest } from '@thingdeck/contract'
import { canonicalJson } from '../../canonical-json.ts'
import { Problem } from '../../problem.ts'
import type { KeptBulkChange } from './engine/kept-bulk-change.ts'

/** One was begun with the token of this request before. */
export class BegunBefore extends Error {
  readonly bulkChangeId: string

  constructor(bulkChangeId: string) {
    super(`It was begun before, as ${bulkChangeId}.`)
    this.bulkChangeId = bulkChangeId
  }
}

/** By which a request is known again: of up to 10,000 targets it is small. */
export const fingerprintOf = (request: BulkChangeRequest): string =>
  createHash('sha256').update(canonicalJson(request)).digest('hex')

/** @throws {Problem} TOKEN_USED where what was begun with its token is not what this request asks for */
export function checkSameRequest({ bulkChange, fingerprint }: KeptBulkChange, request: BulkChangeRequest): void {
  if (fingerprint === undefined || fingerprint === fingerprintOf(request)) return
  throw new Problem(
    'TOKEN_USED',
    `This clientRequestToken was used for another request, by which the bulk change ${bulkChange.bulkChangeId} was begun: nothing was begun by this one. Ask with another token where both are wanted.`,
  )
}
