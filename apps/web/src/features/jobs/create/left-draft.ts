import { sessionDraftStore } from '../../../shared/drafts/session-draft-store.ts'

const store = (personId: string, jobId: string) => sessionDraftStore('job-left', personId, jobId)

/** Names of things that a job like another is to be for: too many for an address. */
export const keepLeftThings = (personId: string, jobId: string, things: readonly string[]): void =>
  store(personId, jobId).write(JSON.stringify(things))

export function readLeftThings(personId: string, jobId: string): readonly string[] | undefined {
  const text = store(personId, jobId).read()
  return text === null ? undefined : (JSON.parse(text) as string[]) // written above
}

export const dropLeftThings = (personId: string, jobId: string): void => store(personId, jobId).write(undefined)
