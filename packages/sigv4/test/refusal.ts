import { SigV4Error } from '../src/index.ts'

/** The error of a request that must be refused. */
export function refusal(verify: () => unknown): SigV4Error {
  try {
    verify()
  } catch (error) {
    if (error instanceof SigV4Error) return error
    throw error
  }
  throw new Error('The request was accepted')
}
