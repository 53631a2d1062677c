import { sessionDraftStore } from '../../../shared/drafts/session-draft-store.ts'
import { pagePerson } from '../../../shared/session/page-person.ts'

/** The file that was opened last, of this tab and this person: it is there after a reload. */
export interface KeptCases {
  readonly name: string
  readonly text: string
}

const store = () => sessionDraftStore('policy cases', pagePerson() ?? '', 'simulator')

export function readKeptCases(): KeptCases | undefined {
  const kept = store().read()
  return kept === null ? undefined : (JSON.parse(kept) as KeptCases) // written below alone
}

export const keepCases = (file: KeptCases): void => store().write(JSON.stringify(file))
