import { defined, type RawSearch, textParam } from '../../shared/search-params.ts'

export interface PermissionsSearch {
  /** Another thing to compare with. */
  readonly beside?: string
  /** Another version of a policy to compare with, `device:3`. */
  readonly instead?: string
}

export const validatePermissionsSearch = (raw: RawSearch): PermissionsSearch =>
  defined({ beside: textParam(raw.beside), instead: textParam(raw.instead) })
