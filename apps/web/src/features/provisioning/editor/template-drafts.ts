import { sessionDraftStore } from '../../../shared/drafts/session-draft-store.ts'
import { pagePerson } from '../../../shared/session/page-person.ts'

/** What somebody writes for the next version of a template, with the version that it was made from. */
export interface TemplateDraft {
  readonly text: string
  readonly baseVersionId: number
}

const storeOf = (templateName: string) => sessionDraftStore('provisioning-template', pagePerson() ?? '', templateName)

export function readTemplateDraft(templateName: string): TemplateDraft | undefined {
  const [versionId = '', ...lines] = storeOf(templateName).read()?.split('\n') ?? []
  return /^\d+$/.test(versionId) ? { text: lines.join('\n'), baseVersionId: Number(versionId) } : undefined
}

/** Of this tab and of the person who is signed in; it outlives a reload. Undefined removes it. */
export const keepTemplateDraft = (templateName: string, draft: TemplateDraft | undefined): void =>
  storeOf(templateName).write(draft && `${draft.baseVersionId}\n${draft.text}`)
