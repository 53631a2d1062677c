import { sessionDraftStore } from '../../../shared/drafts/session-draft-store.ts'
import { type JobValues, NEW_JOB } from './job-values.ts'

/** The new job of a person in this tab, as far as it is written. */
export function jobDraft(personId: string) {
  const store = sessionDraftStore('job', personId, 'new')
  return {
    read(): JobValues | undefined {
      const text = store.read()
      // Written below; members that a newer console added are as in a new one.
      return text === null ? undefined : { ...NEW_JOB, ...(JSON.parse(text) as JobValues) }
    },
    write: (values: JobValues | undefined) => store.write(values && JSON.stringify(values)),
  }
}
