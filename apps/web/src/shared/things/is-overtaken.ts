import { ApiError } from '../http.ts'

/** Whether a write was refused because what it changes is not any more as it was seen: changed since, or made anew. */
export const isOvertaken = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'VersionConflictException' || error.code === 'MADE_ANEW')
