import { isNotFound } from '../http.ts'

/** For a step that takes something away: one that is repeated finds that it was done. */
export async function unlessGone(take: () => Promise<unknown>): Promise<void> {
  try {
    await take()
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}
